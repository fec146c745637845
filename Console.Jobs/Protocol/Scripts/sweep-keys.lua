-- uses: job, times, sound
-- Looks at some of the keys: whether each job stands where its state says, and whether keys belong to something. Changes nothing.
-- KEYS: 1 prefix.
-- ARGV: 1 cursor, or '' to look at the keys named below; 2 keys at about, 3 the prefix as a pattern, 4 '1' to look at the types of the keys
--   beside a job's hash, too; then names without the prefix, at most 1,000
-- Returns: next cursor ('0' at the end); ids of the jobs that must stand in a queue; flat list of what looks wrong: kind, subject, evidence
-- Event: none
local waiting, parts = {}, {}

local look = {}

function look.Enqueued(id) waiting[#waiting + 1] = id end

function look.Scheduled(id)
  if not scheduled(id) then note('scheduled-nowhere', id) end
end

function look.Processing(id)
  if not ask('ZSCORE', P .. 'processing', id) then note('processing-unlisted', id) end
  look_at_holder_of(id)
end

function look.Failed(id)
  if not ask('ZSCORE', P .. 'failed', id) then note('failed-unlisted', id) end
end

function look.Succeeded(id, key)
  if redis.call('PTTL', key) == -1 then note('ended-for-ever', id) end
end
look.Deleted = look.Succeeded

look.Awaiting = look_at_parent_of

local function look_at_job(key, id)
  local state = redis.pcall('HGET', key, 'State')
  if type(state) == 'table' and state.err then return note('wrong-type', 'job:' .. id) end
  local found = state and look[state]
  if not found then return end
  found(id, key)
  if not is_ended(state) and redis.call('PTTL', key) >= 0 then note('unfinished-expires', id) end
end

-- The state and the history of jobs: as many jobs are asked for in one call, and only when some are gone one by one.
local function look_at_parts()
  if #parts == 0 then return end
  local jobs = {}
  for i, name in ipairs(parts) do jobs[i] = P .. string.match(name, '^job:[^:]+') end
  if redis.call('EXISTS', unpack(jobs)) == #jobs then return end
  for i, name in ipairs(parts) do
    if redis.call('EXISTS', jobs[i]) == 0 and redis.call('PTTL', P .. name) == -1 then note('part-without-job', name) end
  end
end

local function look_at_part(name)
  if ARGV[4] == '1' and has_wrong_type(name) then note('wrong-type', name)
  elseif string.find(name, ':state$') or string.find(name, ':history$') then parts[#parts + 1] = name end
end

local function look_at_server(name)
  local server = string.match(name, '^server:(.*):queues$') or string.sub(name, 8)
  if ask('SISMEMBER', P .. 'servers', server) == 0 then note('server-unlisted', server) end
end

local function look_at_other(key, name)
  local queue = string.match(name, '^queue:([^:]+)$')
  if queue then
    if type_of(key) == 'list' and ask('SISMEMBER', P .. 'queues', queue) == 0 then note('queue-unlisted', queue) end
  elseif string.find(name, '^server:') then look_at_server(name)
  elseif string.find(name, '^ops:unique:') then
    local holder = ask('GET', key)
    if holder and redis.call('EXISTS', job_prefix .. holder) == 0 then note('unique-without-job', string.sub(name, 12), holder) end
  elseif string.find(name, '^ops:worker:') then
    if redis.call('PTTL', key) == -1 and redis.call('EXISTS', P .. 'server:' .. string.sub(name, 12)) == 0 then note('worker-unlisted', string.sub(name, 12)) end
  end
  if has_wrong_type(name) then note('wrong-type', name) end
end

local page
if ARGV[1] == '' then
  page = { '', {} }
  for i = 5, #ARGV do page[2][i - 4] = P .. ARGV[i] end
else
  page = redis.call('SCAN', ARGV[1], 'MATCH', ARGV[3], 'COUNT', ARGV[2])
end
local start, of_job = #P + 1, #P + 4
for _, key in ipairs(page[2]) do
  if string.sub(key, start, of_job) ~= 'job:' then look_at_other(key, string.sub(key, start))
  elseif not string.find(key, ':', of_job + 1, true) then look_at_job(key, string.sub(key, of_job + 1))
  else look_at_part(string.sub(key, start)) end
end
look_at_parts()
return { page[1], waiting, odd }
