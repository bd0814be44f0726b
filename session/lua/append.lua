-- Appends events to a session, all or none. The one writer of a log: it stores an event once,
-- numbers it, moves the owner by the table of legal moves (MOVES, rendered from moves.go), fences
-- late bots and agents, and arms the timers that finish the work if the caller dies.
-- KEYS  1 state  2 log  3 ids  4 due  5 dirty
-- ARGV  1 now_ms  2 sid  3 epoch fence or ""  4 ask fence or ""  5 offer number or 0
--       6 keep_ids  7 number of timers t  8 and 9 epoch and arrival of a repair, or 0
--       10 since when, in ms, it must have been quiet, or 0  11… t × (what, delay_ms)
--       then per event 10 fields: id kind from by text-hash body to agent reason queue
-- Returns {"ok", at_ms, nodes as lease.lua writes them, seq, owner, ask, site, warned_at or "" as they
--      now are, then per event seq dup prev arrived, the last of moves only}
--      or {"refused", code, epoch, owner}: gone closed illegal epoch ask owner agent void id_reused active
--
-- Every message of every visitor runs through here, and what one costs is the values that pass between
-- Redis and Lua. So the state is read once, only what changed is written, empty fields are left out,
-- and the answer is what a caller goes on with, not all there is.
local s = redis.call('HMGET', KEYS[1], 'seq', 'tail', 'epoch', 'owner', 'agent', 'ask', 'arrived', 'void',
  'spoke', 'site', 'warned', 'nodes', 'archived')
if not s[1] then return {'refused', 'gone', 0, ''} end
local seq, tail, epoch, owner = tonumber(s[1]), s[2], tonumber(s[3]), s[4]
local agent, ask, arrived, void, spoke = s[5], s[6], tonumber(s[7]), tonumber(s[8]), s[9] or ''
local asked, spoken = ask, spoke
local us = now_us(ARGV[1])
local ms = math.floor(us / 1000)
local at_ms = string.format('%.0f', ms) -- Redis turns a number into text in each call it is in
local function refuse(code) return {'refused', code, epoch, owner} end

local timers = tonumber(ARGV[7])
local first = 11 + 2 * timers
local count = (#ARGV - first + 1) / 10
local repair, quiet = tonumber(ARGV[8]), tonumber(ARGV[10])

-- What may be written depends on who answers; o and a are the owner and agent as the batch moves on.
local o, a = owner, agent
local function check(i)
  local kind, from, by, to, target = ARGV[i+1], ARGV[i+2], ARGV[i+3], ARGV[i+6], ARGV[i+7]
  if ARGV[3] ~= '' and tonumber(ARGV[3]) ~= epoch then return 'epoch' end
  if quiet > 0 then
    local q = redis.call('HMGET', KEYS[1], 'at', 'active')
    if math.max(tonumber(q[1] or 0), tonumber(q[2] or 0)) > quiet then return 'active' end
  end
  -- A repair is no one's move: it brings back what a failover rolled back, so any owner may follow
  -- any other. It stands alone, and only ever raises the epoch.
  if repair > 0 then
    if kind ~= 'move' or from ~= 'system' or count ~= 1 or not string.find(OWNERS, ' ' .. to .. ' ', 1, true) then return 'illegal' end
    if to == 'human' and target == '' then return 'illegal' end
    if repair <= epoch then return 'epoch' end
    return
  end
  -- What a failover took from the log comes back out of the record: its writer was let in before. Only
  -- the bot never speaks after a handoff.
  if kind == 'message' and ARGV[i+8] == 'recovered' then
    if from == 'bot' and o ~= 'bot' then return 'owner' end
    return
  end
  if from == 'bot' then
    if o ~= 'bot' then return 'owner' end
    if ARGV[3] == '' or ARGV[4] == '' or ARGV[4] ~= ask then return 'ask' end
  elseif from == 'visitor' and kind == 'message' then
    if o == 'closed' then return 'closed' end
  elseif from == 'agent' and kind == 'message' then
    if o ~= 'human' then return 'owner' end
    -- Beside the agent only a supervisor may write, whose coming is in the log.
    if a ~= by and redis.call('HGET', KEYS[1], 'joined') ~= by then return 'agent' end
  elseif kind == 'callback' then
    if o ~= 'waiting' then return 'owner' end
  elseif kind == 'notice' and ARGV[i+8] == 'joined' then
    if from ~= 'agent' or o ~= 'human' or a == by then return 'owner' end
  end
  if kind == 'move' then
    if not string.find(MOVES, ' ' .. o .. '>' .. to .. '>' .. from .. ' ', 1, true) then return 'illegal' end
    if from == 'agent' and o == 'human' and a ~= by then return 'agent' end
    -- The router may end what a person answers only for silence, never while somebody is there.
    if from == 'system' and o == 'human' and to == 'closed' and quiet == 0 then return 'illegal' end
    if to == 'human' and (target == '' or tonumber(ARGV[5]) <= void) then return 'void' end
    o, a = to, to == 'human' and target or ''
  end
end

-- First pass: find what is already stored and refuse the batch before anything is written. An id may
-- also come twice in one batch; mine has where its first one will be.
local seen, fresh, mine = {}, 0, {}
-- Mostly it is one event that may be written: then its id is looked for and noted in one call.
local noted = count == 1 and not check(first) and redis.call('ZADD', KEYS[3], 'NX', seq + 1, ARGV[first]) == 1
if noted then fresh = 1 end
o, a = owner, agent
for n = 0, noted and -1 or count - 1 do
  local i = first + n * 10
  local at = redis.call('ZSCORE', KEYS[3], ARGV[i])
  local twin = mine[ARGV[i]]
  if twin then
    if ARGV[i+4] ~= '' and ARGV[i+4] ~= ARGV[twin.i+4] then return refuse('id_reused') end
    seen[n] = twin.seq
  elseif at then
    local entry = redis.call('XRANGE', KEYS[2], at .. '-0', at .. '-0')[1]
    if entry and ARGV[i+4] ~= '' then
      local hash = '' -- left out where there was no text
      for f = 1, #entry[2], 2 do
        if entry[2][f] == 'h' then hash = entry[2][f+1] end
      end
      if hash ~= ARGV[i+4] then return refuse('id_reused') end
    end
    seen[n] = tonumber(at)
  else
    local code = check(i)
    if code then return refuse(code) end
    fresh = fresh + 1
    mine[ARGV[i]] = {i = i, seq = seq + fresh}
  end
end

local function put(list, field, value)
  list[#list+1] = field
  list[#list+1] = value
end

-- Second pass: write.
local out = {'ok', ms, s[12] or '', 0, '', '', '', ''}
local moved = false
for n = 0, count - 1 do
  local i = first + n * 10
  if seen[n] then
    local o = #out
    out[o+1], out[o+2], out[o+3], out[o+4] = seen[n], 1, '', ''
  else
    local id, kind, from, by, to = ARGV[i], ARGV[i+1], ARGV[i+2], ARGV[i+3], ARGV[i+6]
    seq = seq + 1
    if kind == 'move' then
      moved, epoch, ask = true, repair > 0 and repair or epoch + 1, ''
      -- A place in line is as old as the handoff that took it: it is kept through accepts, lost
      -- agents and releases, and ends with the bot or the close.
      if to == 'waiting' and (owner == 'bot' or owner == 'closed') then arrived = us end
      if repair > 0 then arrived = tonumber(ARGV[9]) end
      if to == 'bot' or to == 'closed' then arrived = 0 end
      owner, agent = to, to == 'human' and ARGV[i+7] or ''
      redis.call('HDEL', KEYS[1], 'wanted', 'guest', 'joined')
      if to == 'waiting' and ARGV[i+7] ~= '' then redis.call('HSET', KEYS[1], 'wanted', ARGV[i+7]) end
      if to == 'bot' or to == 'closed' then redis.call('HDEL', KEYS[1], 'callback') end
      redis.call('HSET', KEYS[1], 'reason', to == 'waiting' and ARGV[i+8] or redis.call('HGET', KEYS[1], 'reason'))
      if ARGV[i+9] ~= '' then redis.call('HSET', KEYS[1], 'queue', ARGV[i+9]) end
    elseif kind == 'message' then
      spoke = from
      if from == 'visitor' and owner == 'bot' then ask = id
      elseif from == 'bot' then ask = ''
      elseif from == 'agent' and by == agent then redis.call('HSET', KEYS[1], 'last_agent', by, 'human_at', at_ms) end
    elseif kind == 'callback' then
      if ARGV[i+8] == 'cancelled' then redis.call('HDEL', KEYS[1], 'callback')
      else redis.call('HSET', KEYS[1], 'callback', ARGV[i+5]) end
    elseif kind == 'note' and ARGV[i+7] ~= '' then redis.call('HSET', KEYS[1], 'guest', ARGV[i+7])
    elseif kind == 'notice' and ARGV[i+8] == 'joined' then redis.call('HSET', KEYS[1], 'joined', by)
    elseif kind == 'notice' and ARGV[i+8] == 'left' then redis.call('HDEL', KEYS[1], 'joined')
    end
    local o, ar = #out, ''
    local entry = {'id', id, 'p', tail, 'at', at_ms, 'k', kind, 'f', from, 'b', ARGV[i+5]}
    if by ~= '' then put(entry, 'by', by) end
    if ARGV[i+4] ~= '' then put(entry, 'h', ARGV[i+4]) end
    if kind == 'move' then
      ar = string.format('%.0f', arrived)
      put(entry, 'ar', ar)
    end
    redis.call('XADD', KEYS[2], seq .. '-0', unpack(entry))
    if not noted then redis.call('ZADD', KEYS[3], seq, id) end
    out[o+1], out[o+2], out[o+3], out[o+4] = seq, 0, tail, ar
    tail = id
  end
end
out[4], out[5], out[6], out[7], out[8] = seq, owner, ask, s[10] or '', s[11] or ''
if fresh == 0 then return out end

local now = {'seq', seq, 'tail', tail, 'at', at_ms}
if spoke ~= spoken then put(now, 'spoke', spoke) end
if ask ~= asked then put(now, 'ask', ask) end
if moved then
  put(now, 'moved', at_ms)
  put(now, 'epoch', epoch)
  put(now, 'owner', owner)
  put(now, 'agent', agent)
  put(now, 'arrived', string.format('%.0f', arrived))
end
redis.call('HSET', KEYS[1], unpack(now))
-- Whoever finds all archived says that it is not any more; those who come until it is need not.
if not s[13] or tonumber(s[13]) == seq - fresh then redis.call('ZADD', KEYS[5], 'LT', ms + 1000, ARGV[2]) end
if seq > tonumber(ARGV[6]) then redis.call('ZREMRANGEBYRANK', KEYS[3], 0, -tonumber(ARGV[6]) - 1) end
if moved then
  if owner == 'closed' then redis.call('ZADD', KEYS[4], 'LT', ms + 86400000, 'expire:' .. ARGV[2]) end
  redis.call('ZADD', KEYS[4], 'LT', ms + 2000, 'settle:' .. ARGV[2])
end
for t = 0, timers - 1 do
  -- Whoever writes does not know who answers by then: where no bot owes an answer, none is looked after.
  local what = ARGV[11 + 2*t]
  if what ~= 'ask' or ask ~= '' then
    redis.call('ZADD', KEYS[4], 'LT', ms + tonumber(ARGV[12 + 2*t]), what .. ':' .. ARGV[2])
  end
end
return out
