-- Keeps what the end of a quiet conversation is decided from and is no event: activity such as
-- typing, that the warning was given, and that it was seen.
-- KEYS  1 state
-- ARGV  1 now_ms  2 active: somebody is there, so no warning stands any more
--                   warn: unless there was activity after ARGV[3], in ms
--                   seen: a page showed the warning
-- Returns 1 if that changed a warning: taken back, given, first seen. Else 0, also without a session.
local s = redis.call('HMGET', KEYS[1], 'at', 'active', 'warned', 'seen')
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local ms = math.floor(now_us(ARGV[1]) / 1000)
if ARGV[2] == 'active' then
  redis.call('HSET', KEYS[1], 'active', ms)
  return redis.call('HDEL', KEYS[1], 'warned', 'seen') > 0 and 1 or 0
end
if ARGV[2] == 'warn' then
  if math.max(tonumber(s[1] or 0), tonumber(s[2] or 0)) > tonumber(ARGV[3]) then return 0 end
  redis.call('HDEL', KEYS[1], 'seen')
  redis.call('HSET', KEYS[1], 'warned', ms)
  return 1
end
if not s[3] or s[4] then return 0 end
redis.call('HSET', KEYS[1], 'seen', ms)
return 1
