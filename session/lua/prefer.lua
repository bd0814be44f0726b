-- Keeps how a visitor would like to be served, which is no event.
-- KEYS  1 state
-- ARGV  1 owner-first ("human" or "")  2 assist
-- Returns 1, or 0 if the session is gone.
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'first', ARGV[1], 'assist', ARGV[2])
return 1
