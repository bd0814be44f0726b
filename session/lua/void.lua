-- Refuses from now on every accept with an offer number up to the given one, so that an accept that
-- hung between the desk and the log cannot take a ticket that went back to the line.
-- KEYS  1 state
-- ARGV  1 offer number
-- Returns 1, or 0 if the session is gone.
local void = redis.call('HGET', KEYS[1], 'void')
if not void then return 0 end
if tonumber(ARGV[1]) > tonumber(void) then redis.call('HSET', KEYS[1], 'void', ARGV[1]) end
return 1
