-- uses: job, memory, counters, final, queueing, deleting
-- Asks for the end of a running job, or takes out one that waits. A job that a worker of ours holds gets a command and ends by its
-- worker; one that a Hangfire server runs goes to Deleted, and that server notices within seconds.
-- KEYS: 1 prefix.
-- ARGV: 1 id, 2 reason stored with the state, 3 by, 4 reason as given
-- Returns: 'requested', 'done <state before>', 'missing', 'locked' or 'ended <state>'
-- Event: 'cancel-requested' or 'deleted'
write_even_when_full()
local id = ARGV[1]
local facts = redis.call('HMGET', P .. 'job:' .. id, 'State', 'Type', 'Method')
local state = facts[1]
if not state and not facts[2] then return 'missing' end

local held = redis.call('HGET', P .. 'ops:running', id)
if held then
  redis.call('HSET', P .. 'ops:cancels', id, cjson.encode({ by = ARGV[3], reason = ARGV[4], at = now_ms }))
  redis.call('PUBLISH', P .. 'ops:commands', 'cancel ' .. id)
  local worker, queue = string.match(held, '^[^|]*|([^|]*)|([^|]*)|')
  event('cancel-requested', id, type_name(facts[2], facts[3]), queue, state or '', worker, details_of(ARGV[3], ARGV[4]))
  return 'requested'
end
if is_locked(id) then return 'locked' end
if state ~= 'Processing' and state ~= 'Enqueued' and state ~= 'Scheduled' and state ~= 'Awaiting' then return 'ended ' .. (state or '') end
delete_job(id, state, ARGV[2] ~= '' and ARGV[2] or nil, ARGV[3], ARGV[4])
return 'done ' .. state
