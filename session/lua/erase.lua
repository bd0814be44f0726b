-- Removes all that Redis keeps of a session, whatever state it is in: its visitor asked for it.
-- KEYS  1 state  2 log  3 ids  4 nodes  5 due  6 tries  7 dirty
-- ARGV  1 sid  2… names of timers
-- Returns how many keys there were.
local n = redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
redis.call('ZREM', KEYS[7], ARGV[1])
for i = 2, #ARGV do
  redis.call('ZREM', KEYS[5], ARGV[i] .. ':' .. ARGV[1])
  redis.call('HDEL', KEYS[6], ARGV[i] .. ':' .. ARGV[1])
end
return n
