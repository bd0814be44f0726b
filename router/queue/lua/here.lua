-- here notes that a page of these visitors is open, and answers which of their tickets wait beside the
-- line for want of one.
--
-- KEYS  tickets
-- ARGV  1 now_ms
-- Return one entry a ticket: its queue if it is to go back to the line, else ""
local now, out = int(now_us(ARGV[1])), {}
for i, t in ipairs(KEYS) do
  out[i] = ''
  local h = redis.call('HMGET', t, 'state', 'aside', 'queue')
  if h[1] and h[1] ~= 'gone' and h[1] ~= 'held' then
    redis.call('HSET', t, 'seen', now)
    if h[2] == 'away' then out[i] = h[3] end
  end
end
return out
