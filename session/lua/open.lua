-- Opens a session on a node: leases the node a place among those that are told of new events, and
-- reads the state and the events after a position, in one step so that nothing falls between.
-- KEYS  1 state  2 log  3 nodes
-- ARGV  1 now_ms  2 node or ""  3 lease_ms  4 since  5 tail or ""  6 most events
-- Returns {"gone"} or {"ok", reset 0|1, state pairs, entries}.
-- A position that is not in this log (after a failover that lost writes, or too old) is answered
-- with reset and the last events.
local s = redis.call('HGETALL', KEYS[1])
if #s == 0 then return {'gone'} end
local seq = tonumber(redis.call('HGET', KEYS[1], 'seq'))
local since, tail, most = tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[6])
if ARGV[2] ~= '' then
  lease(KEYS[1], KEYS[3], ARGV[2], math.floor(now_us(ARGV[1]) / 1000), tonumber(ARGV[3]))
end

-- A client knows its own messages by its own id, which is the end of the event's id.
local function matches(id)
  return id == tail or string.sub(id, -#tail - 1) == ':' .. tail
end

local reset = since > seq or seq - since > most
if since > 0 and not reset then
  local entry = redis.call('XRANGE', KEYS[2], since .. '-0', since .. '-0')[1]
  if not entry then reset = true
  elseif tail ~= '' then reset = not matches(entry[2][2]) end
end
local from = reset and math.max(1, seq - most + 1) or since + 1
local entries = {}
if from <= seq then entries = redis.call('XRANGE', KEYS[2], from .. '-0', '+') end
-- A first visit to a long log is no reset: there is nothing to drop.
return {'ok', (reset and since > 0) and 1 or 0, s, entries}
