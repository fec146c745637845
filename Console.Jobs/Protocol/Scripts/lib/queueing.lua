-- Shared: putting jobs into queues, and uniqueness keys. Uses job.

-- Longest list that a script searches or edits from end to end; of a longer one it leaves entries that claims will skip.
local longest_search = 100000

-- Where a job goes by Hangfire's rule: the state's queue unless that is 'default', then the job's own, then 'default'.
local function effective_queue(id, state_queue)
  if state_queue and state_queue ~= '' and state_queue ~= 'default' then return state_queue end
  return redis.call('HGET', P .. 'job:' .. id, 'Queue') or 'default'
end

-- Takes an id out of a queue's list, unless that is longer than longest, and out of those that a rate limit holds back there.
-- Returns how many entries went.
local function unqueue(id, queue, longest)
  local gone = redis.call('ZREM', P .. 'ops:throttled:' .. queue, id)
  if redis.call('LLEN', P .. 'queue:' .. queue) <= (longest or longest_search) then
    gone = gone + redis.call('LREM', P .. 'queue:' .. queue, 0, id)
  end
  return gone
end

-- Enters Enqueued and puts the id where producers put it; the caller has left the state before.
local function enqueue_into(id, queue, reason)
  enter(id, 'Enqueued', reason, { 'EnqueuedAt', now_text, 'Queue', queue })
  expire(id, false)
  redis.call('SADD', P .. 'queues', queue)
  redis.call('LPUSH', P .. 'queue:' .. queue, id)
  redis.call('PUBLISH', P .. 'JobFetchChannel', id)
end

-- Takes a uniqueness key for a job. Returns nil when it is the job's now, else the id of the unfinished job that holds it.
-- A holder whose hash is gone, or that has ended or failed, holds no more.
local function take_unique(key, id)
  local name = P .. 'ops:unique:' .. key
  local holder = redis.call('GET', name)
  if holder and holder ~= id then
    local facts = redis.call('HMGET', P .. 'job:' .. holder, 'State', 'Type')
    local state = facts[1]
    if (state or facts[2]) and state ~= 'Succeeded' and state ~= 'Deleted' and state ~= 'Failed' then return holder end
  end
  redis.call('SET', name, id)
  return nil
end
