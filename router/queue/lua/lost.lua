-- lost answers the timer of a seat: did its agent come back within the grace, and if not, what did
-- the seat hold? The seat is forgotten once it holds nothing; until then the timer comes again.
--
-- KEYS  1 seat  2 seatnodes  3 seats  4 holds  5 due  6 idle
-- ARGV  1 now_ms  2 agent  3 grace ms  4 ms until the timer comes again
-- Return {"back"} | {"empty"} | {"lost", sids …}
local seat, nodes, seats, holds, due, idle = unpack(KEYS)
local now_ms = math.floor(now_us(ARGV[1]) / 1000)
local agent = ARGV[2]
local timer = 'seat:' .. agent
local lease = tonumber(redis.call('ZSCORE', seats, agent) or '')
local armed = tonumber(redis.call('ZSCORE', due, timer) or '')
local over = lease and lease + tonumber(ARGV[3])
-- A hold without a seat has only the timer that settle armed.
if not lease then over = armed or now_ms end
if over > now_ms then
  redis.call('ZADD', due, int(over), timer)
  return {'back'}
end
local sids = sids_of(holds, agent)
if #sids == 0 then
  redis.call('DEL', seat, nodes)
  redis.call('ZREM', seats, agent)
  redis.call('ZREM', idle, agent)
  redis.call('ZREM', due, timer)
  return {'empty'}
end
redis.call('ZADD', due, int(now_ms + tonumber(ARGV[4])), timer)
return {'lost', unpack(sids)}
