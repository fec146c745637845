-- Shared: what the sweep asks of places and jobs, in its first look and in its second. A key of another type counts as empty. Uses job.

local function ask(command, key, ...)
  local reply = redis.pcall(command, key, ...)
  if type(reply) == 'table' and reply.err then return nil end
  return reply
end

local function type_of(key) return redis.call('TYPE', key).ok end

local function field(key, name) return ask('HGET', key, name) or nil end

-- What a key of the layout must be, by its name without the prefix; nil when the layout has no such name.
local type_by_name = {
  queues = 'set', servers = 'set', schedule = 'zset', retries = 'zset', processing = 'zset', failed = 'zset', awaiting = 'zset', succeeded = 'list', deleted = 'list',
  ['ops:leases'] = 'zset', ['ops:running'] = 'hash', ['ops:lost'] = 'hash', ['ops:quarantine'] = 'zset', ['ops:cancels'] = 'hash', ['ops:paused'] = 'hash',
  ['ops:types'] = 'hash', ['ops:gone'] = 'zset', ['ops:events'] = 'stream', ['ops:findings'] = 'stream',
}
local type_by_ending = { [''] = 'hash', [':state'] = 'hash', [':history'] = 'list' }

local function wanted_type(name)
  if type_by_name[name] then return type_by_name[name] end
  local ending = string.match(name, '^job:[^:]+(.*)$')
  if ending then return type_by_ending[ending] end
  local tail = string.match(name, '^queue:[^:]+(.*)$')
  if tail then return (tail == '' or tail == ':dequeued') and 'list' or nil end
  return string.find(name, '^ops:throttled:') and 'zset' or nil
end

local function has_wrong_type(name)
  local wanted, found = wanted_type(name), type_of(P .. name)
  return wanted and found ~= 'none' and found ~= wanted and found
end

-- The member by which a job stands in the schedule, and its score.
local function scheduled(id)
  local score = ask('ZSCORE', P .. 'schedule', id)
  if score then return id, score end
  local queue = field(job_prefix .. id, 'Queue')
  score = queue and ask('ZSCORE', P .. 'schedule', queue .. ':' .. id)
  if score then return queue .. ':' .. id, score end
end

local function is_ended(state) return state == 'Succeeded' or state == 'Deleted' end

local function is_held(id) return ask('HEXISTS', P .. 'ops:running', id) == 1 end

-- Whether a job with this state may stand in this place. Hangfire moves a due job with a queue of its own without changing its state,
-- and puts back a job that is Processing.
local function may_stand(id, state, place)
  if place == 'queue' or place == 'throttled' then
    return state == 'Enqueued' or (state == 'Scheduled' and not scheduled(id)) or (state == 'Processing' and not is_held(id))
  end
  if place == 'dequeued' then return state == 'Processing' or state == 'Enqueued' or state == 'Scheduled' end
  if place == 'schedule' or place == 'retries' then return state == 'Scheduled' end
  if place == 'processing' then return state == 'Processing' end
  if place == 'failed' or place == 'ops:quarantine' then return state == 'Failed' end
  if place == 'awaiting' then return state == 'Awaiting' end
  return true
end

-- The place and the id of an entry: 'queue:id' in the schedule, the id itself elsewhere.
local function id_of(member) return string.match(member, '([^:]*)$') end

local function place_of(name)
  local tail = string.match(name, '^queue:[^:]+(.*)$')
  if tail then return tail == ':dequeued' and 'dequeued' or 'queue' end
  return string.find(name, '^ops:throttled:') and 'throttled' or name
end

-- Ms of the last heartbeat of a server, 0 when it has none that can be read; nil when there is no record of it.
local function beat_of(server)
  if redis.call('EXISTS', P .. 'server:' .. server) == 0 then return nil end
  return ms_of(field(P .. 'server:' .. server, 'Heartbeat')) or 0
end

-- Hangfire takes a server for dead when it is gone or has been silent for 5 minutes.
local dead_after = 300000
local function is_dead(server)
  local beat = beat_of(server)
  return not beat or beat < now_ms - dead_after
end

-- What looks wrong: flat list of kind, subject, evidence.
local odd = {}
local function note(kind, subject, evidence)
  local n = #odd
  odd[n + 1], odd[n + 2], odd[n + 3] = kind, subject, evidence or ''
end

-- Whether somebody holds a job that runs: a worker of ours says so, a Hangfire server only in the job.
local function look_at_holder_of(id)
  if is_held(id) then return end
  local server = field(job_prefix .. id .. ':state', 'ServerId')
  if not server or is_dead(server) or field(P .. 'server:' .. server, 'Ops') then note('held-by-nobody', id, server or '') end
end

-- Whether what a job waits for is there and has not ended.
local function look_at_parent_of(id)
  local parent = field(job_prefix .. id .. ':state', 'ParentId')
  local state = parent and ask('HMGET', job_prefix .. parent, 'State', 'Type')
  if not state or not (state[1] or state[2]) then note('parent-gone', id)
  elseif is_ended(state[1]) then note('parent-ended', id) end
end
