-- Puts off a claimed timer whose handler failed: the more often in a row, the longer, up to a bound.
-- KEYS  1 due  2 tries
-- ARGV  1 now_ms  2 member  3 score it was claimed with  4 first delay_ms  5 longest delay_ms
--       6 jitter: thousandths of the delay to add
-- Returns how often it has failed in a row. One that was armed anew meanwhile keeps its deadline.
local n = redis.call('HINCRBY', KEYS[2], ARGV[2], 1)
if redis.call('ZSCORE', KEYS[1], ARGV[2]) == ARGV[3] then
  local delay = math.min(tonumber(ARGV[5]), tonumber(ARGV[4]) * 2 ^ (n - 1))
  local ms = math.floor(now_us(ARGV[1]) / 1000)
  redis.call('ZADD', KEYS[1], ms + math.floor(delay * (1 + tonumber(ARGV[6]) / 1000)), ARGV[2])
end
return n
