-- uses: job, guard
-- Moves scheduled jobs whose time has come into their queues, and ends pauses whose time has come. Every worker runs it.
-- KEYS: 1 prefix. ARGV: jobs at most.
-- Returns: how many were moved, how many were due and looked at.
-- Events: 'enqueued' per job, 'queue-resumed' per pause.
local due = redis.call('ZRANGEBYSCORE', P .. 'schedule', '-inf', clock[1], 'LIMIT', 0, tonumber(ARGV[1]))
local moved, last = 0, nil

-- A member is an id, or 'queue:id' for a job with a queue of its own; ids hold no colon.
local function promote(member)
  local queue, id = string.match(member, '^(.*):([^:]*)$')
  id = id or member
  if is_locked(id) then return end
  redis.call('ZREM', P .. 'schedule', member)
  local f = redis.call('HMGET', P .. 'job:' .. id, 'State', 'Type', 'Method', 'Queue', 'RetryCount')
  if f[1] ~= 'Scheduled' then return end
  queue = queue or f[4] or 'default'
  local is_retry = redis.call('ZREM', P .. 'retries', id) == 1
  local reason = is_retry and 'Retry ' .. (f[5] or '1') .. ' is due' or 'Its time has come'
  enter(id, 'Enqueued', reason, { 'EnqueuedAt', now_text, 'Queue', queue })
  expire(id, false)
  redis.call('SADD', P .. 'queues', queue)
  redis.call('LPUSH', P .. 'queue:' .. queue, id)
  event('enqueued', id, type_name(f[2], f[3]), queue, 'Scheduled', '', cjson.encode({ reason = reason }))
  moved, last = moved + 1, id
end

for _, member in ipairs(due) do guarded(promote, member) end

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
return { moved, #due }
