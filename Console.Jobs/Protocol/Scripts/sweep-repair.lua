-- uses: job, memory, guard, times, counters, final, queueing, worker, sound
-- Looks a second time at what looked wrong, and puts it right where it still is so: by the state of the job where there is one answer, else
-- the job is quarantined or the key set aside. Each repair is written down in ops:findings.
-- KEYS: 1 prefix.
-- ARGV: 1 ms of a lease; then for each, at most 20: kind, subject, evidence, ms since the first look
-- Returns: flat list of what was done: kind, subject, 'repaired' or 'quarantined', what was done in words
-- Events: 'enqueued', 'failed', 'deleted' or 'worker-lost' where a job or worker is moved
write_even_when_full()
local lease = tonumber(ARGV[1])
local days_aside, most_findings, ends = 7, 1000, 10000
local done = {}

local function state_of(id) return field(job_prefix .. id, 'State') end

local function exists(id) return redis.call('EXISTS', job_prefix .. id) == 1 end

local function type_name_of(id)
  return type_name(field(job_prefix .. id, 'Type'), field(job_prefix .. id, 'Method'))
end

local function queues()
  return ask('SMEMBERS', P .. 'queues') or {}
end

-- Whether an id stands in a list. Of a long one only the ends are searched: what came in since the first look stands there.
local function stands_in(list, id)
  local length = ask('LLEN', list) or 0
  if length == 0 then return false end
  if length <= longest_search then return ask('LPOS', list, id) and true or false end
  return (ask('LPOS', list, id, 'MAXLEN', ends) or ask('LPOS', list, id, 'RANK', -1, 'MAXLEN', ends)) and true or false
end

local function waits(id)
  local own = effective_queue(id, field(job_prefix .. id .. ':state', 'Queue'))
  local all = queues()
  all[#all + 1] = own
  for _, queue in ipairs(all) do
    if ask('ZSCORE', P .. 'ops:throttled:' .. queue, id) or stands_in(P .. 'queue:' .. queue, id) then return true end
  end
  return false
end

-- The queue in whose list of fetched ids an id stands.
local function fetched_from(id)
  for _, queue in ipairs(queues()) do
    if stands_in(P .. 'queue:' .. queue .. ':dequeued', id) then return queue end
  end
end

-- Hangfire's own servers look after what they have fetched.
local function has_hangfire()
  for _, server in ipairs(ask('SMEMBERS', P .. 'servers') or {}) do
    if not field(P .. 'server:' .. server, 'Ops') and not is_dead(server) then return true end
  end
  return false
end

local function put_in_front(id, queue, before, reason)
  redis.call('SADD', P .. 'queues', queue)
  redis.call('RPUSH', P .. 'queue:' .. queue, id)
  redis.call('PUBLISH', P .. 'JobFetchChannel', id)
  event('enqueued', id, type_name_of(id), queue, before, '', cjson.encode({ reason = reason }))
end

local function remove(name, member)
  local kind = wanted_type(name)
  if kind == 'list' then return ask('LREM', P .. name, 0, member) end
  return ask(kind == 'hash' and 'HDEL' or kind == 'set' and 'SREM' or 'ZREM', P .. name, member)
end

local function quarantine(id, before, why)
  local reason = 'Quarantined: ' .. why .. ' Retry or delete it when the cause is known.'
  leave(id, before)
  enter(id, 'Failed', reason, { 'FailedAt', now_text, 'ExceptionType', 'OpsConsole.Jobs.Upkeep.Inconsistency', 'ExceptionMessage', why, 'ExceptionDetails', '' })
  expire(id, false)
  redis.call('ZADD', P .. 'failed', clock[1], id)
  redis.call('ZADD', P .. 'ops:quarantine', now_text, id)
  count('failed', 1)
  release_unique(id, field(job_prefix .. id, 'UniqueKey'))
  event('failed', id, type_name_of(id), effective_queue(id), before, '', cjson.encode({ attempt = 0, run = 0, error = 'OpsConsole.Jobs.Upkeep.Inconsistency', message = why, reason = reason }))
  return 'quarantined', why
end

-- The key goes out of the way with all that it holds, since nobody can say what it should hold.
local function set_aside(name)
  local found = type_of(P .. name)
  local aside = P .. 'ops:aside:' .. name
  redis.call('RENAME', P .. name, aside)
  redis.call('EXPIRE', aside, days_aside * 86400)
  return 'quarantined', 'It was a ' .. found .. '; it is kept for ' .. days_aside .. ' days as ops:aside:' .. name .. '.'
end

-- Each: what is done with the subject when it is still wrong, in a word and a sentence; nothing when it is right.
local repair = {}

repair['wrong-type'] = function(name)
  if has_wrong_type(name) then return set_aside(name) end
end

repair['entry-without-job'] = function(member, name)
  if not exists(id_of(member)) and remove(name, member) ~= 0 then return 'repaired', 'The entry was taken out.' end
end

repair['entry-elsewhere'] = function(member, name)
  local state = state_of(id_of(member))
  if state and not may_stand(id_of(member), state, place_of(name)) and remove(name, member) ~= 0 then
    return 'repaired', 'The job is ' .. state .. ' and stays there; the entry was taken out.'
  end
end

repair['twice-queued'] = function(id)
  local own, found, places = effective_queue(id, field(job_prefix .. id .. ':state', 'Queue')), 0, {}
  for _, queue in ipairs(queues()) do
    local times = ask('LPOS', P .. 'queue:' .. queue, id, 'COUNT', 0) or {}
    if #times > 0 then
      found = found + #times
      table.insert(places, queue == own and 1 or #places + 1, { queue = queue, times = #times })
    end
  end
  if found < 2 then return end
  -- The entry that is next to run stays.
  for i, place in ipairs(places) do
    local gone = i == 1 and place.times - 1 or place.times
    if gone > 0 then redis.call('LREM', P .. 'queue:' .. place.queue, gone, id) end
  end
  return 'repaired', 'It stood there ' .. found .. ' times; the entry in ' .. places[1].queue .. ' that is next to run was kept.'
end

repair['enqueued-nowhere'] = function(id, since)
  local data = job_prefix .. id .. ':state'
  if state_of(id) ~= 'Enqueued' or (field(data, 'EnqueuedAt') or '') ~= since or is_held(id) or waits(id) then return end
  local fetched = fetched_from(id)
  if fetched then
    if has_hangfire() then return end
    redis.call('LREM', P .. 'queue:' .. fetched .. ':dequeued', 0, id)
  end
  local queue = fetched or effective_queue(id, field(data, 'Queue'))
  put_in_front(id, queue, 'Enqueued', 'It stood in no queue')
  return 'repaired', 'It was put to the front of queue ' .. queue .. '.'
end

repair['scheduled-nowhere'] = function(id)
  if state_of(id) ~= 'Scheduled' or scheduled(id) or waits(id) or fetched_from(id) then return end
  local at = ms_of(field(job_prefix .. id .. ':state', 'EnqueueAt'))
  if not at then return quarantine(id, 'Scheduled', 'It is scheduled, but neither the schedule nor the job says for when.') end
  local queue = field(job_prefix .. id, 'Queue')
  redis.call('ZADD', P .. 'schedule', string.format('%.0f', math.ceil(at / 1000)), queue and queue .. ':' .. id or id)
  return 'repaired', 'It was put back into the schedule at the time that it says itself.'
end

repair['schedule-time'] = function(member)
  local id = id_of(member)
  local score = tonumber(ask('ZSCORE', P .. 'schedule', member) or '')
  if state_of(id) ~= 'Scheduled' or not score then return end
  local data = job_prefix .. id .. ':state'
  local at = ms_of(field(data, 'EnqueueAt'))
  if at and math.abs(score * 1000 - at) <= 2000 then return end
  if at then
    redis.call('ZADD', P .. 'schedule', string.format('%.0f', math.ceil(at / 1000)), member)
    return 'repaired', 'The schedule takes the time that the job says itself.'
  end
  if score > 0 and score < 1e11 and not has_wrong_type('job:' .. id .. ':state') then
    redis.call('HSET', data, 'EnqueueAt', string.format('%.0f', score * 1000))
    return 'repaired', 'The job says no time; it takes that of the schedule.'
  end
  redis.call('ZREM', P .. 'schedule', member)
  return quarantine(id, 'Scheduled', 'It is scheduled, but neither the schedule nor the job says for when.')
end

repair['processing-unlisted'] = function(id)
  if state_of(id) ~= 'Processing' or ask('ZSCORE', P .. 'processing', id) then return end
  local at = ms_of(field(job_prefix .. id .. ':state', 'StartedAt')) or now_ms
  redis.call('ZADD', P .. 'processing', string.format('%.0f', math.floor(at / 1000)), id)
  return 'repaired', 'It was put back into the list of running jobs.'
end

repair['failed-unlisted'] = function(id)
  if state_of(id) ~= 'Failed' or ask('ZSCORE', P .. 'failed', id) then return end
  local at = ms_of(field(job_prefix .. id .. ':state', 'FailedAt')) or now_ms
  redis.call('ZADD', P .. 'failed', string.format('%.0f', math.floor(at / 1000)), id)
  return 'repaired', 'It was put back into the list of failed jobs.'
end

-- As if its worker had been lost: what follows is the recovery's business, with its counting and its quarantine.
repair['held-by-nobody'] = function(id)
  local data = job_prefix .. id .. ':state'
  if state_of(id) ~= 'Processing' or is_held(id) or waits(id) then return end
  local server, fetched = field(data, 'ServerId') or '', fetched_from(id)
  if server ~= '' and not is_dead(server) and not field(P .. 'server:' .. server, 'Ops') then return end
  if fetched and has_hangfire() then return end
  local queue = fetched or effective_queue(id, field(data, 'Queue'))
  local token = string.gsub(field(data, 'WorkerId') or 'nobody', '|', '-')
  redis.call('HSET', data, 'WorkerId', token)
  local attempt = tonumber(field(job_prefix .. id, 'Attempt') or '1') or 1
  redis.call('HSET', P .. 'ops:running', id, table.concat({ token, (string.gsub(server, '|', '-')), queue, now_text, string.format('%d', attempt) }, '|'))
  redis.call('ZADD', P .. 'ops:leases', now_text, id)
  return 'repaired', 'It was handed to the recovery of lost jobs, which puts it back into queue ' .. queue .. '.'
end

-- Its worker renews the lease if it is alive; if not, the recovery takes the job when this one ends.
repair['holder-without-lease'] = function(id)
  if not is_held(id) or ask('ZSCORE', P .. 'ops:leases', id) then return end
  redis.call('ZADD', P .. 'ops:leases', string.format('%.0f', now_ms + lease), id)
  return 'repaired', 'It was given a lease of ' .. math.floor(lease / 1000) .. ' s. If its worker does not renew it, it goes back to its queue.'
end

repair['lease-without-holder'] = function(id)
  if not is_held(id) and ask('ZREM', P .. 'ops:leases', id) == 1 then return 'repaired', 'The lease was taken out.' end
end

repair['ended-for-ever'] = function(id)
  if not is_ended(state_of(id)) or redis.call('PTTL', job_prefix .. id) ~= -1 then return end
  expire(id, true)
  return 'repaired', 'It was given the day that ended jobs are kept.'
end

repair['unfinished-expires'] = function(id)
  local state, left = state_of(id), redis.call('PTTL', job_prefix .. id)
  if not state or is_ended(state) or left < 0 then return end
  expire(id, false)
  return 'repaired', 'It would have been gone in ' .. math.ceil(left / 60000) .. ' min; it is kept now.'
end

repair['part-without-job'] = function(name)
  local id = string.match(name, '^job:([^:]+)')
  if not id or exists(id) or redis.call('PTTL', P .. name) ~= -1 then return end
  redis.call('EXPIRE', P .. name, 86400)
  return 'repaired', 'It was given the day that ended jobs are kept.'
end

repair['parent-gone'] = function(id)
  local parent = field(job_prefix .. id .. ':state', 'ParentId')
  if state_of(id) ~= 'Awaiting' or parent and exists(parent) then return end
  return quarantine(id, 'Awaiting', parent and 'It waits for job ' .. parent .. ', which is gone, so that nobody can say whether it should run.' or 'It waits for another job, but does not say for which.')
end

repair['parent-ended'] = function(id)
  local parent, options = field(job_prefix .. id .. ':state', 'ParentId'), field(job_prefix .. id .. ':state', 'Options')
  local state = parent and state_of(parent)
  if state_of(id) ~= 'Awaiting' or not is_ended(state) or is_locked(parent) then return end
  continue(parent, state, cjson.encode({ { JobId = id, Options = options } }))
  return 'repaired', state_of(id) == 'Enqueued' and 'Its parent had ended; it was put into its queue.' or 'Its parent had ended otherwise than it waited for; it was deleted.'
end

repair['queue-unlisted'] = function(queue)
  if type_of(P .. 'queue:' .. queue) ~= 'list' or ask('SADD', P .. 'queues', queue) ~= 1 then return end
  return 'repaired', 'It was put back into the list of queues.'
end

repair['server-without-record'] = function(server)
  if beat_of(server) or ask('SISMEMBER', P .. 'servers', server) ~= 1 then return end
  say_gone(server, 'lost')
  return 'repaired', 'It was taken out of the list of workers.'
end

repair['server-silent'] = function(server)
  local beat = beat_of(server)
  if not beat or beat >= now_ms - 2 * dead_after or field(P .. 'server:' .. server, 'Ops') then return end
  say_gone(server, 'lost')
  return 'repaired', 'It was taken out of the list of workers.'
end

repair['server-unlisted'] = function(server)
  if ask('SISMEMBER', P .. 'servers', server) ~= 0 then return end
  local key = P .. 'server:' .. server
  if not is_dead(server) then
    redis.call('SADD', P .. 'servers', server)
    return 'repaired', 'It still reports, and was put back into the list of workers.'
  end
  if redis.call('DEL', key, key .. ':queues', P .. 'ops:worker:' .. server) > 0 then return 'repaired', 'Nobody has reported under this name for 5 minutes; the record was deleted.' end
end

repair['worker-unlisted'] = function(server)
  local key = P .. 'ops:worker:' .. server
  if redis.call('PTTL', key) ~= -1 or beat_of(server) then return end
  redis.call('DEL', key)
  return 'repaired', 'The record was deleted.'
end

repair['unique-without-job'] = function(key, holder)
  local name = P .. 'ops:unique:' .. key
  if ask('GET', name) ~= holder or exists(holder) then return end
  redis.call('DEL', name)
  return 'repaired', 'Job ' .. holder .. ' is gone; the key was freed.'
end

repair['note-without-job'] = function(id, name)
  if is_held(id) or exists(id) and not is_ended(state_of(id)) then return end
  if remove(name, id) ~= 0 then return 'repaired', 'The note was deleted.' end
end

-- Locked jobs are left to who is changing them; an error leaves the rest of the list.
local of_no_job = { ['wrong-type'] = true, ['part-without-job'] = true, ['queue-unlisted'] = true, ['server-without-record'] = true, ['server-silent'] = true, ['server-unlisted'] = true, ['worker-unlisted'] = true, ['unique-without-job'] = true }

local function look_again(kind, subject, evidence)
  if not of_no_job[kind] and is_locked(id_of(subject)) then return {} end
  return { repair[kind](subject, evidence) }
end

for i = 2, #ARGV, 4 do
  local kind, subject, evidence = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local outcome, fault = guarded(look_again, kind, subject, evidence)
  outcome = outcome or { 'damaged', fault }
  if outcome[1] then
    local n = #done
    done[n + 1], done[n + 2], done[n + 3], done[n + 4] = kind, subject, outcome[1], outcome[2]
    if outcome[1] ~= 'damaged' then
      local id = of_no_job[kind] and (string.match(subject, '^job:([^:]+)') or '') or id_of(subject)
      redis.call('XADD', P .. 'ops:findings', 'MAXLEN', most_findings, '*', 'kind', kind, 'subject', subject, 'job', id,
        'place', (kind == 'wrong-type' or kind == 'part-without-job') and subject or evidence, 'how', outcome[1], 'did', outcome[2],
        'seen', string.format('%.0f', now_ms - tonumber(ARGV[i + 3])))
    end
  end
end
return done
