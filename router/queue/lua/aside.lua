-- aside answers the timer aside:<sid>: a ticket whose visitor has no page open waits beside the line,
-- and so does one that is to be called later; in time, that one goes back to it. After a day without a
-- page a ticket is missed, which its session has to say.
--
-- KEYS  1 ticket  2 line of the queue in ARGV[3]  3 queues  4 aside  5 due  6 v
-- ARGV  1 now_ms  2 sid  3 queue that the ticket is believed in  4 ms without a page until it is away
--       5 ms without one until it is missed  6 ms until an unanswered timer comes again
-- Return {"elsewhere", queue} | {"nothing"} | {"aside"} | {"back"} | {"missed"}
local t, line, queues, aside, due, v = unpack(KEYS)
local now = now_us(ARGV[1])
local now_ms = math.floor(now / 1000)
local sid, away_ms = ARGV[2], tonumber(ARGV[4])
local timer, state, is = 'aside:' .. sid, text(t, 'state'), text(t, 'aside')

local function again(at, what)
  redis.call('ZADD', due, int(at), timer)
  return {what}
end

if state == 'offered' or state == 'accepting' then return again(now_ms + away_ms, 'nothing') end
if state ~= 'waiting' then
  redis.call('ZREM', due, timer)
  return {'nothing'}
end
if text(t, 'queue') ~= ARGV[3] then return {'elsewhere', text(t, 'queue')} end

if text(t, 'callback') == '1' then
  local later = num(t, 'not_before')
  if later > now_ms then
    if is == 'later' then return again(later, 'nothing') end
    put_aside(t, line, queues, aside, sid, 'later', now)
    set_version(t, v)
    return again(later, 'aside')
  end
  redis.call('ZREM', due, timer)
  if is == '' then return {'nothing'} end
  enter_line(t, line, queues, aside, sid)
  set_version(t, v)
  return {'back'}
end

local away = away_at(t, away_ms)
if away > now_ms then return again(away, 'nothing') end
local missed = away - away_ms + tonumber(ARGV[5])
if is == '' then
  put_aside(t, line, queues, aside, sid, 'away', now)
  set_version(t, v)
  return again(math.max(missed, now_ms + 1), 'aside')
end
if text(t, 'missed') == '1' then
  redis.call('ZREM', due, timer)
  return {'nothing'}
end
if missed > now_ms then return again(missed, 'nothing') end
return again(now_ms + tonumber(ARGV[6]), 'missed')
