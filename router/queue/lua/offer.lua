-- offer gives a waiting ticket to a seat until a deadline. It re-checks everything that the match
-- was made from, so it does not matter how old that was or who made it (invariant 7).
--
-- KEYS  1 ticket  2 seat  3 seats  4 holds  5 due  6 v
-- ARGV  1 now_ms  2 sid  3 agent  4 token  5 ttl ms  6 ticket version  7 seat version
-- Return {"offered", now µs, offer number, deadline ms}
--        {"ticket"} it changed or is not waiting | {"seat"} it changed or is off duty | {"full"}
local t, seat, seats, holds, due, v = unpack(KEYS)
local now = now_us(ARGV[1])
local now_ms = math.floor(now / 1000)
local sid, agent, token = ARGV[2], ARGV[3], ARGV[4]

local state = text(t, 'state')
if state == 'offered' and text(t, 'token') == token then return offered(t, now) end
if state ~= 'waiting' or text(t, 'ver') ~= ARGV[6] then return {'ticket'} end
local lease = tonumber(redis.call('ZSCORE', seats, agent) or '') or 0
if lease <= now_ms or text(seat, 'status') ~= 'available' or text(seat, 'ver') ~= ARGV[7] then
  return {'seat'}
end
local room = room_of(num(t, 'weight'), num(seat, 'capacity'))
if load_of(holds, agent) + room > num(seat, 'capacity') then return {'full'} end

return give(t, seat, holds, due, v, sid, agent, token, now, tonumber(ARGV[5]))
