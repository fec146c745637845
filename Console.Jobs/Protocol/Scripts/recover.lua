-- uses: job, memory, guard, counters, final, outcome, worker
-- Gives back jobs whose lease has ended, and takes lost workers out of the fleet. Every worker runs it every few seconds.
-- KEYS: 1 prefix.
-- ARGV: lost starts until quarantine; ms without a heartbeat after which a worker is lost; jobs at most.
-- Returns: flat list of what was done: kind ('requeued', 'quarantined', 'deleted', 'damaged', 'worker-lost'), id, worker.
-- Events: 'requeued', 'quarantined' or 'deleted' per job, 'worker-lost' per worker.
write_even_when_full()
local limit_lost, silence, limit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local done, keep_lost = {}, {}
local function note(kind, id, worker)
  for _, word in ipairs({ kind, id, worker }) do done[#done + 1] = word end
end

local function quarantine(o, lost)
  local reason = string.format('Quarantined: %d workers were lost while they ran this job. Retry it when the cause is known.', lost)
  redis.call('HDEL', P .. 'job:' .. o.id, 'Fetched', 'Checked')
  enter(o.id, 'Failed', reason, failed_data(o, { type = 'OpsConsole.Jobs.Worker.WorkerLostException', message = 'Worker ' .. o.worker .. ' was lost while it ran this job.', details = '' }))
  expire(o.id, false)
  redis.call('ZADD', P .. 'failed', clock[1], o.id)
  redis.call('ZADD', P .. 'ops:quarantine', now_text, o.id)
  failures = failures + 1
  release_unique(o.id, o.fields[3])
  event('quarantined', o.id, o.type, o.queue, 'Processing', o.worker, string.format('{"lost":%d,"worker":%s}', lost, cjson.encode(o.worker)))
end

local function recover(o)
  if cancel(o) then return note('deleted', o.id, o.worker) end
  local lost = redis.call('HINCRBY', P .. 'ops:lost', o.id, 1)
  if lost >= limit_lost then
    quarantine(o, lost)
    return note('quarantined', o.id, o.worker)
  end
  keep_lost[o.id] = true
  give_back(o, string.format('Worker %s was lost while it ran this job (%d of %d before quarantine).', o.worker, lost, limit_lost), lost)
  note('requeued', o.id, o.worker)
end

local function look_at(id)
  local token, worker, queue, _, attempt = string.match(redis.call('HGET', P .. 'ops:running', id) or '', '^(.-)|(.-)|(.-)|(.-)|(.-)$')
  let_go(id, queue or 'default')
  local f = redis.call('HMGET', P .. 'job:' .. id, 'State', 'Continuations', 'UniqueKey', 'Queue', 'Type', 'Method')
  local o = { id = id, worker = worker or '', queue = queue or f[4] or 'default', type = type_name(f[5], f[6]), attempt = attempt, fields = f }
  if token and f[1] == 'Processing' and redis.call('HGET', P .. 'job:' .. id .. ':state', 'WorkerId') == token then recover(o) end
  return true
end

for _, id in ipairs(redis.call('ZRANGEBYSCORE', P .. 'ops:leases', '-inf', now_text, 'LIMIT', 0, limit)) do
  if not is_locked(id) and not guarded(look_at, id) then note('damaged', id, '') end
end
settle(keep_lost)

for _, worker in ipairs(redis.call('SMEMBERS', P .. 'servers')) do
  local seen = redis.call('HMGET', P .. 'server:' .. worker, 'Ops', 'Heartbeat')
  if seen[1] and now_ms - (tonumber(seen[2] or '0') or 0) > silence then
    say_gone(worker, 'lost')
    note('worker-lost', worker, worker)
  end
end
return done
