-- room reads what a look at the desk starts from, on the clock of the desk.
--
-- KEYS  1 seats  2 queues  3 v
-- ARGV  1 now_ms  2 seats at the most
-- Return {now µs, version, number of queues, queues …, then agent, lease end ms …}
local seats, queues, v = unpack(KEYS)
local names = redis.call('SMEMBERS', queues)
table.sort(names)
local out = {int(now_us(ARGV[1])), redis.call('GET', v) or '0', int(#names)}
for _, name in ipairs(names) do out[#out + 1] = name end
local taken = redis.call('ZREVRANGE', seats, 0, tonumber(ARGV[2]) - 1, 'WITHSCORES')
for _, x in ipairs(taken) do out[#out + 1] = x end
return out
