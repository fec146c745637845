-- Reads the whole fleet at one moment. Changes nothing.
-- KEYS: 1 prefix.
-- ARGV: 1 most queues, 2 most workers
-- Returns: ms of Redis, id of the newest event ('0-0' when there is none), eleven counts (scheduled, retrying, processing, succeeded
--         ever, deleted ever, failed, quarantined, awaiting, succeeded kept, deleted kept, enqueued in all queues), queues (name,
--         depth, held back by a rate limit, fetched, time of the next job's entry or '', pause or nil), workers (id, fields of the
--         server hash, its queues, fields of ops:worker)
-- Event: none
local P = KEYS[1]
local clock = redis.call('TIME')

local function names_in(key, most)
  if redis.call('SCARD', key) <= most then return redis.call('SMEMBERS', key) end
  return redis.call('SRANDMEMBER', key, most)
end

-- A broken key of a stranger must not hide everything else.
local function size(command, key)
  local reply = redis.pcall(command, P .. key)
  return type(reply) == 'number' and reply or 0
end

local function list(command, key, ...)
  local reply = redis.pcall(command, P .. key, ...)
  return reply and not reply.err and reply or {}
end

local function total(name)
  return tonumber(redis.call('GET', P .. 'stats:' .. name) or '0') or 0
end

-- Entries whose job is gone or moved on are passed over, a few at most.
local function next_entry(queue)
  local tail = list('LRANGE', 'queue:' .. queue, -5, -1)
  for i = #tail, 1, -1 do
    local job = P .. 'job:' .. tail[i]
    local at = redis.pcall('HMGET', job .. ':state', 'EnqueuedAt', 'EnqueueAt')
    if at and not at.err and (at[1] or at[2]) then return at[1] or at[2] end
    local created = redis.pcall('HGET', job, 'CreatedAt')
    if type(created) == 'string' then return created end
  end
  return ''
end

local newest = redis.call('XREVRANGE', P .. 'ops:events', '+', '-', 'COUNT', 1)[1]

local seen, names = {}, names_in(P .. 'queues', tonumber(ARGV[1]))
for _, name in ipairs(names) do seen[name] = true end

local workers = {}
for i, id in ipairs(names_in(P .. 'servers', tonumber(ARGV[2]))) do
  local served = list('LRANGE', 'server:' .. id .. ':queues', 0, 99)
  for _, name in ipairs(served) do
    if not seen[name] and #names < tonumber(ARGV[1]) then
      seen[name] = true
      names[#names + 1] = name
    end
  end
  workers[i] = { id, list('HGETALL', 'server:' .. id), served, list('HGETALL', 'ops:worker:' .. id) }
end

local queues, enqueued = {}, 0
for i, name in ipairs(names) do
  local depth = size('LLEN', 'queue:' .. name)
  enqueued = enqueued + depth
  queues[i] = {
    name, depth, size('ZCARD', 'ops:throttled:' .. name), size('LLEN', 'queue:' .. name .. ':dequeued'),
    depth > 0 and next_entry(name) or '', redis.call('HGET', P .. 'ops:paused', name),
  }
end

return {
  string.format('%.0f', tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)), newest and newest[1] or '0-0',
  {
    size('ZCARD', 'schedule'), size('ZCARD', 'retries'), size('ZCARD', 'processing'), total('succeeded'), total('deleted'),
    size('ZCARD', 'failed'), size('ZCARD', 'ops:quarantine'), size('ZCARD', 'awaiting'), size('LLEN', 'succeeded'), size('LLEN', 'deleted'), enqueued,
  },
  queues, workers,
}
