-- uses: job, events, counters, final, queueing, deleting
-- Makes jobs and puts each where it waits. Stops at nothing: every job gets its own outcome.
-- KEYS: 1 prefix.
-- ARGV: 1 number of jobs, then 13 texts for each: id, Type, Method, ParameterTypes, Arguments, queue, at (ms, or empty for now),
--         uniqueness key or empty, parent id or empty, continue on (0 any, 1 succeeded, 2 deleted), reason or empty,
--         further job parameters as a JSON object of JSON texts or empty, CreatedAt (ms, or empty for the time of Redis)
-- Returns: one text for each job: 'created', 'exists', 'duplicate <id of the holder>', 'parent-missing', 'parent-full' or 'locked'
-- Event: 'enqueued', 'scheduled', 'awaiting' or 'deleted' (the parent has ended otherwise) for each job made
local history_of, name_of, pushed, woken = {}, {}, {}, nil

local function write_enqueued(id, queue, reason)
  local cached = history_of[queue .. '\0' .. reason]
  if not cached then
    cached = cjson.encode({ EnqueuedAt = now_text, Queue = queue, State = 'Enqueued', Reason = reason ~= '' and reason or cjson.null, CreatedAt = now_text })
    history_of[queue .. '\0' .. reason] = cached
    redis.call('SADD', P .. 'queues', queue)
  end
  local job = P .. 'job:' .. id
  if reason ~= '' then
    redis.call('HSET', job .. ':state', 'State', 'Enqueued', 'EnqueuedAt', now_text, 'Queue', queue, 'Reason', reason)
  else
    redis.call('HSET', job .. ':state', 'State', 'Enqueued', 'EnqueuedAt', now_text, 'Queue', queue)
  end
  redis.call('RPUSH', job .. ':history', cached)
  local list = pushed[queue]
  if not list then
    list = {}
    pushed[queue] = list
  end
  list[#list + 1] = id
  woken = id
end

local function details(pairs_of)
  local kept = {}
  for name, value in pairs(pairs_of) do if value ~= '' then kept[name] = value end end
  return next(kept) and cjson.encode(kept) or ''
end

-- Hangfire's scheduler takes 'queue:id' for a job that has a queue of its own.
local function write_scheduled(id, queue, at, reason, what)
  enter(id, 'Scheduled', reason ~= '' and reason or nil, { 'EnqueueAt', at, 'ScheduledAt', now_text })
  redis.call('ZADD', P .. 'schedule', math.ceil(tonumber(at) / 1000), queue == 'default' and id or queue .. ':' .. id)
  event('scheduled', id, what, queue, '', '', details({ at = tonumber(at), reason = reason }))
end

local function links_of(parent)
  local ok, links = pcall(cjson.decode, redis.call('HGET', P .. 'job:' .. parent, 'Continuations') or '[]')
  return ok and type(links) == 'table' and links or {}
end

local function write_awaiting(id, queue, parent, on, reason, what)
  local links = links_of(parent)
  local link = { JobId = id }
  if on ~= '0' then link.Options = tonumber(on) end
  links[#links + 1] = link
  redis.call('HSET', P .. 'job:' .. parent, 'Continuations', cjson.encode(links))
  local next_state = '{"$type":"Hangfire.States.EnqueuedState, Hangfire.Core","Queue":' .. cjson.encode(queue) .. '}'
  enter(id, 'Awaiting', reason ~= '' and reason or nil, { 'ParentId', parent, 'NextState', next_state, 'Options', on })
  redis.call('ZADD', P .. 'awaiting', now_s, id)
  event('awaiting', id, what, queue, '', '', details({ parent = parent, reason = reason }))
end

local function write_unmet(id, queue, what)
  enter_deleted(id, 'Continuation condition was not met')
  event('deleted', id, what, queue, '', '', '{"reason":"Continuation condition was not met"}')
end

-- Why a continuation cannot be made, or nil and the parent's state.
local function ask_parent(parent)
  local facts = redis.call('HMGET', P .. 'job:' .. parent, 'State', 'Type')
  if not facts[1] and not facts[2] then return 'parent-missing' end
  if is_locked(parent) then return 'locked' end
  if #links_of(parent) >= 1000 then return 'parent-full' end
  return nil, facts[1]
end

local function make(i)
  local id, class, method, parameters, arguments, queue = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4], ARGV[i + 5]
  local at, unique, parent, on, reason, further, created = ARGV[i + 6], ARGV[i + 7], ARGV[i + 8], ARGV[i + 9], ARGV[i + 10], ARGV[i + 11], ARGV[i + 12]
  local job = P .. 'job:' .. id
  local there = redis.call('EXISTS', job, job .. ':state', job .. ':history')
  if there > 0 then
    if there == 3 or redis.call('EXISTS', job) == 1 then return 'exists' end
    -- What a job of the same id left behind when it expired must not become part of this one.
    redis.call('DEL', job .. ':state', job .. ':history')
  end
  local parent_state
  if parent ~= '' then
    local refusal
    refusal, parent_state = ask_parent(parent)
    if refusal then return refusal end
  end
  if unique ~= '' then
    local holder = take_unique(unique, id)
    if holder then return 'duplicate ' .. holder end
  end
  local fields = { 'Type', class, 'Method', method, 'ParameterTypes', parameters, 'Arguments', arguments, 'CreatedAt', created ~= '' and created or now_text, 'CurrentCulture', '""' }
  local now = parent == '' and (at == '' or tonumber(at) <= now_ms)
  if now then
    fields[#fields + 1] = 'State'
    fields[#fields + 1] = 'Enqueued'
  end
  if queue ~= 'default' then
    fields[#fields + 1] = 'Queue'
    fields[#fields + 1] = queue
  end
  if unique ~= '' then
    fields[#fields + 1] = 'UniqueKey'
    fields[#fields + 1] = cjson.encode(unique)
  end
  if parent ~= '' then
    fields[#fields + 1] = 'ParentId'
    fields[#fields + 1] = cjson.encode(parent)
  end
  if further ~= '' then
    for name, value in pairs(cjson.decode(further)) do
      fields[#fields + 1] = name
      fields[#fields + 1] = value
    end
  end
  redis.call('HSET', job, unpack(fields))
  local what = name_of[class .. method]
  if not what then
    what = type_name(class, method)
    name_of[class .. method] = what
  end
  if now then
    write_enqueued(id, queue, reason)
    event('enqueued', id, what, queue, '', '', reason ~= '' and cjson.encode({ reason = reason }) or '')
  elseif parent == '' then
    write_scheduled(id, queue, at, reason, what)
  elseif parent_state ~= 'Succeeded' and parent_state ~= 'Deleted' then
    write_awaiting(id, queue, parent, on, reason, what)
  elseif is_met(on, parent_state) then
    redis.call('HSET', job, 'State', 'Enqueued')
    write_enqueued(id, queue, reason)
    event('enqueued', id, what, queue, '', '', reason ~= '' and cjson.encode({ reason = reason }) or '')
  else
    write_unmet(id, queue, what)
  end
  return 'created'
end

local outcomes = {}
for n = 1, tonumber(ARGV[1]) do outcomes[n] = make(2 + (n - 1) * 13) end
for queue, ids in pairs(pushed) do redis.call('LPUSH', P .. 'queue:' .. queue, unpack(ids)) end
if woken then redis.call('PUBLISH', P .. 'JobFetchChannel', woken) end
write_events()
return outcomes
