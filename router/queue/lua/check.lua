-- check claims the timer check:desk: the desk's tickets are to be held against their sessions. It is
-- armed while there are any, so that one node does it at a time and a desk that came back older from
-- a failover is looked through as well.
--
-- KEYS  1 due  2 queues  3 holds  4 aside
-- ARGV  1 now_ms  2 ms until the next check
-- Return "1" if the caller is to check, else "0".
local due, queues, holds, aside = unpack(KEYS)
local now_ms = math.floor(now_us(ARGV[1]) / 1000)
local at = tonumber(redis.call('ZSCORE', due, 'check:desk') or '')
if not at or at > now_ms then return '0' end
if redis.call('EXISTS', queues, holds, aside) == 0 then
  redis.call('ZREM', due, 'check:desk')
  return '0'
end
redis.call('ZADD', due, int(now_ms + tonumber(ARGV[2])), 'check:desk')
return '1'
