-- due peeks at the timers whose time has come. It claims nothing: the scripts that answer a timer
-- are idempotent, and move or remove it themselves.
--
-- KEYS  1 due
-- ARGV  1 now_ms  2 timers at the most
-- Return {member, deadline ms, …}, earliest first
local now_ms = math.floor(now_us(ARGV[1]) / 1000)
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', int(now_ms), 'WITHSCORES', 'LIMIT', 0, ARGV[2])
