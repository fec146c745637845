-- Shared: ends attempts. Uses job, guard, counters, final.

-- Ids whose attempt has ended in this call, by what became of them; settle() writes what can be written for all at once.
local ended, succeeded, deleted, failures, woken = {}, {}, {}, 0, false
local fetched_of = {}
local gone_at

-- For how many ms the jobs that succeed in this call stay in Redis. An absolute time goes into the append-only file as it stands.
local function keep_succeeded(ms) gone_at = string.format('%.0f', now_ms + ms) end

-- Writes a final state with its history entry ready-made: the way for the many. The data of the state before goes for all jobs at once,
-- in settle(), and so what is written in its place comes last.
local data_keys, data_fields = {}, {}
local function enter_ready(job, state, checked, entry, ...)
  local history, n = job .. ':history', #data_keys + 1
  -- An empty mark of the fetch says what none says, and saves a command. Only a Hangfire server writes the other one.
  redis.call('HSET', job, 'State', state, 'Fetched', '')
  if checked then redis.call('HDEL', job, 'Checked') end
  redis.call('RPUSH', history, entry)
  redis.call('PEXPIREAT', job, gone_at)
  redis.call('PEXPIREAT', history, gone_at)
  data_keys[n], data_fields[n] = job .. ':state', { 'State', state, ... }
end

-- The attempt holds the job no longer: settle() takes it out of the list of fetched ids and of all the rest.
local function let_go(id, queue)
  local ids = fetched_of[queue]
  if not ids then
    ids = {}
    fetched_of[queue] = ids
  end
  ids[#ids + 1] = id
  ended[#ended + 1] = id
end

-- Writes the end of a list of ids anew without those that are to go. Returns false, and leaves the list alone, when not all of them
-- stand among so many last ones.
local function cut_end(key, ids, last)
  local tail, gone, found, kept = redis.call('LRANGE', key, -last, -1), {}, 0, {}
  for _, id in ipairs(ids) do gone[id] = 'sought' end
  for _, id in ipairs(tail) do
    if not gone[id] then kept[#kept + 1] = id
    elseif gone[id] == 'sought' then
      gone[id] = 'found'
      found = found + 1
    end
  end
  if found < #ids then return false end
  redis.call('LTRIM', key, '0', string.format('%d', -1 - #tail))
  if #kept > 0 then redis.call('RPUSH', key, unpack(kept)) end
  return true
end

-- Takes ids out of a list of fetched ones. What was fetched first stands last and mostly ends first: to cut the end of the list is
-- cheaper than a search for each.
local function take_out(key, ids)
  if #ids > 2 and (cut_end(key, ids, #ids) or cut_end(key, ids, 4 * #ids)) then return end
  for _, id in ipairs(ids) do redis.call('LREM', key, '0', id) end
end

local function put_in_front(id, queue)
  redis.call('SADD', P .. 'queues', queue)
  redis.call('RPUSH', P .. 'queue:' .. queue, id)
  woken = true
end

-- o: id, queue, type, worker, attempt, wait, run (the last three as number texts), fields (State, Continuations, UniqueKey, Checked).
local function succeed(o, result)
  local job = P .. 'job:' .. o.id
  local entry = '{"SucceededAt":"' .. now_text .. '","PerformanceDuration":"' .. o.run .. '","Latency":"' .. o.wait .. '"'
  if result ~= '' then
    enter_ready(job, 'Succeeded', o.fields[4], entry .. ',"Result":' .. cjson.encode(result) .. ',"State":"Succeeded","Reason":null,"CreatedAt":"' .. now_text .. '"}',
      'SucceededAt', now_text, 'PerformanceDuration', o.run, 'Latency', o.wait, 'Result', result)
  else
    enter_ready(job, 'Succeeded', o.fields[4], entry .. ',"State":"Succeeded","Reason":null,"CreatedAt":"' .. now_text .. '"}',
      'SucceededAt', now_text, 'PerformanceDuration', o.run, 'Latency', o.wait)
  end
  succeeded[#succeeded + 1] = o.id
  event('succeeded', o.id, o.type, o.queue, 'Processing', o.worker, '{"attempt":' .. o.attempt .. ',"wait":' .. o.wait .. ',"run":' .. o.run .. '}')
  release_unique(o.id, o.fields[3])
  if o.fields[2] then continue(o.id, 'Succeeded', o.fields[2]) end
end

local function failed_data(o, error)
  return { 'FailedAt', now_text, 'ExceptionType', error.type, 'ExceptionMessage', error.message, 'ExceptionDetails', error.details, 'ServerId', o.worker }
end

local function fail(o, reason, error)
  redis.call('HDEL', P .. 'job:' .. o.id, 'Fetched', 'Checked')
  enter(o.id, 'Failed', reason, failed_data(o, error))
  expire(o.id, false)
  redis.call('ZADD', P .. 'failed', clock[1], o.id)
  failures = failures + 1
  release_unique(o.id, o.fields[3])
  event('failed', o.id, o.type, o.queue, 'Processing', o.worker, '{"attempt":' .. o.attempt .. ',"run":' .. o.run .. ',"error":' .. cjson.encode(error.type)
    .. ',"message":' .. cjson.encode(error.message) .. ',"reason":' .. cjson.encode(reason) .. '}')
end

-- The failure goes into the history as a state that never was, as a Hangfire host writes it.
local function retry(o, reason, error, retries, delay)
  local job = P .. 'job:' .. o.id
  local entry, data = { State = 'Failed', Reason = 'An exception occurred during performance of the job.', CreatedAt = now_text }, failed_data(o, error)
  for i = 1, #data, 2 do entry[data[i]] = data[i + 1] end
  redis.call('RPUSH', job .. ':history', cjson.encode(entry))
  redis.call('HDEL', job, 'Fetched', 'Checked')
  redis.call('HSET', job, 'RetryCount', retries)
  local at = now_ms + delay
  local score = math.ceil(at / 1000)
  enter(o.id, 'Scheduled', reason, { 'EnqueueAt', string.format('%.0f', at), 'ScheduledAt', now_text })
  expire(o.id, false)
  local own = redis.call('HGET', job, 'Queue')
  if not own and o.queue ~= 'default' then
    own = o.queue
    redis.call('HSET', job, 'Queue', own)
  end
  redis.call('ZADD', P .. 'retries', 0, o.id)
  redis.call('ZADD', P .. 'schedule', string.format('%.0f', score), own and own .. ':' .. o.id or o.id)
  event('retrying', o.id, o.type, o.queue, 'Processing', o.worker, '{"attempt":' .. o.attempt .. ',"run":' .. o.run
    .. string.format(',"at":%.0f', score * 1000) .. ',"error":' .. cjson.encode(error.type) .. ',"message":' .. cjson.encode(error.message) .. '}')
end

local function delete(o, reason, by)
  redis.call('HDEL', P .. 'job:' .. o.id, 'Fetched', 'Checked')
  enter(o.id, 'Deleted', reason, { 'DeletedAt', now_text })
  expire(o.id, true)
  deleted[#deleted + 1] = o.id
  release_unique(o.id, o.fields[3])
  event('deleted', o.id, o.type, o.queue, 'Processing', o.worker, '{"reason":' .. cjson.encode(reason) .. ',"by":' .. cjson.encode(by) .. '}')
  if o.fields[2] then continue(o.id, 'Deleted', o.fields[2]) end
end

-- lost: how many starts were lost with their worker, 0 when the job was given back in good order.
local function give_back(o, reason, lost)
  redis.call('HDEL', P .. 'job:' .. o.id, 'Fetched', 'Checked')
  enter(o.id, 'Enqueued', reason, { 'EnqueuedAt', now_text, 'Queue', o.queue })
  expire(o.id, false)
  put_in_front(o.id, o.queue)
  event('requeued', o.id, o.type, o.queue, 'Processing', o.worker, '{"reason":' .. cjson.encode(reason) .. string.format(',"lost":%d}', lost))
end

-- Deletes a job that an operator wants to end, instead of giving it back. Returns whether one does.
local function cancel(o)
  local ok, wish = pcall(cjson.decode, redis.call('HGET', P .. 'ops:cancels', o.id) or '')
  if not ok or type(wish) ~= 'table' then return false end
  local by = tostring(wish.by or '')
  delete(o, 'Cancelled by ' .. by .. ': ' .. tostring(wish.reason or ''), by)
  return true
end

local function forget_all(keep_lost)
  redis.call('HDEL', P .. 'ops:cancels', unpack(ended))
  local forget = {}
  for _, id in ipairs(ended) do
    if not keep_lost[id] then forget[#forget + 1] = id end
  end
  if #forget > 0 then redis.call('HDEL', P .. 'ops:lost', unpack(forget)) end
end

-- keep_lost: ids that keep their count of lost starts.
local function settle(keep_lost)
  if #ended == 0 then return end
  if #data_keys > 0 then redis.call('DEL', unpack(data_keys)) end
  for i, data in ipairs(data_keys) do
    redis.call('HSET', data, unpack(data_fields[i]))
    redis.call('PEXPIREAT', data, gone_at)
  end
  for queue, ids in pairs(fetched_of) do guarded(take_out, P .. 'queue:' .. queue .. ':dequeued', ids) end
  redis.call('ZREM', P .. 'processing', unpack(ended))
  redis.call('ZREM', P .. 'ops:leases', unpack(ended))
  redis.call('HDEL', P .. 'ops:running', unpack(ended))
  if redis.call('EXISTS', P .. 'ops:cancels', P .. 'ops:lost') > 0 then forget_all(keep_lost) end
  list_final('succeeded', succeeded)
  list_final('deleted', deleted)
  count('succeeded', #succeeded)
  count('deleted', #deleted)
  count('failed', failures)
  if woken then redis.call('PUBLISH', P .. 'JobFetchChannel', ended[1]) end
end
