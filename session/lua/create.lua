-- Creates a session. It is the only script that makes the state hash: everything else answers
-- `gone` for a session that is not there, so that nothing is half-created.
-- KEYS  1 state  2 due
-- ARGV  1 now_ms  2 site  3 lang  4 owner-first ("human" or "")  5 assist  6 life or ""
-- Returns 1 if it was created, 0 if it already existed.
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local us = now_us(ARGV[1])
redis.call('HSET', KEYS[1], 'seq', 0, 'tail', '', 'epoch', 1, 'owner', 'bot', 'agent', '', 'ask', '',
  'site', ARGV[2], 'lang', ARGV[3], 'first', ARGV[4], 'queue', '', 'reason', '', 'arrived', 0,
  'void', 0, 'last_agent', '', 'human_at', 0, 'assist', ARGV[5], 'created', math.floor(us / 1000))
if ARGV[6] ~= '' then redis.call('HSET', KEYS[1], 'life', ARGV[6]) end
return 1
