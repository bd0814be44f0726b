-- Shared by the scripts of the desk; see keys.go for what each key holds.

-- The weight of the heaviest ticket; MaxWeight in rules.go.
local MOST = 5

-- Numbers are written in full: Lua's own way would round microseconds to 14 digits.
local function int(n) return string.format('%.0f', n) end

local function text(key, name) return redis.call('HGET', key, name) or '' end

local function num(key, name) return tonumber(text(key, name)) or 0 end

-- A hold is "<agent>|<sid>" at score 0, and for a ticket of weight 3 "<agent>|<sid>|2" and "…|3" as
-- well. What a seat carries is counted from the set itself, never kept in a counter that a crash could
-- leave wrong (invariant 7).
local function load_of(holds, agent)
  return redis.call('ZLEXCOUNT', holds, '[' .. agent .. '|', '(' .. agent .. '}')
end

local function sids_of(holds, agent)
  local sids = redis.call('ZRANGEBYLEX', holds, '[' .. agent .. '|', '(' .. agent .. '}')
  local out = {}
  for _, member in ipairs(sids) do
    local sid = string.sub(member, #agent + 2)
    if not string.find(sid, '|', 1, true) then out[#out + 1] = sid end
  end
  return out
end

-- names_of lists the members of a hold of this weight.
local function names_of(agent, sid, weight)
  local names = {agent .. '|' .. sid}
  for unit = 2, weight do names[unit] = names[1] .. '|' .. unit end
  return names
end

local function hold(holds, agent, sid, weight)
  for _, name in ipairs(names_of(agent, sid, weight)) do redis.call('ZADD', holds, 0, name) end
end

-- unhold takes all members that a hold may have, whatever its weight was.
local function unhold(holds, agent, sid) redis.call('ZREM', holds, unpack(names_of(agent, sid, MOST))) end

-- room_of is what a ticket takes of a seat. One heavier than the whole seat takes all of it.
local function room_of(weight, capacity) return math.max(1, math.min(weight, capacity)) end

-- wrapped_up makes a seat available whose time for notes is over. Without wrap_until the agent chose
-- the pause and ends it.
local function wrapped_up(seat, now)
  local over = num(seat, 'wrap_until')
  if over == 0 or over > math.floor(now / 1000) then return false end
  redis.call('HDEL', seat, 'wrap_until')
  if text(seat, 'status') ~= 'wrap_up' then return false end
  redis.call('HSET', seat, 'status', 'available')
  return true
end

local function disarm(due, sid) redis.call('ZREM', due, 'offer:' .. sid, 'accepting:' .. sid) end

local function set_version(key, v) redis.call('HSET', key, 'ver', redis.call('INCR', v)) end

-- exclude adds a seat to those that had the ticket in this cycle: "|a|b|".
local function exclude(t, agent, now)
  local tried = text(t, 'excluded')
  if tried == '' then tried = '|' end
  if not string.find(tried, '|' .. agent .. '|', 1, true) then tried = tried .. agent .. '|' end
  redis.call('HSET', t, 'excluded', tried, 'excluded_at', int(now))
end

local function offered(t, now) return {'offered', int(now), text(t, 'number'), text(t, 'deadline')} end

-- give makes the offer, once all that it depends on was checked.
local function give(t, seat, holds, due, v, sid, agent, token, now, ttl)
  -- Tried before and offered again means that everybody was tried: a new cycle begins.
  if string.find(text(t, 'excluded'), '|' .. agent .. '|', 1, true) then
    redis.call('HDEL', t, 'excluded', 'excluded_at')
  end
  -- The number only grows, and is taken from the clock: a desk that lost its memory must not hand out
  -- a number that the session has voided already.
  local number = math.max(num(t, 'number') + 1, now)
  local deadline, room = math.floor(now / 1000) + ttl, room_of(num(t, 'weight'), num(seat, 'capacity'))
  hold(holds, agent, sid, room)
  redis.call('ZADD', due, int(deadline), 'offer:' .. sid)
  redis.call('HSET', t, 'state', 'offered', 'agent', agent, 'token', token, 'number', int(number),
    'room', room, 'deadline', int(deadline))
  set_version(t, v)
  return offered(t, now)
end

-- away_at is when a ticket goes beside the line unless a page of its visitor shows up, in ms.
local function away_at(t, away_ms) return math.floor(math.max(num(t, 'seen'), num(t, 'since')) / 1000) + away_ms end

local function leave_line(line, queues, queue, sid)
  redis.call('ZREM', line, sid)
  if redis.call('EXISTS', line) == 0 then redis.call('SREM', queues, queue) end
end

-- enter_line puts a ticket at its rank, which follows from what it is (invariant 6).
local function enter_line(t, line, queues, aside, sid)
  redis.call('HDEL', t, 'aside')
  redis.call('ZREM', aside, sid)
  redis.call('ZADD', line, int(num(t, 'arrived') - num(t, 'head_ms') * 1000), sid)
  redis.call('SADD', queues, text(t, 'queue'))
end

-- put_aside takes a ticket beside the line: kept, but neither offered nor counted.
local function put_aside(t, line, queues, aside, sid, why, now)
  leave_line(line, queues, text(t, 'queue'), sid)
  if text(t, 'aside') == '' then redis.call('ZADD', aside, int(now / 1000), sid) end
  redis.call('HSET', t, 'aside', why)
end

-- put_back ends the offer or hold of a ticket and lets it be offered again. It never touches the
-- line, which the ticket has not left, nor its arrival (invariants 5 and 6).
local function put_back(t, holds, due, sid)
  unhold(holds, text(t, 'agent'), sid)
  disarm(due, sid)
  redis.call('HDEL', t, 'agent', 'token', 'deadline', 'shown', 'held_at')
  redis.call('HSET', t, 'state', 'waiting')
end
