-- Leases a node a place among those that are told of new events of a session: in the set, and as text
-- (node and expiry in turns) in the state, where every append reads it together with what it needs anyway.
local function lease(state, nodes, node, now_ms, for_ms)
  redis.call('ZADD', nodes, now_ms + for_ms, node)
  redis.call('ZREMRANGEBYSCORE', nodes, '-inf', now_ms)
  redis.call('HSET', state, 'nodes', table.concat(redis.call('ZRANGE', nodes, 0, -1, 'WITHSCORES'), ' '))
end
