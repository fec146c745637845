-- uses: job, events, guard
-- Moves scheduled jobs whose time has come into their queues, and ends pauses whose time has come. Every worker runs it.
-- KEYS: 1 prefix. ARGV: jobs at most.
-- Returns: how many were moved, how many were due and looked at.
-- Events: 'enqueued' per job, 'queue-resumed' per pause.
local due = redis.call('ZRANGEBYSCORE', P .. 'schedule', '-inf', clock[1], 'LIMIT', 0, tonumber(ARGV[1]))
local ids, queues, gone, moved, states, retried, by_queue, entries = {}, {}, {}, {}, {}, {}, {}, {}
local may_be_locked, is_retry, last = false, {}, nil

-- A member is an id, or 'queue:id' for a job with a queue of its own; ids hold no colon. What can be asked for all at once is.
if #due > 0 then
  local locks = {}
  for i, member in ipairs(due) do
    local queue, id = string.match(member, '^(.*):([^:]*)$')
    ids[i], queues[i] = id or member, queue or false
    locks[i] = P .. 'job:' .. ids[i] .. ':state-lock'
  end
  may_be_locked = redis.call('EXISTS', unpack(locks)) > 0
  is_retry = redis.call('ZMSCORE', P .. 'retries', unpack(ids))
end

-- The entry of the history, the event's details and the state's reason are the same for many jobs.
local function texts_of(queue, reason)
  local name = queue .. '\0' .. reason
  if not entries[name] then
    entries[name] = {
      reason = reason, queue = queue, details = cjson.encode({ reason = reason }),
      entry = cjson.encode({ EnqueuedAt = now_text, Queue = queue, State = 'Enqueued', Reason = reason, CreatedAt = now_text }),
    }
  end
  return entries[name]
end

local function promote(i)
  local id = ids[i]
  if may_be_locked and is_locked(id) then return end
  gone[#gone + 1] = due[i]
  local job = P .. 'job:' .. id
  local f = redis.call('HMGET', job, 'State', 'Type', 'Method', 'Queue', 'RetryCount')
  if f[1] ~= 'Scheduled' then return end
  local queue = queues[i] or f[4] or 'default'
  local texts = texts_of(queue, is_retry[i] and 'Retry ' .. (f[5] or '1') .. ' is due' or 'Its time has come')
  redis.call('RPUSH', job .. ':history', texts.entry)
  redis.call('HSET', job, 'State', 'Enqueued')
  if redis.call('PTTL', job) >= 0 then expire(id, false) end
  event('enqueued', id, type_name(f[2], f[3]), queue, 'Scheduled', '', texts.details)
  if is_retry[i] then retried[#retried + 1] = id end
  local n = #moved + 1
  moved[n], states[n] = texts, job .. ':state'
  by_queue[queue] = by_queue[queue] or {}
  table.insert(by_queue[queue], id)
  last = id
end

for i = 1, #due do guarded(promote, i) end
if #gone > 0 then redis.call('ZREM', P .. 'schedule', unpack(gone)) end
if #retried > 0 then redis.call('ZREM', P .. 'retries', unpack(retried)) end
if #moved > 0 then redis.call('DEL', unpack(states)) end
for i, texts in ipairs(moved) do
  redis.call('HSET', states[i], 'State', 'Enqueued', 'Reason', texts.reason, 'EnqueuedAt', now_text, 'Queue', texts.queue)
end
for queue, waiting in pairs(by_queue) do
  redis.call('SADD', P .. 'queues', queue)
  redis.call('LPUSH', P .. 'queue:' .. queue, unpack(waiting))
end

local pauses = redis.call('HGETALL', P .. 'ops:paused')
for i = 1, #pauses, 2 do
  local ok, pause = pcall(cjson.decode, pauses[i + 1])
  local till = ok and type(pause) == 'table' and tonumber(pause['until'])
  if till and till <= now_ms then
    redis.call('HDEL', P .. 'ops:paused', pauses[i])
    event('queue-resumed', pauses[i], '', pauses[i], '', '', cjson.encode({ by = tostring(pause.by or ''), reason = 'The pause was set to end now' }))
    last = pauses[i]
  end
end
if last then redis.call('PUBLISH', P .. 'JobFetchChannel', last) end
write_events()
return { #moved, #due }
