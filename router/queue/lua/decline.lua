-- decline gives an offered ticket back and asks the other seats first. It is not held against the
-- agent: only offers that were shown and ignored are.
--
-- KEYS  1 ticket  2 seat  3 holds  4 due  5 v
-- ARGV  1 now_ms  2 sid  3 agent  4 token
-- Return "declined" | "gone"
local t, seat, holds, due, v = unpack(KEYS)
local now = now_us(ARGV[1])
local sid, agent = ARGV[2], ARGV[3]
if text(t, 'state') ~= 'offered' or text(t, 'token') ~= ARGV[4] or text(t, 'agent') ~= agent then
  return 'gone'
end
put_back(t, holds, due, sid)
exclude(t, agent, now)
set_version(t, v)
redis.call('HDEL', seat, 'missed')
return 'declined'
