-- room reads what a look at the desk starts from, on the clock of the desk. A dispatcher takes the
-- desk with it: one at a time, for at most as long as its lease. Whoever finds it taken leaves a mark,
-- so that the one at work looks again for what it could not have seen.
--
-- KEYS  1 seats  2 queues  3 v  4 dispatch
-- ARGV  1 now_ms  2 seats at the most  3 dispatcher, '' to look only  4 its lease in ms
-- Return {"busy"} | {now µs, version, number of queues, queues …, then agent, lease end ms …}
local seats, queues, v, dispatch = unpack(KEYS)
local now, who = now_us(ARGV[1]), ARGV[3]
if who ~= '' then
  local holder = text(dispatch, 'holder')
  if holder ~= '' and holder ~= who and num(dispatch, 'until') > now then
    redis.call('HSET', dispatch, 'marked', 1)
    return {'busy'}
  end
  redis.call('HDEL', dispatch, 'marked')
  redis.call('HSET', dispatch, 'holder', who, 'until', int(now + ARGV[4] * 1000))
end
local names = redis.call('SMEMBERS', queues)
table.sort(names)
local out = {int(now), redis.call('GET', v) or '0', int(#names)}
for _, name in ipairs(names) do out[#out + 1] = name end
local taken = redis.call('ZREVRANGE', seats, 0, tonumber(ARGV[2]) - 1, 'WITHSCORES')
for _, x in ipairs(taken) do out[#out + 1] = x end
return out
