-- Shared by the scripts of the desk; see keys.go for what each key holds.

-- Numbers are written in full: Lua's own way would round microseconds to 14 digits.
local function int(n) return string.format('%.0f', n) end

local function text(key, name) return redis.call('HGET', key, name) or '' end

local function num(key, name) return tonumber(text(key, name)) or 0 end

-- A hold is "<agent>|<sid>" at score 0. What a seat carries is counted from the set itself, never
-- kept in a counter that a crash could leave wrong (invariant 7).
local function load_of(holds, agent)
  return redis.call('ZLEXCOUNT', holds, '[' .. agent .. '|', '(' .. agent .. '}')
end

local function sids_of(holds, agent)
  local sids = redis.call('ZRANGEBYLEX', holds, '[' .. agent .. '|', '(' .. agent .. '}')
  for i, member in ipairs(sids) do sids[i] = string.sub(member, #agent + 2) end
  return sids
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

-- put_back ends the offer or hold of a ticket and lets it be offered again. It never touches the
-- line, which the ticket has not left, nor its arrival (invariants 5 and 6).
local function put_back(t, holds, due, sid)
  redis.call('ZREM', holds, text(t, 'agent') .. '|' .. sid)
  disarm(due, sid)
  redis.call('HDEL', t, 'agent', 'token', 'deadline', 'shown', 'held_at')
  redis.call('HSET', t, 'state', 'waiting')
end
