-- rest gives the desk back to the next dispatcher. The mark stays until somebody takes the desk: a
-- dispatcher that dies now has lost nothing.
--
-- KEYS  1 dispatch
-- ARGV  1 now_ms  2 dispatcher
-- Return "more" | "done" | "lost": the lease was over, and another has the desk
local dispatch = KEYS[1]
if text(dispatch, 'holder') ~= ARGV[2] then return {'lost'} end
redis.call('HDEL', dispatch, 'holder', 'until')
return {text(dispatch, 'marked') ~= '' and 'more' or 'done'}
