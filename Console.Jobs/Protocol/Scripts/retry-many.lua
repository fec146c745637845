-- uses: job, events, memory, guard, times, counters, final, queueing, deleting, operation
-- Puts failed jobs back into their queues for an operation: those that came to fail before it was made, and each only once however
-- often it is asked for. Their counts of automatic retries stay.
-- KEYS: 1 prefix.
-- ARGV: 1 operation, 2 ms at which it was made, 3 reason stored with the state, 4 by, 5 reason as given; then for each job, at most 200,
--   its id and its new arguments as stored, or '' for those that it has
-- Returns: for each job 'done', 'before' (this operation has put it back already), 'missing', 'locked', 'since' (it failed again after the
--   operation was made), 'state <state>' (it is not failed any more), 'duplicate <id>' (an unfinished job holds its uniqueness key) or
--   'damaged <fault>'
-- Events: 'enqueued' per job that is put back
local reason, details = ARGV[3], details_of(ARGV[4], ARGV[5], operation)
local entry = '{"EnqueuedAt":"' .. now_text .. '","Queue":%s,"State":"Enqueued","Reason":' .. cjson.encode(reason) .. ',"CreatedAt":"' .. now_text .. '"}'
local put, states, by_queue, lists, entries = {}, {}, {}, {}, {}

-- The ids in a list, when it is short enough to be looked through: a stale entry would start its job twice.
local function ids_in(list)
  if not lists[list] then
    local ids = {}
    if redis.call('LLEN', list) <= 10000 then
      for _, id in ipairs(redis.call('LRANGE', list, 0, -1)) do ids[id] = true end
    end
    lists[list] = ids
  end
  return lists[list]
end

local function clear(list, id)
  if ids_in(list)[id] then redis.call('LREM', list, 0, id) end
end

local function queue_of(facts)
  local queue = facts[10]
  if queue and queue ~= '' and queue ~= 'default' then return queue end
  return facts[4] or 'default'
end

local function entry_of(queue)
  if not entries[queue] then entries[queue] = string.gsub(entry, '%%s', function() return cjson.encode(queue) end, 1) end
  return entries[queue]
end

-- What may fail comes first, so that a damaged job is left as it was. What can be written for all at once comes at the end.
local function put_back(id, arguments)
  local why, facts = why_not(id)
  if why then return why end
  local job, queue = P .. 'job:' .. id, queue_of(facts)
  local list = P .. 'queue:' .. queue
  clear(list, id)
  clear(list .. ':dequeued', id)
  if facts[5] then
    local ok, key = pcall(cjson.decode, facts[5])
    local holder = take_unique(ok and tostring(key) or facts[5], id)
    if holder then return 'duplicate ' .. holder end
  end
  redis.call('RPUSH', job .. ':history', entry_of(queue))
  if arguments ~= '' then
    redis.call('HSET', job, 'State', 'Enqueued', 'Operation', mark, 'Arguments', arguments)
  else
    redis.call('HSET', job, 'State', 'Enqueued', 'Operation', mark)
  end
  if facts[8] or facts[9] then redis.call('HDEL', job, 'Fetched', 'Checked') end
  if redis.call('PTTL', job) >= 0 then expire(id, false) end
  event('enqueued', id, type_name(facts[2], facts[3]), queue, 'Failed', '', details)
  local n = #put + 1
  put[n], states[n] = id, job .. ':state'
  by_queue[queue] = by_queue[queue] or {}
  table.insert(by_queue[queue], id)
  return 'done'
end

local answers, ids = {}, {}
for i = 6, #ARGV, 2 do ids[#ids + 1] = ARGV[i] end
look_for_locks(ids)
refuse_when_full()
for i = 6, #ARGV, 2 do
  local outcome, fault = guarded(put_back, ARGV[i], ARGV[i + 1])
  answers[#answers + 1] = outcome or 'damaged ' .. fault
end
if #put > 0 then
  redis.call('DEL', unpack(states))
  redis.call('ZREM', P .. 'failed', unpack(put))
  redis.call('ZREM', P .. 'ops:quarantine', unpack(put))
  redis.call('HDEL', P .. 'ops:lost', unpack(put))
  redis.call('HDEL', P .. 'ops:cancels', unpack(put))
  for queue, ids in pairs(by_queue) do
    for _, id in ipairs(ids) do
      redis.call('HSET', P .. 'job:' .. id .. ':state', 'State', 'Enqueued', 'Reason', reason, 'EnqueuedAt', now_text, 'Queue', queue)
    end
    redis.call('ZREM', P .. 'ops:throttled:' .. queue, unpack(ids))
    redis.call('SADD', P .. 'queues', queue)
    redis.call('LPUSH', P .. 'queue:' .. queue, unpack(ids))
  end
  redis.call('PUBLISH', P .. 'JobFetchChannel', put[1])
end
write_events()
return answers
