-- Shared: takes jobs out of queues for one worker. Uses job, guard, times, suspects.

local function is_paused(pause)
  if not pause then return false end
  local ok, data = pcall(cjson.decode, pause)
  local till = ok and type(data) == 'table' and tonumber(data['until'])
  return not till or till > now_ms
end

-- Nil when a job of this limited type may start now (the start is then on record), else the ms when one may.
local function may_start_at(limit)
  local key = P .. 'ops:rate:' .. limit.name
  local oldest = redis.call('LINDEX', key, limit.starts - 1)
  local at = oldest and tonumber(oldest) + limit.period or 0
  if at > now_ms then return at end
  redis.call('LPUSH', key, now_text)
  redis.call('LTRIM', key, 0, limit.starts - 1)
  redis.call('PEXPIRE', key, limit.period)
  return nil
end

-- Turns are spread over the period, so that jobs that are held back together do not all ask again together.
local function next_turn(limit, at)
  local key = P .. 'ops:rate:' .. limit.name .. ':turn'
  local last = tonumber(redis.call('GET', key) or '0')
  local turn = math.max(at, math.ceil(last + limit.period / limit.starts))
  redis.call('SET', key, string.format('%.0f', turn), 'PX', math.max(1, turn - now_ms))
  return turn
end

-- A short sorted set is a list that each command searches from end to end: with 50 running jobs that is a tenth of what a job costs
-- Redis. From `many` jobs on it is made a skip list, as Redis itself does beyond 128: a member of more than 64 bytes makes it one, and
-- it stays one until it is empty.
local many = 8
local long_member = string.rep('-', 65)

local function keep_quick(keys)
  if redis.call('ZCARD', keys[1]) < many or redis.call('OBJECT', 'ENCODING', keys[1]) == 'skiplist' then return end
  for _, key in ipairs(keys) do
    redis.call('ZADD', key, '0', long_member)
    redis.call('ZREM', key, long_member)
  end
end

local function any_locked(ids)
  local locks = {}
  for i, id in ipairs(ids) do locks[i] = job_prefix .. id .. ':state-lock' end
  return redis.call('EXISTS', unpack(locks)) > 0
end

-- ask: worker, wanted, lease (ms), token (prefix), number (of the first token), queues, limits (by type name).
-- Returns a flat list of seven fields per job (id, queue, attempt, retries, wait, Arguments, Type; Type is '=' when it, Method and
-- ParameterTypes are as in the job before, else these two follow), of which the first has the first token, the second the next one, and so on;
-- the ms until a job that is held back has its turn (-1: none known), and how many ids a lock made us put back (one more when there was no time to look at all).
-- Writes 'processing' or 'throttled' for each job.
local function claim(ask)
  local jobs, taken, locked, damaged = {}, {}, 0, {}
  local processing, leases, running = {}, {}, {}
  -- The data of the state before goes for all jobs at once, and so what is written in its place comes last.
  local data_keys, tokens = {}, {}
  local last_class, last_method, last_parameters
  local wanted, number = ask.wanted, ask.number
  local scans_left = 10 * wanted + 200
  local lease_end = string.format('%d', now_ms + ask.lease)
  local server = cjson.encode(ask.worker)
  local limited = next(ask.limits) ~= nil

  local function hold_back(id, queue, name, limit, at, state, again)
    local turn = again and at or next_turn(limit, at)
    redis.call('ZADD', P .. 'ops:throttled:' .. queue, string.format('%.0f', turn), id)
    if not again then event('throttled', id, name, queue, state, ask.worker, string.format('{"until":%.0f}', turn)) end
  end

  -- 'taken', 'dropped', 'held' or 'locked'.
  local function take(id, queue, again, locks)
    if taken[id] then return 'dropped' end
    local job = job_prefix .. id
    local data = job .. ':state'
    local f = redis.call('HMGET', job, 'State', 'Type', 'Method', 'ParameterTypes', 'Arguments', 'RetryCount', 'Attempt')
    local state = f[1]
    if state ~= 'Enqueued' and state ~= 'Scheduled' and state ~= 'Processing' then return 'dropped' end
    if state == 'Processing' and redis.call('HEXISTS', P .. 'ops:running', id) == 1 then return 'dropped' end
    if locks and is_locked(id) then return 'locked' end
    if must_wait_apart(id, ask.worker) then
      redis.call('ZADD', P .. 'ops:throttled:' .. queue, string.format('%d', now_ms + 1000), id)
      return 'held'
    end
    local name = type_name(f[2], f[3])
    local limit = limited and ask.limits[name]
    local at = limit and may_start_at(limit)
    if at then
      hold_back(id, queue, name, limit, at, state, again)
      return 'held'
    end

    local since = redis.call('HGET', data, 'EnqueuedAt')
    local wait = math.max(0, now_ms - (ms_of(since) or ms_of(redis.call('HGET', data, 'EnqueueAt')) or ms_of(redis.call('HGET', job, 'CreatedAt')) or now_ms))
    local attempt = math.max(tonumber(f[7] or '0') or 0, tonumber(f[6] or '0') or 0) + 1
    local attempt_text, token = attempt == 1 and '1' or string.format('%d', attempt), ask.token .. string.format('%d', number)
    if state ~= 'Enqueued' then leave(id, state) end
    redis.call('HSET', job, 'State', 'Processing', 'Fetched', now_text, 'Attempt', attempt_text)
    data_keys[#data_keys + 1], tokens[#tokens + 1] = data, token
    redis.call('RPUSH', job .. ':history', '{"StartedAt":"' .. now_text .. '","ServerId":' .. server .. ',"WorkerId":"' .. token
      .. '","State":"Processing","Reason":null,"CreatedAt":"' .. now_text .. '"}')
    event('processing', id, name, queue, state, ask.worker, '{"attempt":' .. attempt_text .. ',"wait":' .. string.format('%.0f', wait) .. '}')

    taken[id] = true
    local r, l, p = #running, #leases, #processing
    running[r + 1], running[r + 2] = id, token .. '|' .. ask.worker .. '|' .. queue .. '|' .. now_text .. '|' .. attempt_text
    leases[l + 1], leases[l + 2] = lease_end, id
    processing[p + 1], processing[p + 2] = clock[1], id
    local j = #jobs
    jobs[j + 1], jobs[j + 2], jobs[j + 3], jobs[j + 4], jobs[j + 5], jobs[j + 6] = id, queue, attempt, f[6] or '0', wait, f[5] or ''
    -- Mostly the jobs of one call are of one type.
    local class, method, parameters = f[2] or '', f[3] or '', f[4] or ''
    if class == last_class and method == last_method and parameters == last_parameters then
      jobs[j + 7] = '='
    else
      jobs[j + 7], jobs[j + 8], jobs[j + 9] = class, method, parameters
      last_class, last_method, last_parameters = class, method, parameters
    end
    wanted, number = wanted - 1, number + 1
    return 'taken'
  end

  local function take_guarded(id, queue, again, locks)
    local outcome, fault = guarded(take, id, queue, again, locks)
    if outcome then return outcome end
    damaged[#damaged + 1], damaged[#damaged + 2] = id, fault
    return 'damaged'
  end

  -- Jobs whose turn has come go before those that are still in the list.
  local function take_held(queue, fetched)
    local key = P .. 'ops:throttled:' .. queue
    for _, id in ipairs(redis.call('ZRANGEBYSCORE', key, '-inf', now_text, 'LIMIT', 0, wanted)) do
      local outcome = take_guarded(id, queue, true, true)
      if outcome == 'taken' or outcome == 'damaged' then fetched[#fetched + 1] = id end
      if outcome == 'locked' then locked = locked + 1
      elseif outcome ~= 'held' then redis.call('ZREM', key, id) end
    end
  end

  local function take_waiting(queue, fetched)
    local key, put_back = P .. 'queue:' .. queue, {}
    while wanted > 0 and scans_left > 0 do
      local ids = redis.call('RPOP', key, math.min(wanted, scans_left))
      if not ids then break end
      scans_left = scans_left - #ids
      local locks = any_locked(ids)
      for _, id in ipairs(ids) do
        local outcome = take_guarded(id, queue, false, locks)
        if outcome == 'taken' or outcome == 'damaged' then fetched[#fetched + 1] = id
        elseif outcome == 'locked' then table.insert(put_back, 1, id) end
      end
    end
    -- Behind many ids of jobs that are gone may be one that waits: it is looked for in the next call.
    if wanted > 0 and scans_left <= 0 then locked = locked + 1 end
    if #put_back > 0 then
      locked = locked + #put_back
      redis.call('RPUSH', key, unpack(put_back))
    end
  end

  local open = {}
  local paused = redis.call('HMGET', P .. 'ops:paused', unpack(ask.queues))
  for i, queue in ipairs(ask.queues) do
    if wanted <= 0 then break end
    if not is_paused(paused[i]) then
      local fetched = {}
      open[#open + 1] = queue
      take_held(queue, fetched)
      if wanted > 0 then take_waiting(queue, fetched) end
      if #fetched > 0 then redis.call('LPUSH', P .. 'queue:' .. queue .. ':dequeued', unpack(fetched)) end
    end
  end
  if #jobs > 0 then
    redis.call('DEL', unpack(data_keys))
    for i, data in ipairs(data_keys) do
      redis.call('HSET', data, 'State', 'Processing', 'StartedAt', now_text, 'ServerId', ask.worker, 'WorkerId', tokens[i])
    end
    redis.call('ZADD', P .. 'processing', unpack(processing))
    redis.call('ZADD', P .. 'ops:leases', unpack(leases))
    keep_quick({ P .. 'ops:leases', P .. 'processing' })
    redis.call('HSET', P .. 'ops:running', unpack(running))
  end

  local due = -1
  if wanted > 0 then
    for _, queue in ipairs(open) do
      local first = redis.call('ZRANGE', P .. 'ops:throttled:' .. queue, 0, 0, 'WITHSCORES')
      if first[2] then
        local rest = math.max(1, tonumber(first[2]) - now_ms)
        if due < 0 or rest < due then due = rest end
      end
    end
  end
  return jobs, due, locked, damaged
end
