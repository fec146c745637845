-- Shared: names, time, leaving and entering a state, events. KEYS[1] is the prefix.
local P = KEYS[1]
local clock = redis.call('TIME')
local now_s = tonumber(clock[1])
local now_ms = now_s * 1000 + math.floor(tonumber(clock[2]) / 1000)
local now_text = string.format('%d', now_ms)
local job_prefix, events_key = P .. 'job:', P .. 'ops:events'

local bare_names = {}

-- 'Namespace.Type.Method' of a job hash's Type and Method, assembly left out.
local function type_name(type, method)
  if not type then return '' end
  local bare = bare_names[type]
  if not bare then
    bare = string.match(type, '^([^,%[]+)') or type
    bare_names[type] = bare
  end
  return method and bare .. '.' .. method or bare
end

local function event(kind, subject, type, queue, before, worker, details)
  redis.call('XADD', events_key, '*', 'e', kind, 'id', subject, 't', type or '', 'q', queue or '', 's', before or '', 'w', worker or '', 'd', details or '')
end

local function is_locked(id)
  return redis.call('EXISTS', P .. 'job:' .. id .. ':state-lock') == 1
end

-- Undoes what the state that a job leaves had added (redis-layout, transitions). The queue list keeps its entry: a claim skips it.
local function leave(id, state)
  if state == 'Scheduled' then
    redis.call('ZREM', P .. 'retries', id)
    if redis.call('ZREM', P .. 'schedule', id) == 0 then
      local queue = redis.call('HGET', P .. 'job:' .. id, 'Queue')
      if queue then redis.call('ZREM', P .. 'schedule', queue .. ':' .. id) end
    end
  elseif state == 'Processing' then
    redis.call('ZREM', P .. 'processing', id)
  elseif state == 'Failed' then
    redis.call('ZREM', P .. 'failed', id)
    redis.call('ZREM', P .. 'ops:quarantine', id)
  elseif state == 'Succeeded' or state == 'Deleted' then
    local name = string.lower(state)
    redis.call('DECR', P .. 'stats:' .. name)
    redis.call('LREM', P .. name, 0, id)
  elseif state == 'Awaiting' then
    redis.call('ZREM', P .. 'awaiting', id)
  end
end

-- Writes a state: hash field, state hash, history. data is a flat list of names and texts; reason may be nil.
local function enter(id, state, reason, data)
  local job = P .. 'job:' .. id
  redis.call('HSET', job, 'State', state)
  redis.call('DEL', job .. ':state')
  local entry = {}
  for i = 1, #data, 2 do entry[data[i]] = data[i + 1] end
  if reason then
    redis.call('HSET', job .. ':state', 'State', state, 'Reason', reason, unpack(data))
  else
    redis.call('HSET', job .. ':state', 'State', state, unpack(data))
  end
  entry['State'] = state
  entry['Reason'] = reason or cjson.null
  entry['CreatedAt'] = now_text
  redis.call('RPUSH', job .. ':history', cjson.encode(entry))
end

-- Final states keep a job for a day (one that has succeeded for as long as its worker says, see lib/outcome), others for ever.
local function expire(id, final)
  local job = P .. 'job:' .. id
  for _, key in ipairs({ job, job .. ':state', job .. ':history' }) do
    if final then redis.call('EXPIRE', key, 86400) else redis.call('PERSIST', key) end
  end
end
