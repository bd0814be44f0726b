-- seat puts an agent on a seat, or renews it, for one node that has a socket of that agent.
--
-- KEYS  1 seat  2 seatnodes  3 seats  4 holds  5 due  6 idle  7 v
-- ARGV  1 now_ms  2 agent  3 node  4 "set": the agent chose the status; "keep": a renewal, which
--       sets it only on a seat that the desk does not know  5 status  6 capacity  7 langs  8 skills
--       9 lease ms  10 grace ms  11 name
-- Return {now µs, status, version, lease end ms, idle since µs, load, ms left for notes,
--         sids it holds or is offered …}
local seat, nodes, seats, holds, due, idle, v = unpack(KEYS)
local now = now_us(ARGV[1])
local agent, node, choose, status = ARGV[2], ARGV[3], ARGV[4] == 'set', ARGV[5]
local now_ms = math.floor(now / 1000)
local lease = now_ms + tonumber(ARGV[9])

-- The timer that ends a pause may have been lost; the renewal is the next to look.
if wrapped_up(seat, now) then
  set_version(seat, v)
  redis.call('ZADD', idle, int(now), agent)
end
local before = redis.call('HMGET', seat, 'status', 'capacity', 'langs', 'skills')
if before[1] and not choose then status = before[1] end
local changed = before[1] ~= status or before[2] ~= ARGV[6] or before[3] ~= ARGV[7] or before[4] ~= ARGV[8]
redis.call('HSET', seat, 'status', status, 'capacity', ARGV[6], 'langs', ARGV[7], 'skills', ARGV[8],
  'name', ARGV[11])
if changed then set_version(seat, v) end
if choose then redis.call('HDEL', seat, 'missed', 'wrap_until') end
if status == 'available' and before[1] ~= 'available' then redis.call('ZADD', idle, int(now), agent) end

redis.call('ZREMRANGEBYSCORE', nodes, '-inf', int(now_ms))
redis.call('ZADD', nodes, int(lease), node)
redis.call('PEXPIRE', nodes, int(tonumber(ARGV[9]) + tonumber(ARGV[10])))
redis.call('ZADD', seats, int(lease), agent)
redis.call('ZADD', due, int(lease + tonumber(ARGV[10])), 'seat:' .. agent)

local notes = math.max(0, num(seat, 'wrap_until') - now_ms)
local out = {int(now), status, text(seat, 'ver'), int(lease), redis.call('ZSCORE', idle, agent) or '0',
  int(load_of(holds, agent)), int(notes)}
for _, sid in ipairs(sids_of(holds, agent)) do out[#out + 1] = sid end
return out
