-- uses: job, memory, counters, final, queueing, deleting
-- Takes out a job that does not run; what waits for it goes on or is deleted with it. An id without a hash is swept from all lists.
-- KEYS: 1 prefix.
-- ARGV: 1 id, 2 reason stored with the state, 3 by, 4 reason as given
-- Returns: 'done', 'swept', 'missing', 'locked', 'running' or 'deleted' (it was before)
-- Event: 'deleted' (and one for each job that waited for it)
write_even_when_full()
local id = ARGV[1]
local facts = redis.call('HMGET', P .. 'job:' .. id, 'State', 'Type')

-- Removes an id from every key that lists jobs; the budget keeps the call short when lists are long.
local function sweep()
  local gone, budget = 0, 4 * longest_search
  for _, name in ipairs({ 'schedule', 'retries', 'processing', 'failed', 'awaiting', 'ops:quarantine', 'ops:leases' }) do
    gone = gone + redis.call('ZREM', P .. name, id)
  end
  for _, name in ipairs({ 'succeeded', 'deleted' }) do gone = gone + redis.call('LREM', P .. name, 0, id) end
  for _, queue in ipairs(redis.call('SMEMBERS', P .. 'queues')) do
    gone = gone + redis.call('ZREM', P .. 'schedule', queue .. ':' .. id)
    budget = budget - redis.call('LLEN', P .. 'queue:' .. queue)
    if budget > 0 then
      gone = gone + unqueue(id, queue) + redis.call('LREM', P .. 'queue:' .. queue .. ':dequeued', 0, id)
    end
  end
  redis.call('DEL', P .. 'job:' .. id .. ':state', P .. 'job:' .. id .. ':history')
  return gone
end

if redis.call('HEXISTS', P .. 'ops:running', id) == 1 then return 'running' end
if not facts[1] and not facts[2] then
  if sweep() == 0 then return 'missing' end
  event('deleted', id, '', '', '', '', details_of(ARGV[3], ARGV[4]))
  return 'swept'
end
if facts[1] == 'Processing' then return 'running' end
if is_locked(id) then return 'locked' end
if facts[1] == 'Deleted' then return 'deleted' end
delete_job(id, facts[1], ARGV[2] ~= '' and ARGV[2] or nil, ARGV[3], ARGV[4])
return 'done'
