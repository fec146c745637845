-- Reads where many jobs stand. Changes nothing.
-- KEYS: 1 prefix.
-- ARGV: ids of jobs, at most 500
-- Returns: a flat list of four for each id: stored state ('' when there is no job, '?' when its keys are damaged), the moment at which it
--   failed or ended as stored ('' in other states), 1 when it is quarantined, the operation that acted on it last (JSON) or ''
-- Event: none
local P = KEYS[1]
local found = {}
local function add(state, at, quarantined, operation)
  local n = #found
  found[n + 1], found[n + 2], found[n + 3], found[n + 4] = state, at, quarantined, operation
end
for _, id in ipairs(ARGV) do
  local job = redis.pcall('HMGET', P .. 'job:' .. id, 'State', 'Type', 'Operation')
  local state = redis.pcall('HMGET', P .. 'job:' .. id .. ':state', 'FailedAt', 'SucceededAt', 'DeletedAt')
  if job.err or state.err then
    add('?', '', 0, '')
  elseif not job[1] and not job[2] then
    add('', '', 0, '')
  else
    add(job[1] or '', state[1] or state[2] or state[3] or '', job[1] == 'Failed' and redis.call('ZSCORE', P .. 'ops:quarantine', id) and 1 or 0, job[3] or '')
  end
end
return found
