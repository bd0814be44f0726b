-- Ends a claimed timer: removes it, or sets it again, unless somebody armed it anew meanwhile.
-- KEYS  1 due  2 tries
-- ARGV  1 now_ms  2 member  3 score it was claimed with  4 again_ms: 0 removes, else from now
-- Returns 1 if it was ours to end.
redis.call('HDEL', KEYS[2], ARGV[2])
if redis.call('ZSCORE', KEYS[1], ARGV[2]) ~= ARGV[3] then return 0 end
if tonumber(ARGV[4]) > 0 then
  local ms = math.floor(now_us(ARGV[1]) / 1000)
  redis.call('ZADD', KEYS[1], ms + tonumber(ARGV[4]), ARGV[2])
else
  redis.call('ZREM', KEYS[1], ARGV[2])
end
return 1
