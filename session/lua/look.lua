-- Reads the state of a session together with the clock that its times are of.
-- KEYS  1 state
-- ARGV  1 now_ms
-- Returns {now ms, state pairs}; no pairs if the session is gone.
return {math.floor(now_us(ARGV[1]) / 1000), redis.call('HGETALL', KEYS[1])}
