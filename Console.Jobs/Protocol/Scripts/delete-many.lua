-- uses: job, events, memory, guard, times, counters, final, queueing, deleting, operation
-- Takes out failed jobs for an operation: those that came to fail before it was made. What waits for them goes on or is deleted with them.
-- KEYS: 1 prefix.
-- ARGV: 1 operation, 2 ms at which it was made, 3 reason stored with the state, 4 by, 5 reason as given; then the ids of jobs, at most 200
-- Returns: for each job 'done', 'before' (this operation has taken it out already), 'missing', 'locked', 'since' (it failed again after the
--   operation was made), 'state <state>' (it is not failed any more), 'later' (so many jobs wait for those before it that it must be asked
--   for again) or 'damaged <fault>'
-- Events: 'deleted' per job (and one for each job that waited for it)
write_even_when_full()
local children_left = 2000

local function take_out(id)
  local why, facts = why_not(id)
  if why then return why end
  if facts[7] then
    if children_left <= 0 then return 'later' end
    local ok, children = pcall(cjson.decode, facts[7])
    children_left = children_left - (ok and type(children) == 'table' and #children or 0)
  end
  delete_job(id, 'Failed', ARGV[3], ARGV[4], ARGV[5], operation)
  redis.call('HSET', P .. 'job:' .. id, 'Operation', mark)
  return 'done'
end

local answers, ids = {}, {}
for i = 6, #ARGV do ids[i - 5] = ARGV[i] end
look_for_locks(ids)
for i = 6, #ARGV do
  local outcome, fault = guarded(take_out, ARGV[i])
  answers[#answers + 1] = outcome or 'damaged ' .. fault
end
write_events()
return answers
