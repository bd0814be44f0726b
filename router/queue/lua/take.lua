-- take offers one ticket to an agent who asked for it, whatever the order of the line: from the list of
-- callbacks, or from a colleague. It re-checks all that an offer does, but for who is tried first.
--
-- KEYS  1 ticket  2 seat  3 seats  4 holds  5 due  6 v  7 line of the queue in ARGV[6]  8 queues  9 aside
-- ARGV  1 now_ms  2 sid  3 agent  4 token  5 ttl ms  6 queue that the ticket is believed in
-- Return {"offered", now µs, offer number, deadline ms, token if it was offered to this agent already}
--        {"elsewhere", queue}
--        {"ticket"} it does not wait, or is offered to another | {"seat"} off duty | {"full"}
local t, seat, seats, holds, due, v, line, queues, aside = unpack(KEYS)
local now = now_us(ARGV[1])
local now_ms = math.floor(now / 1000)
local sid, agent, token = ARGV[2], ARGV[3], ARGV[4]

-- The line may have been quicker to offer it to the same agent.
if text(t, 'state') == 'offered' and text(t, 'agent') == agent then
  local out = offered(t, now)
  out[5] = text(t, 'token')
  return out
end
if text(t, 'state') ~= 'waiting' then return {'ticket'} end
if text(t, 'queue') ~= ARGV[6] then return {'elsewhere', text(t, 'queue')} end
local lease = tonumber(redis.call('ZSCORE', seats, agent) or '') or 0
if lease <= now_ms then return {'seat'} end
if load_of(holds, agent) + room_of(num(t, 'weight'), num(seat, 'capacity')) > num(seat, 'capacity') then
  return {'full'}
end
-- What is offered is in line. If it comes back, its timer takes it aside again.
if text(t, 'aside') ~= '' then
  enter_line(t, line, queues, aside, sid)
  redis.call('ZADD', due, int(now_ms + tonumber(ARGV[5])), 'aside:' .. sid)
end
return give(t, seat, holds, due, v, sid, agent, token, now, tonumber(ARGV[5]))
