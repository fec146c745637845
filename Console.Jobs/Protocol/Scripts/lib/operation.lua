-- Shared: what an operation may act on. Uses job, times. ARGV[1] is the operation, ARGV[2] the ms at which it was made.
local operation, made_ms = ARGV[1], tonumber(ARGV[2])
local mark = cjson.encode(operation)
local may_be_locked = true

-- Asks for all locks at once. Hardly ever there is one, and then each job is asked for by itself.
local function look_for_locks(ids)
  local names = {}
  for i, id in ipairs(ids) do names[i] = P .. 'job:' .. id .. ':state-lock' end
  may_be_locked = #names > 0 and redis.call('EXISTS', unpack(names)) > 0
end

-- Nil and the facts of a job (State, Type, Method, Queue, UniqueKey, Operation, Continuations, Fetched, Checked; then Queue of its state)
-- when it is still failed, and has been since before the operation was made; else why it is left alone. The mark that an operation
-- leaves on a job tells what it has done before a crash, even when the job has failed again since.
local function why_not(id)
  local facts = redis.call('HMGET', P .. 'job:' .. id, 'State', 'Type', 'Method', 'Queue', 'UniqueKey', 'Operation', 'Continuations', 'Fetched', 'Checked')
  if not facts[1] and not facts[2] then return 'missing' end
  if facts[6] == mark then return 'before' end
  if facts[1] ~= 'Failed' then return 'state ' .. (facts[1] or '') end
  if may_be_locked and is_locked(id) then return 'locked' end
  local state = redis.call('HMGET', P .. 'job:' .. id .. ':state', 'FailedAt', 'Queue')
  local failed_ms = ms_of(state[1]) or (tonumber(redis.call('ZSCORE', P .. 'failed', id) or '0') or 0) * 1000
  if failed_ms > made_ms then return 'since' end
  facts[10] = state[2]
  return nil, facts
end
