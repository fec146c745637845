-- uses: job, memory, counters, final, queueing, deleting
-- Puts a job that does not run back into a queue, now, also one that its Hangfire server left behind when it died. Its count of
-- automatic retries stays.
-- KEYS: 1 prefix.
-- ARGV: 1 id, 2 queue or empty for the job's own, 3 reason stored with the state, 4 by, 5 reason as given
-- Returns: 'done <queue>', 'missing', 'locked', 'running', 'waiting <queue>' (it is in that queue already) or 'duplicate <id>' (an unfinished
--         job holds its uniqueness key)
-- Event: 'enqueued'
local id, wanted = ARGV[1], ARGV[2]
local job = P .. 'job:' .. id
local facts = redis.call('HMGET', job, 'State', 'Type', 'Method', 'Queue', 'UniqueKey')
local state = facts[1]
if not facts[1] and not facts[2] then return 'missing' end
if redis.call('HEXISTS', P .. 'ops:running', id) == 1 then return 'running' end
if is_locked(id) then return 'locked' end

-- Hangfire takes a server for dead when it is gone or has been silent for 5 minutes.
local function is_dead(server)
  local beat = redis.call('HGET', P .. 'server:' .. server, 'Heartbeat')
  return not beat or (tonumber(beat) or now_ms) < now_ms - 300000
end

if state == 'Processing' then
  local server = redis.call('HGET', job .. ':state', 'ServerId')
  if not server or not is_dead(server) then return 'running' end
end

-- The queue it came into last, for a job whose queue only its states knew.
local function queue_of_history()
  local history = redis.call('LRANGE', job .. ':history', -30, -1)
  for i = #history, 1, -1 do
    if string.find(history[i], '"State":"Enqueued"', 1, true) then
      local queue = string.match(history[i], '"Queue":"([^"]+)"')
      if queue and queue ~= 'default' then return queue end
    end
  end
  return 'default'
end

-- Whether an Enqueued job really waits: in the list, held back by a rate limit, or fetched by a Hangfire server within the 30
-- minutes after which those give a fetched job up. A list too long to search counts as yes.
local function waits_in(queue)
  local list = P .. 'queue:' .. queue
  if redis.call('ZSCORE', P .. 'ops:throttled:' .. queue, id) then return true end
  if redis.call('LLEN', list) > longest_search or redis.call('LPOS', list, id) then return true end
  local fetched = redis.call('HGET', job, 'Fetched')
  local fetched_ms = tonumber(fetched or '')
  return fetched and (not fetched_ms or fetched_ms > now_ms - 1800000) and redis.call('LPOS', list .. ':dequeued', id, 'MAXLEN', longest_search)
end

local state_queue = redis.call('HGET', job .. ':state', 'Queue')
local now_in = effective_queue(id, state_queue)
local queue = wanted ~= '' and wanted or (not facts[4] and not state_queue and queue_of_history() or now_in)
if state == 'Enqueued' and queue == now_in and waits_in(queue) then return 'waiting ' .. queue end

refuse_when_full()
if facts[5] then
  local ok, key = pcall(cjson.decode, facts[5])
  local holder = take_unique(ok and tostring(key) or facts[5], id)
  if holder then return 'duplicate ' .. holder end
end

-- Only a job that waits is sure to have an entry; others may have a stale one, which is worth a short search.
for _, name in ipairs(now_in == queue and { queue } or { now_in, queue }) do
  unqueue(id, name, state ~= 'Enqueued' and 10000 or nil)
  redis.call('LREM', P .. 'queue:' .. name .. ':dequeued', 0, id)
end
redis.call('HDEL', job, 'Fetched', 'Checked')
if state then leave(id, state) end
if wanted == 'default' then
  redis.call('HDEL', job, 'Queue')
elseif wanted ~= '' then
  redis.call('HSET', job, 'Queue', wanted)
end
redis.call('HDEL', P .. 'ops:lost', id)
redis.call('HDEL', P .. 'ops:cancels', id)
enqueue_into(id, queue, ARGV[3] ~= '' and ARGV[3] or nil)
event('enqueued', id, type_name(facts[2], facts[3]), queue, state or '', '', details_of(ARGV[4], ARGV[5]))
return 'done ' .. queue
