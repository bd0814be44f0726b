-- appear brings a ticket back to the line, at its rank, whose visitor has a page open again.
--
-- KEYS  1 ticket  2 line of the queue in ARGV[3]  3 queues  4 aside  5 due  6 v
-- ARGV  1 now_ms  2 sid  3 queue  4 ms without a page until it is away
-- Return {"back"} | {"nothing"}
local t, line, queues, aside, due, v = unpack(KEYS)
if text(t, 'state') ~= 'waiting' or text(t, 'aside') ~= 'away' or text(t, 'queue') ~= ARGV[3] then
  return {'nothing'}
end
enter_line(t, line, queues, aside, ARGV[2])
redis.call('HSET', t, 'seen', int(now_us(ARGV[1])))
redis.call('ZADD', due, int(away_at(t, tonumber(ARGV[4]))), 'aside:' .. ARGV[2])
set_version(t, v)
return {'back'}
