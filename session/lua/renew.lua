-- Compares where a node stands in sessions of one partition with their logs, and renews its lease on
-- them. This is the anti-entropy: a stored event reaches every attached node within one comparison
-- even if every hint was lost, and so does the news that a failover took events back.
-- KEYS  per session: state nodes
-- ARGV  1 now_ms  2 node  3 lease_ms, or 0 to leave the leases  then per session: seq tail as the node has them
-- Returns the indexes (from 0) of the sessions whose position differs, and of those that are gone.
local for_ms = tonumber(ARGV[3])
local ms = math.floor(now_us(ARGV[1]) / 1000)
local out = {}
for n = 0, #KEYS / 2 - 1 do
  local s = redis.call('HMGET', KEYS[2*n + 1], 'seq', 'tail')
  if s[1] and for_ms > 0 then lease(KEYS[2*n + 1], KEYS[2*n + 2], ARGV[2], ms, for_ms) end
  if s[1] ~= ARGV[2*n + 4] or s[2] ~= ARGV[2*n + 5] then out[#out+1] = n end
end
return out
