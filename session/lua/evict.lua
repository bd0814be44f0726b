-- Removes all that Redis keeps of a session, once nothing would be lost: it is closed, everything is
-- archived, nobody has it open, and it has been so for a while.
-- KEYS  1 state  2 log  3 ids  4 nodes  5 due  6 tries  7 dirty
-- ARGV  1 now_ms  2 sid  3 ms since the last event  4… names of timers
-- Returns evicted, gone, or why not: open, held, recent, unarchived.
local s = redis.call('HMGET', KEYS[1], 'seq', 'owner', 'at', 'archived')
if not s[1] then return 'gone' end
local ms = math.floor(now_us(ARGV[1]) / 1000)
if s[2] ~= 'closed' then return 'open' end
if #redis.call('ZRANGEBYSCORE', KEYS[4], ms, '+inf', 'LIMIT', 0, 1) > 0 then return 'held' end
if tonumber(s[3] or 0) + tonumber(ARGV[3]) > ms then return 'recent' end
if tonumber(s[4] or 0) ~= tonumber(s[1]) then return 'unarchived' end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
redis.call('ZREM', KEYS[7], ARGV[2])
for i = 4, #ARGV do
  redis.call('ZREM', KEYS[5], ARGV[i] .. ':' .. ARGV[2])
  redis.call('HDEL', KEYS[6], ARGV[i] .. ':' .. ARGV[2])
end
return 'evicted'
