-- Reads what the record does not have yet of some sessions of one partition: their states and, of
-- each, the first events after the last one that is noted as archived.
-- KEYS  per session: state log
-- ARGV  1 most events of each
-- Returns per session {state pairs, entries}; no pairs if it is gone.
local out = {}
for n = 1, #KEYS / 2 do
  local state, log = KEYS[2*n - 1], KEYS[2*n]
  local s = redis.call('HGETALL', state)
  local entries = {}
  if #s > 0 then
    local archived = tonumber(redis.call('HGET', state, 'archived') or 0)
    local seq = tonumber(redis.call('HGET', state, 'seq'))
    if archived < seq then
      entries = redis.call('XRANGE', log, (archived + 1) .. '-0', '+', 'COUNT', ARGV[1])
    end
  end
  out[n] = {s, entries}
end
return out
