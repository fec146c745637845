-- uses: job, events, memory, guard, times, counters, final, outcome, suspects, claim
-- Ends attempts and takes new jobs, for one pool of one worker, in one call.
-- KEYS: 1 prefix.
-- ARGV: worker id; jobs wanted; lease in ms; ms that a succeeded job stays in Redis; prefix of new tokens; number of the first one;
--   count of queues, queues in order of priority;
--   count of rate limits, then for each: type name, starts, period in ms;
--   count of outcomes, then for each: kind, job id, token, queue, type name, attempt, wait in ms, run in ms, and by kind
--     s (succeeded): result as JSON or ''
--     r (retry): reason, error type, message, details, retries including this one, delay in ms
--     f (failed): reason, error type, message, details
--     d (deleted): reason, by
--     g (given back to the front of its queue, or deleted when it was to be cancelled): reason
-- Returns: 1 flat list of outcomes that changed nothing: token, why ('token': no longer held; 'locked': send it again; else the
--   state that it was found in, or 'damaged: ' and the fault); 2 flat list of claimed jobs (see lib/claim); 3 ms until a held-back job's turn or -1;
--   4 how many waiting ids are locked by another client; 5 flat list of ids whose keys are damaged, with the fault.
-- Events: 'succeeded', 'retrying', 'failed', 'deleted', 'requeued' per outcome, 'enqueued' or 'deleted' per continuation,
--   'processing' or 'throttled' per claimed job.
local at = 0
local function read()
  at = at + 1
  return ARGV[at]
end

local function read_error()
  return { type = read(), message = read(), details = read() }
end

local ask = { worker = read(), wanted = tonumber(read()), lease = tonumber(read()), keep = tonumber(read()), token = read(), number = tonumber(read()), queues = {}, limits = {} }
for i = 1, tonumber(read()) do ask.queues[i] = read() end
for _ = 1, tonumber(read()) do
  local name = read()
  ask.limits[name] = { name = name, starts = tonumber(read()), period = tonumber(read()) }
end

local refused = {}
local function refuse(token, why)
  refused[#refused + 1] = token
  refused[#refused + 1] = why
end

local apply = {
  s = function() return succeed, read() end,
  r = function() return retry, read(), { read_error(), read(), tonumber(read()) } end,
  f = function() return fail, read(), { read_error() } end,
  d = function() return delete, read(), { read() } end,
  g = function() return give_back, read(), { 0 } end,
}

local keep_lost = {}

-- 'applied', or why an outcome changes nothing.
local function settle_one(o, held, locked)
  if not held or string.find(held, o.token .. '|', 1, true) ~= 1 then return 'token' end
  if locked and is_locked(o.id) then return 'locked' end
  let_go(o.id, o.queue)
  local job = job_prefix .. o.id
  o.fields = redis.call('HMGET', job, 'State', 'Continuations', 'UniqueKey', 'Checked')
  if o.fields[1] ~= 'Processing' or redis.call('HGET', job .. ':state', 'WorkerId') ~= o.token then
    -- Someone has changed the job while it ran; what is left is to take our hands off it.
    redis.call('HDEL', job, 'Fetched', 'Checked')
    return o.fields[1] or 'gone'
  end
  if o.act == succeed then
    succeed(o, o.first)
  elseif o.act ~= give_back or not cancel(o) then
    keep_lost[o.id] = o.act == give_back
    o.act(o, o.first, unpack(o.rest, 1, 3))
  end
  return 'applied'
end

keep_succeeded(ask.keep)
local outcomes, ids, locks = {}, {}, {}
for i = 1, tonumber(read()) do
  local kind = read()
  -- All fields at once: a table that grows is made anew.
  local o = { id = read(), token = read(), queue = read(), type = read(), attempt = read(), wait = read(), run = read(), worker = ask.worker, act = false, first = false, rest = false, fields = false }
  o.act, o.first, o.rest = apply[kind]()
  outcomes[i], ids[i], locks[i] = o, o.id, job_prefix .. o.id .. ':state-lock'
end
if #outcomes > 0 then
  -- Jobs that end must be able to say so; with nothing to end this is a claim, which a full Redis may refuse.
  write_even_when_full()
  -- What is asked of every job alike is asked once for all of them.
  local held, locked = redis.call('HMGET', P .. 'ops:running', unpack(ids)), redis.call('EXISTS', unpack(locks)) > 0
  for i, o in ipairs(outcomes) do
    local outcome, fault = guarded(settle_one, o, held[i], locked)
    if outcome ~= 'applied' then refuse(o.token, outcome or 'damaged: ' .. fault) end
  end
end
settle(keep_lost)

local jobs, due, locked, damaged = {}, -1, 0, {}
if ask.wanted > 0 and #ask.queues > 0 then jobs, due, locked, damaged = claim(ask) end
write_events()
return { refused, jobs, due, locked, damaged }
