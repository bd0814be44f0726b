-- remove takes a timer away unless it was armed anew since it was seen.
--
-- KEYS  1 due
-- ARGV  1 member  2 deadline ms that was seen
-- Return "1" if removed, else "0".
local at = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or '')
if at ~= tonumber(ARGV[2]) then return '0' end
return tostring(redis.call('ZREM', KEYS[1], ARGV[1]))
