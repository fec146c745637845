-- Shared: what follows when a job ends. Uses job, counters.

-- Lets go of the uniqueness key that a job holds; holder is the hash field, a JSON string, or false.
local function release_unique(id, holder)
  if not holder then return end
  local ok, name = pcall(cjson.decode, holder)
  local key = P .. 'ops:unique:' .. (ok and tostring(name) or holder)
  if redis.call('GET', key) == id then redis.call('DEL', key) end
end

local condition_by_name = { OnAnyFinishedState = 0, OnlyOnSucceededState = 1, OnlyOnDeletedState = 2 }

local function is_met(condition, state)
  condition = tonumber(condition) or condition_by_name[condition] or 0
  return condition == 0 or (condition == 1 and state == 'Succeeded') or (condition == 2 and state == 'Deleted')
end

-- Queue that a child goes to: its next state's, unless that is the default one and the job has its own.
local function child_queue(id)
  local next_state = redis.call('HGET', P .. 'job:' .. id .. ':state', 'NextState')
  local ok, data = pcall(cjson.decode, next_state or '')
  local queue = ok and type(data) == 'table' and type(data.Queue) == 'string' and data.Queue or 'default'
  if queue ~= 'default' then return queue end
  return redis.call('HGET', P .. 'job:' .. id, 'Queue') or queue
end

-- Moves the jobs that wait for `id`, which has just ended in `state` (Succeeded or Deleted). `list` is the field Continuations.
-- Children whose condition is not met are deleted, and so on for theirs. Writes 'enqueued' or 'deleted' for each.
local function continue(id, state, list)
  local waiting = { { id, state, list } }
  local woken = false
  while #waiting > 0 do
    local parent = table.remove(waiting)
    local ok, children = pcall(cjson.decode, parent[3] or '')
    for _, child in ipairs(ok and type(children) == 'table' and children or {}) do
      -- A foreign host's text may hold anything; an error here would leave the job half ended.
      local known = type(child) == 'table'
      local child_id = known and tostring(child.JobId) or ''
      local fields = redis.call('HMGET', P .. 'job:' .. child_id, 'State', 'Type', 'Method', 'Continuations', 'UniqueKey')
      if known and fields[1] == 'Awaiting' then
        local name = type_name(fields[2], fields[3])
        if is_met(child.Options, parent[2]) then
          local queue = child_queue(child_id)
          leave(child_id, 'Awaiting')
          enter(child_id, 'Enqueued', 'Its parent ' .. parent[1] .. ' ended: ' .. parent[2], { 'EnqueuedAt', now_text, 'Queue', queue })
          expire(child_id, false)
          redis.call('SADD', P .. 'queues', queue)
          redis.call('LPUSH', P .. 'queue:' .. queue, child_id)
          event('enqueued', child_id, name, queue, 'Awaiting', '', cjson.encode({ reason = 'parent ' .. parent[2] }))
          woken = true
        else
          leave(child_id, 'Awaiting')
          enter(child_id, 'Deleted', 'Continuation condition was not met', { 'DeletedAt', now_text })
          expire(child_id, true)
          count('deleted', 1)
          list_final('deleted', { child_id })
          release_unique(child_id, fields[5])
          event('deleted', child_id, name, '', 'Awaiting', '', cjson.encode({ reason = 'Continuation condition was not met' }))
          if fields[4] then table.insert(waiting, { child_id, 'Deleted', fields[4] }) end
        end
      end
    end
  end
  if woken then redis.call('PUBLISH', P .. 'JobFetchChannel', id) end
end
