-- Claims timers of one partition that are due, by pushing their deadline out for the time a node may
-- take to act. A node that dies leaves them to be claimed again.
-- KEYS  1 due, or dirty; what has a score below 0 is no timer
-- ARGV  1 now_ms  2 lease_ms  3 most
-- Returns {score, member, member, …}; the score is what done.lua wants back.
local ms = math.floor(now_us(ARGV[1]) / 1000)
local due = redis.call('ZRANGEBYSCORE', KEYS[1], 0, ms, 'LIMIT', 0, ARGV[3])
local until_ms = ms + tonumber(ARGV[2])
local out = {tostring(until_ms)}
for i, member in ipairs(due) do
  redis.call('ZADD', KEYS[1], until_ms, member)
  out[i+1] = member
end
return out
