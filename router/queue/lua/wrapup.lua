-- wrapup begins the time for notes of a seat whose conversation has ended, if it would be offered
-- the next one otherwise.
--
-- KEYS  1 seat  2 due  3 v
-- ARGV  1 now_ms  2 agent  3 ms for notes
-- Return {"wrap_up"} | {"nothing"}
local seat, due, v = unpack(KEYS)
if text(seat, 'status') ~= 'available' then return {'nothing'} end
local over = int(math.floor(now_us(ARGV[1]) / 1000) + tonumber(ARGV[3]))
redis.call('HSET', seat, 'status', 'wrap_up', 'wrap_until', over)
redis.call('ZADD', due, over, 'wrapup:' .. ARGV[2])
set_version(seat, v)
return {'wrap_up'}
