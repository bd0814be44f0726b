-- Renews a node's lease on sessions of one partition and says which of them the node is behind on.
-- This is the anti-entropy: a stored event reaches every attached node within one renewal even if
-- every hint was lost.
-- KEYS  per session: state nodes
-- ARGV  1 now_ms  2 node  3 lease_ms  then per session: seq tail as the node has them
-- Returns the indexes (from 0) of the sessions whose position differs, and of those that are gone.
local ms = math.floor(now_us(ARGV[1]) / 1000)
local out = {}
for n = 0, #KEYS / 2 - 1 do
  local s = redis.call('HMGET', KEYS[2*n + 1], 'seq', 'tail')
  if s[1] then
    redis.call('ZADD', KEYS[2*n + 2], ms + tonumber(ARGV[3]), ARGV[2])
  end
  if s[1] ~= ARGV[2*n + 4] or s[2] ~= ARGV[2*n + 5] then out[#out+1] = n end
end
return out
