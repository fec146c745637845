-- Shared: taking a job out. Uses job, counters, final, queueing.

-- operation may be nil.
local function details_of(by, reason, operation)
  local kept = { operation = operation }
  if by ~= '' then kept.by = by end
  if reason ~= '' then kept.reason = reason end
  return next(kept) and cjson.encode(kept) or ''
end

-- Enters Deleted from any state, with the counters and lists that go with it; the caller has left the state before.
local function enter_deleted(id, reason)
  enter(id, 'Deleted', reason, { 'DeletedAt', now_text })
  expire(id, true)
  count('deleted', 1)
  list_final('deleted', { id })
  redis.call('HDEL', P .. 'ops:cancels', id)
  redis.call('HDEL', P .. 'ops:lost', id)
end

-- Takes out a job that no worker of ours holds, with what waits for it. state may be false (never came into one), operation nil.
local function delete_job(id, state, text, by, reason, operation)
  local facts = redis.call('HMGET', P .. 'job:' .. id, 'Type', 'Method', 'Continuations', 'UniqueKey')
  local queue = effective_queue(id, redis.call('HGET', P .. 'job:' .. id .. ':state', 'Queue'))
  unqueue(id, queue, state ~= 'Enqueued' and 10000 or nil)
  if state then leave(id, state) end
  enter_deleted(id, text)
  release_unique(id, facts[4])
  event('deleted', id, type_name(facts[1], facts[2]), queue, state or '', '', details_of(by, reason, operation))
  continue(id, 'Deleted', facts[3])
end
