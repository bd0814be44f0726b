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

local function offered() return {'offered', int(now), text(t, 'number'), text(t, 'deadline')} end

local state = text(t, 'state')
if state == 'offered' and text(t, 'token') == token then return offered() end
if state ~= 'waiting' or text(t, 'ver') ~= ARGV[6] then return {'ticket'} end
local lease = tonumber(redis.call('ZSCORE', seats, agent) or '') or 0
if lease <= now_ms or text(seat, 'status') ~= 'available' or text(seat, 'ver') ~= ARGV[7] then
  return {'seat'}
end
local room = room_of(num(t, 'weight'), num(seat, 'capacity'))
if load_of(holds, agent) + room > num(seat, 'capacity') then return {'full'} end

-- Tried before and offered again means that everybody was tried: a new cycle begins.
if string.find(text(t, 'excluded'), '|' .. agent .. '|', 1, true) then
  redis.call('HDEL', t, 'excluded', 'excluded_at')
end
-- The number only grows, and is taken from the clock: a desk that lost its memory must not hand out
-- a number that the session has voided already.
local number = math.max(num(t, 'number') + 1, now)
local deadline = now_ms + tonumber(ARGV[5])
hold(holds, agent, sid, room)
redis.call('ZADD', due, int(deadline), 'offer:' .. sid)
redis.call('HSET', t, 'state', 'offered', 'agent', agent, 'token', token, 'number', int(number),
  'room', room, 'deadline', int(deadline))
set_version(t, v)
return offered()
