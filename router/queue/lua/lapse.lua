-- lapse answers the timers offer:<sid> and accepting:<sid>. An offer that nobody took goes back to
-- the line. An accept that nobody finished does not, yet: its session may have been moved a moment
-- ago, so the caller first makes the session refuse that accept, then calls back.lua.
--
-- KEYS  1 ticket  2 seat of ARGV[3]  3 holds  4 due  5 v
-- ARGV  1 now_ms  2 sid  3 agent that the ticket is believed to be with  4 misses that set a seat
--       away  5 ms until an unfinished accept is reported again
-- Return {"nothing"} | {"again", agent}: the ticket is with that agent | {"lapsed", token, "1" if the
--        seat is now away} | {"void", token, offer number}
local t, seat, holds, due, v = unpack(KEYS)
local now = now_us(ARGV[1])
local now_ms = math.floor(now / 1000)
local sid, agent, state = ARGV[2], ARGV[3], text(t, 'state')

if state ~= 'offered' and state ~= 'accepting' then
  disarm(due, sid)
  return {'nothing'}
end
redis.call('ZREM', due, (state == 'offered' and 'accepting:' or 'offer:') .. sid)
local timer, token = (state == 'offered' and 'offer:' or 'accepting:') .. sid, text(t, 'token')
if num(t, 'deadline') > now_ms then
  redis.call('ZADD', due, text(t, 'deadline'), timer)
  return {'nothing'}
end
if text(t, 'agent') ~= agent then return {'again', text(t, 'agent')} end
if state == 'accepting' then
  redis.call('ZADD', due, int(now_ms + tonumber(ARGV[5])), timer)
  return {'void', token, text(t, 'number')}
end

local away = '0'
if text(t, 'shown') == '1' and redis.call('EXISTS', seat) == 1 then
  local missed = redis.call('HINCRBY', seat, 'missed', 1)
  local status = text(seat, 'status')
  if missed >= tonumber(ARGV[4]) and (status == 'available' or status == 'wrap_up') then
    redis.call('HSET', seat, 'status', 'away')
    redis.call('HDEL', seat, 'missed')
    set_version(seat, v)
    away = '1'
  end
end
put_back(t, holds, due, sid)
exclude(t, agent, now)
set_version(t, v)
return {'lapsed', token, away}
