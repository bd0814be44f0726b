-- ready answers the timer wrapup:<agent>: a seat whose time for notes is over is available again.
--
-- KEYS  1 seat  2 due  3 idle  4 v
-- ARGV  1 now_ms  2 agent
-- Return {"ready"} | {"nothing"}
local seat, due, idle, v = unpack(KEYS)
local now = now_us(ARGV[1])
local timer = 'wrapup:' .. ARGV[2]
local over = num(seat, 'wrap_until')
if over > math.floor(now / 1000) then
  redis.call('ZADD', due, int(over), timer)
  return {'nothing'}
end
redis.call('ZREM', due, timer)
if not wrapped_up(seat, now) then return {'nothing'} end
redis.call('ZADD', idle, int(now), ARGV[2])
set_version(seat, v)
return {'ready'}
