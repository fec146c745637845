-- uses: job, times, sound
-- Looks at some of the entries of one list, set or hash of the layout: whether each belongs to a job that may stand there. Changes nothing.
-- KEYS: 1 prefix.
-- ARGV: 1 name of the key without the prefix, 2 where to go on ('0' at first), 3 entries at about
-- Returns: where to go on ('' at the end), with one entry again by which the rest is known; the entries, of queues only; flat list of what looks wrong: kind, subject, evidence; ms of Redis
-- Event: none
local name, from, count = ARGV[1], ARGV[2], tonumber(ARGV[3])
local key, place = P .. name, place_of(name)
local long = false

-- In a long list an entry of a job that has moved on is left to the claims, which pass it over.
local longest_search = 100000

local function look_at_entry(member)
  local id = place == 'schedule' and id_of(member) or member
  local state = redis.pcall('HGET', job_prefix .. id, 'State')
  if type(state) == 'table' and state.err then return end
  if not state then
    if redis.call('EXISTS', job_prefix .. id) == 0 then note('entry-without-job', member, name) end
  elseif not may_stand(id, state, place) and not long then note('entry-elsewhere', member, name)
  elseif place == 'processing' then look_at_holder_of(id)
  elseif place == 'awaiting' then look_at_parent_of(id) end
end

-- Scores are whole seconds, rounded up or down.
local function look_at_time(member, score)
  local at = ms_of(field(job_prefix .. id_of(member) .. ':state', 'EnqueueAt'))
  score = tonumber(score)
  if not at or math.abs(score * 1000 - at) > 2000 then note('schedule-time', member) end
end

local function look_at_lease(id)
  if not is_held(id) then note('lease-without-holder', id) end
end

local function look_at_holder(id)
  if not ask('ZSCORE', P .. 'ops:leases', id) then note('holder-without-lease', id) end
end

local function look_at_note(id)
  local state = field(job_prefix .. id, 'State')
  if (is_ended(state) or not state and redis.call('EXISTS', job_prefix .. id) == 0) and not is_held(id) then note('note-without-job', id, name) end
end

local function look_at_server(server)
  local beat = beat_of(server)
  if not beat then note('server-without-record', server)
  elseif beat < now_ms - 2 * dead_after and not field(P .. 'server:' .. server, 'Ops') then note('server-silent', server) end
end

local function page(command, step)
  local reply = ask(command, key, from, 'COUNT', count)
  if not reply then return '' end
  for i = 1, #reply[2], step do
    local entry = reply[2][i]
    if name == 'ops:running' then look_at_holder(entry)
    elseif name == 'servers' then look_at_server(entry)
    else look_at_note(entry) end
  end
  return reply[1] == '0' and '' or reply[1]
end

-- Of these only the type is looked at: what they hold is no job's place, or outlives its jobs by design.
local only_type = {
  queues = true, succeeded = true, deleted = true, ['ops:paused'] = true, ['ops:types'] = true, ['ops:gone'] = true, ['ops:events'] = true, ['ops:findings'] = true,
}
if has_wrong_type(name) then note('wrong-type', name) end
if only_type[name] or #odd > 0 then return { '', {}, odd, now_text } end
local kind = wanted_type(name)
if kind == 'hash' then return { page('HSCAN', 2), {}, odd, now_text } end
if kind == 'set' then return { page('SSCAN', 1), {}, odd, now_text } end

local last = string.format('%d', tonumber(from) + count - 1)
local entries, ids = nil, {}
if kind == 'list' then
  entries = ask('LRANGE', key, from, last) or {}
  long = redis.call('LLEN', key) > longest_search
else
  entries = ask('ZRANGE', key, from, last, 'WITHSCORES') or {}
end
local step = kind == 'list' and 1 or 2
for i = 1, #entries, step do
  if name == 'ops:leases' then look_at_lease(entries[i])
  else look_at_entry(entries[i]) end
  if place == 'schedule' and field(job_prefix .. id_of(entries[i]), 'State') == 'Scheduled' then look_at_time(entries[i], entries[i + 1]) end
  if place == 'queue' or place == 'dequeued' or place == 'throttled' then ids[#ids + 1] = entries[i] end
end
return { #entries / step < count and '' or last, ids, odd, now_text }
