-- accept is the first step of taking a ticket: offered → accepting. The hold stays; the session's
-- log decides next, and settle makes it final. Accepting lapses if nobody finishes it.
--
-- KEYS  1 ticket  2 seat  3 due  4 v
-- ARGV  1 now_ms  2 sid  3 agent  4 token  5 ms until it lapses
-- Return {"accepting", offer number, epoch} | {"gone"}
local t, seat, due, v = unpack(KEYS)
local now_ms = math.floor(now_us(ARGV[1]) / 1000)
local sid, agent, token = ARGV[2], ARGV[3], ARGV[4]
if text(t, 'token') ~= token or text(t, 'agent') ~= agent then return {'gone'} end
local state = text(t, 'state')
if state == 'offered' and num(t, 'deadline') > now_ms then
  local deadline = int(now_ms + tonumber(ARGV[5]))
  disarm(due, sid)
  redis.call('ZADD', due, deadline, 'accepting:' .. sid)
  redis.call('HSET', t, 'state', 'accepting', 'deadline', deadline)
  redis.call('HDEL', seat, 'missed')
  set_version(t, v)
elseif state ~= 'accepting' then
  return {'gone'}
end
return {'accepting', text(t, 'number'), text(t, 'epoch')}
