-- settle makes the desk agree with one session's log. It is a projection: what it leaves behind
-- depends on the session's state, not on how many settles came before or were lost.
--
-- KEYS  1 ticket  2 v  3 holds  4 due  5 queues  6 line and 7 handle of the queue in ARGV[12]
--       8 line of the session's queue  9 idle  10 seats  11 seat of the agent
--       12 waits  13 aside  14 callbacks
-- ARGV  1 now_ms  2 sid  3 epoch  4 owner  5 agent  6 queue  7 arrived µs (0: keep, or now)
--       8 head start ms  9 lang  10 reason  11 summary  12 queue that the ticket is believed in
--       13 ms without a seat until the agent counts as lost  14 life of a gone ticket, s
--       15 handle times kept  16 life of handle times, s  17 ms until a desk with tickets is checked
--       18 weight  19 preferred agent  20 ms that waits count  21 waits kept
--       22 ms without a page until a visitor is away  23 "1": to be called  24 from when on, ms
--       25 "1": missed for a day
-- Return {"elsewhere", queue}: the ticket is in another queue; call again with that as ARGV[12].
--        {outcome, epoch, version, position, state, agent, freed agent, dead offer, its agent}
--        outcome: joined, moved, held, left, unchanged, or older: refused, epoch is the desk's.
local t, v, holds, due, queues, was_line, handle, line, idle, seats, seat, waits, aside, callbacks =
  unpack(KEYS)
local now = now_us(ARGV[1])
local sid, epoch, owner, agent, queue = ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5], ARGV[6]
local arrived, head, lang, was = tonumber(ARGV[7]), tonumber(ARGV[8]), ARGV[9], ARGV[12]

local state = text(t, 'state')
local live = state ~= '' and state ~= 'gone'
local had = {epoch = num(t, 'epoch'), agent = text(t, 'agent'), token = text(t, 'token')}
if live and text(t, 'queue') ~= was then return {'elsewhere', text(t, 'queue')} end
if not live then was = queue end
if queue == '' then queue, line = was, was_line end

local freed, dead, dead_agent = '', '', ''

local function answer(outcome)
  local rank = redis.call('ZRANK', line, sid)
  local at, holder = text(t, 'state'), text(t, 'agent')
  return {outcome, int(num(t, 'epoch')), redis.call('GET', v) or '0',
    int(rank and rank + 1 or 0), at, holder, freed, dead, dead_agent}
end

if epoch < had.epoch then
  line = was_line
  return answer('older')
end

-- since is when the desk learned of this move: it tells a later move of a log that was rolled back
-- from the moves that were lost.
local since = epoch > had.epoch and int(now) or text(t, 'since')

-- out takes the ticket out of the line, and from beside it.
local function out()
  leave_line(was_line, queues, was, sid)
  redis.call('ZREM', aside, sid)
  redis.call('ZREM', callbacks, sid)
  redis.call('ZREM', due, 'aside:' .. sid)
  redis.call('HDEL', t, 'aside')
end

-- end_hold takes the ticket from whoever has it and notes who must be told.
local function end_hold()
  if had.agent == '' then return end
  if state == 'held' then
    freed = had.agent
    redis.call('ZADD', idle, int(now), had.agent)
  else
    dead, dead_agent = had.token, had.agent
  end
  put_back(t, holds, due, sid)
end

-- describe writes what the session says. The arrival is the session's: the same move never changes
-- it, and while it stands the head start only rises (invariants 6 and 9).
local function describe()
  local stored = num(t, 'arrived')
  local same = live and (arrived == 0 or arrived == stored or epoch == had.epoch)
  if same then
    arrived, head = stored, math.max(head, num(t, 'head_ms'))
  else
    redis.call('HDEL', t, 'excluded', 'excluded_at', 'owner')
    if arrived == 0 then arrived = now end
  end
  redis.call('PERSIST', t)
  redis.call('HSET', t, 'epoch', int(epoch), 'queue', queue, 'arrived', int(arrived),
    'head_ms', int(head), 'lang', lang, 'reason', ARGV[10], 'summary', ARGV[11],
    'since', since, 'weight', ARGV[18], 'preferred', ARGV[19], 'callback', ARGV[23], 'not_before', ARGV[24],
    'missed', ARGV[25])
end

-- beside says whether a ticket waits beside the line: it is to be called later, or nobody is there.
local function beside()
  local later = ARGV[23] == '1' and tonumber(ARGV[24]) > math.floor(now / 1000)
  if later then return 'later' end
  if ARGV[23] ~= '1' and text(t, 'aside') == 'away' then return 'away' end
  return ''
end

local function to_line()
  local score, old_lang = redis.call('ZSCORE', was_line, sid), text(t, 'lang')
  -- An accept is fenced by the epoch it was made for: after a newer move it can no longer happen.
  local stale = state == 'accepting' and epoch > had.epoch
  local side, was_called = beside(), text(t, 'callback')
  if state == 'held' or stale or state == 'offered' and side ~= '' then end_hold() end
  describe()
  if state == 'held' then exclude(t, had.agent, now) end
  if not live then redis.call('HSET', t, 'state', 'waiting') end
  if live and queue ~= was then leave_line(was_line, queues, was, sid) end
  local was_side = text(t, 'aside')
  if text(t, 'state') == 'accepting' then side = '' end
  if side == '' then enter_line(t, line, queues, aside, sid)
  else put_aside(t, line, queues, aside, sid, side, now) end
  local outcome = 'unchanged'
  if not live or state == 'held' then
    outcome = 'joined'
  elseif stale or queue ~= was or lang ~= old_lang or side ~= was_side or was_called ~= ARGV[23] or
    side == '' and tonumber(score) ~= arrived - head * 1000 then
    outcome = 'moved'
  end
  if ARGV[23] == '1' or ARGV[25] == '1' then redis.call('ZADD', callbacks, ARGV[24], sid)
  else redis.call('ZREM', callbacks, sid) end
  if side == 'later' then redis.call('ZADD', due, ARGV[24], 'aside:' .. sid)
  else redis.call('ZADD', due, 'NX', int(away_at(t, tonumber(ARGV[22]))), 'aside:' .. sid) end
  if outcome ~= 'unchanged' then set_version(t, v) end
  return outcome
end

-- end_wait notes how long a ticket that reaches a person was in line, for the bound of head starts.
local function end_wait()
  if not live or state == 'held' then return end
  local now_ms = math.floor(now / 1000)
  local waited = math.max(0, math.floor((now - num(t, 'since')) / 1000))
  redis.call('ZADD', waits, int(now_ms), sid .. ':' .. int(epoch) .. ':' .. int(waited))
  redis.call('ZREMRANGEBYSCORE', waits, '-inf', '(' .. int(now_ms - ARGV[20]))
  redis.call('ZREMRANGEBYRANK', waits, 0, -tonumber(ARGV[21]) - 1)
  redis.call('PEXPIRE', waits, ARGV[20])
end

local function to_agent()
  if state == 'held' and had.agent == agent then
    describe()
    return 'unchanged'
  end
  if state == 'accepting' and had.agent == agent then had.token = '' end
  local room = had.agent == agent and num(t, 'room') or 0
  end_wait()
  end_hold()
  describe()
  out()
  if room == 0 then
    local capacity = num(seat, 'capacity')
    room = room_of(num(t, 'weight'), capacity > 0 and capacity or MOST)
  end
  hold(holds, agent, sid, room)
  redis.call('HSET', t, 'state', 'held', 'agent', agent, 'held_at', int(now))
  redis.call('HDEL', t, 'excluded', 'excluded_at')
  if dead == '' then dead_agent = '' end
  -- An agent who has no seat has no lease that could end; this timer stands in for it.
  if not redis.call('ZSCORE', seats, agent) then
    redis.call('ZADD', due, 'NX', int(now / 1000 + tonumber(ARGV[13])), 'seat:' .. agent)
  end
  set_version(t, v)
  return 'held'
end

local function remove()
  local number = num(t, 'number')
  if live then
    if state == 'held' then
      redis.call('LPUSH', handle, int((now - num(t, 'held_at')) / 1000))
      redis.call('LTRIM', handle, 0, tonumber(ARGV[15]) - 1)
      redis.call('EXPIRE', handle, ARGV[16])
    end
    end_hold()
    out()
    redis.call('INCR', v)
  end
  redis.call('DEL', t)
  redis.call('HSET', t, 'state', 'gone', 'epoch', int(epoch), 'owner', owner,
    'number', int(number), 'since', since)
  redis.call('EXPIRE', t, ARGV[14])
  return live and 'left' or 'unchanged'
end

if owner == 'waiting' or owner == 'human' then
  redis.call('ZADD', due, 'NX', int(now / 1000 + tonumber(ARGV[17])), 'check:desk')
end
if owner == 'waiting' then return answer(to_line()) end
if owner == 'human' then return answer(to_agent()) end
return answer(remove())
