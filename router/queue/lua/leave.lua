-- leave says that a node has no socket of the agent any more. With no other node left, the seat is
-- not matchable from now on; what it holds stays for the grace.
--
-- KEYS  1 seatnodes  2 seats  3 due
-- ARGV  1 now_ms  2 agent  3 node  4 grace ms
-- Return "1" if another node still has the agent, else "0".
local nodes, seats, due = unpack(KEYS)
local now_ms = math.floor(now_us(ARGV[1]) / 1000)
local agent = ARGV[2]
redis.call('ZREM', nodes, ARGV[3])
local lease = tonumber(redis.call('ZSCORE', seats, agent) or '')
if not lease then return '0' end
local last = redis.call('ZREVRANGE', nodes, 0, 0, 'WITHSCORES')
local ends = tonumber(last[2] or '') or 0
local stays = ends > now_ms
if not stays then ends = math.min(lease, now_ms) end
redis.call('ZADD', seats, int(ends), agent)
redis.call('ZADD', due, int(ends + tonumber(ARGV[4])), 'seat:' .. agent)
return stays and '1' or '0'
