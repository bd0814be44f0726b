-- waits lists how long those waited who reached a person lately, in ms.
--
-- KEYS  1 waits
-- ARGV  1 now_ms  2 how far back, in ms
local from = math.floor(now_us(ARGV[1]) / 1000) - tonumber(ARGV[2])
local out = redis.call('ZRANGEBYSCORE', KEYS[1], int(from), '+inf')
for i, member in ipairs(out) do out[i] = string.match(member, '%d+$') end
return out
