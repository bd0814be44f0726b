-- shown notes that the agent's console has shown the offer; only then can missing it count.
--
-- KEYS  1 ticket
-- ARGV  1 agent  2 token
-- Return "shown" | "gone"
local t = KEYS[1]
if text(t, 'state') ~= 'offered' or text(t, 'token') ~= ARGV[2] or text(t, 'agent') ~= ARGV[1] then
  return 'gone'
end
redis.call('HSET', t, 'shown', '1')
return 'shown'
