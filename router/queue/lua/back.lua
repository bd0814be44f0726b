-- back returns a ticket to the line after its session has voided the accept with this number. The
-- agent is not excluded: what died was a process, not the agent's will.
--
-- KEYS  1 ticket  2 holds  3 due  4 v
-- ARGV  1 sid  2 offer number
-- Return {"back", token, agent} | {"nothing"}
local t, holds, due, v = unpack(KEYS)
if text(t, 'state') ~= 'accepting' or text(t, 'number') ~= ARGV[2] then return {'nothing'} end
local token, agent = text(t, 'token'), text(t, 'agent')
put_back(t, holds, due, ARGV[1])
set_version(t, v)
return {'back', token, agent}
