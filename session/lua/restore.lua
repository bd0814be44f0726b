-- Puts a session back as the record has it: one that Redis lost, or one that was set back to an
-- earlier event of the same log. Whoever comes second changes nothing.
-- KEYS  1 state  2 log  3 ids  4 due  5 dirty
-- ARGV  1 now_ms  2 sid  3 and 4 seq and id that the log stands at, 0 and "" if it is to be absent
--       5 the life that it is in, or gets if it is to be absent
--       6 number of state fields f  then f × (field, value)
--       then per event 10 fields: seq id prev at kind from body, and by, text-hash, arrival or ""
-- Returns 1 if it was put back, 0 if the session stands elsewhere.
local s = redis.call('HMGET', KEYS[1], 'seq', 'tail', 'life')
local seq = tonumber(ARGV[3])
if seq == 0 then
  if s[1] then return 0 end
elseif tonumber(s[1] or 0) ~= seq or s[2] ~= ARGV[4] or (s[3] or '') ~= ARGV[5] then
  return 0
end
local ms = math.floor(now_us(ARGV[1]) / 1000)
local sid, fields = ARGV[2], tonumber(ARGV[6])
for f = 0, fields - 1 do redis.call('HSET', KEYS[1], ARGV[7 + 2*f], ARGV[8 + 2*f]) end
if seq == 0 then redis.call('DEL', KEYS[2], KEYS[3]) end
for i = 7 + 2*fields, #ARGV, 10 do
  local entry = {'id', ARGV[i+1], 'p', ARGV[i+2], 'at', ARGV[i+3], 'k', ARGV[i+4], 'f', ARGV[i+5], 'b', ARGV[i+6]}
  for f, name in ipairs({'by', 'h', 'ar'}) do
    if ARGV[i+6+f] ~= '' then
      entry[#entry+1] = name
      entry[#entry+1] = ARGV[i+6+f]
    end
  end
  redis.call('XADD', KEYS[2], ARGV[i] .. '-0', unpack(entry))
  redis.call('ZADD', KEYS[3], ARGV[i], ARGV[i+1])
end

-- Every promise that a timer held is armed anew; a handler that finds nothing to do ends it.
local now = redis.call('HMGET', KEYS[1], 'owner', 'ask')
if now[1] == 'closed' then
  redis.call('ZADD', KEYS[4], 'LT', ms + 86400000, 'expire:' .. sid)
else
  redis.call('ZADD', KEYS[4], 'LT', ms + 60000, 'idle:' .. sid)
  if now[2] ~= '' then redis.call('ZADD', KEYS[4], 'LT', ms + 5000, 'ask:' .. sid) end
end
redis.call('ZADD', KEYS[4], 'LT', ms, 'settle:' .. sid)
redis.call('ZADD', KEYS[5], 'LT', ms, sid) -- the record may have gone on meanwhile
return 1
