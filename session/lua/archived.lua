-- Notes up to where the record has some sessions of one partition, and lets go of what it has: a log
-- keeps its newest events, and a session of which the record has all is not dirty any more.
-- KEYS  per session: state log dirty
-- ARGV  1 now_ms  2 events a log keeps  3 ms until one with more to archive is looked at again
--       then per session: sid, seq and id of its last archived event, and the life that was archived
-- Returns per session 1, or 0 where the log does not have that event: a failover took it back, or it was
-- of another life.
local ms = math.floor(now_us(ARGV[1]) / 1000)
local keep, again = tonumber(ARGV[2]), tonumber(ARGV[3])
local out = {}

local function has(log, s, seq, id)
  if seq == tonumber(s[1]) then return id == s[2] end
  if seq == 0 then return true end
  local entry = redis.call('XRANGE', log, seq .. '-0', seq .. '-0')[1]
  return entry and entry[2][2] == id
end

for n = 1, #KEYS / 3 do
  local state, log, dirty = KEYS[3*n - 2], KEYS[3*n - 1], KEYS[3*n]
  local sid, seq, id, life = ARGV[4*n], tonumber(ARGV[4*n + 1]), ARGV[4*n + 2], ARGV[4*n + 3]
  local s = redis.call('HMGET', state, 'seq', 'tail', 'life')
  out[n] = 0
  if not s[1] then
    redis.call('ZREM', dirty, sid)
  elseif (s[3] or '') == life and has(log, s, seq, id) then
    out[n] = 1
    redis.call('HSET', state, 'archived', seq)
    if seq > keep then redis.call('XTRIM', log, 'MINID', (seq - keep + 1) .. '-0') end
    if seq == tonumber(s[1]) then redis.call('ZREM', dirty, sid)
    else redis.call('ZADD', dirty, ms + again, sid) end
  else
    redis.call('ZADD', dirty, ms + again, sid)
  end
end
return out
