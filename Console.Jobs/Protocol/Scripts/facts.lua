-- Reads what the history keeps of attempts beside their events. Changes nothing.
-- KEYS: 1 prefix.
-- ARGV: 1 bytes after which the rest is left for the next call, 2 longest text in bytes; then for each attempt, at most 200: job id, ms of
--   its end, state that its end wrote into the history
-- Returns: for each attempt, fewer than asked for when they are large: Type, Method, ParameterTypes, Arguments, CreatedAt, ParentId,
--         ScheduleId, ScheduledFor, ScheduleOwner, Tags (nil when missing, arguments that are too long are empty), number of the attempt or
--         0, the history's entry of the end (JSON; nil when it is not there any more, empty when it is too long), and StartedAt, ServerId
--         and EnqueuedAt of the attempt (empty when not found)
-- Event: none
local P = KEYS[1]
local most, longest = tonumber(ARGV[1]), tonumber(ARGV[2])
local chunk, chunks = 4, 12
-- The event gets its time when it is written, some way into the script that wrote the entry: it may be later than the entry's, never earlier.
local slack = 1000

-- A key of another type than the layout's counts as missing.
local function read(command, key, ...)
  local reply = redis.pcall(command, key, ...)
  if type(reply) == 'table' and reply.err then return {} end
  return reply
end

-- From the newest entry back to the end, then to its start and to the queue before it.
local function look(id, at, state)
  local key, name = P .. 'job:' .. id .. ':history', '"State":"' .. state .. '"'
  local seen = { newer = 0, started = '', worker = '', enqueued = '' }
  for from = -1, -chunk * chunks, -chunk do
    local entries = read('LRANGE', key, from - chunk + 1, from)
    for i = #entries, 1, -1 do
      local entry = entries[i]
      local is_start = string.find(entry, '"State":"Processing"', 1, true)
      if not seen.entry then
        local made = string.find(entry, name, 1, true) and tonumber(string.match(entry, '"CreatedAt":"(%d+)"') or '')
        if made and made <= at and at - made <= slack then seen.entry = entry
        elseif is_start then seen.newer = seen.newer + 1 end
      elseif is_start then
        -- The start of an earlier attempt: this one never had one.
        if seen.started ~= '' then return seen end
        seen.started = string.match(entry, '"StartedAt":"([^"]+)"') or ''
        seen.worker = string.gsub(string.match(entry, '"ServerId":"([^"]+)"') or '', '\\/', '/')
      elseif string.find(entry, '"State":"Enqueued"', 1, true) then
        seen.enqueued = string.match(entry, '"EnqueuedAt":"([^"]+)"') or ''
        return seen
      end
    end
    if #entries < chunk then break end
  end
  return seen
end

local rows, bytes = {}, 0
for i = 3, #ARGV, 3 do
  local f = read('HMGET', P .. 'job:' .. ARGV[i], 'Type', 'Method', 'ParameterTypes', 'Arguments', 'CreatedAt', 'ParentId', 'ScheduleId', 'ScheduledFor', 'ScheduleOwner', 'Tags', 'Attempt')
  for n = 1, 10 do
    f[n] = f[n] or false
    if f[n] and #f[n] > longest then f[n] = '' end
    bytes = bytes + (f[n] and #f[n] or 0)
  end
  local seen = look(ARGV[i], tonumber(ARGV[i + 1]), ARGV[i + 2])
  local attempt = f[11] and tonumber(f[11])
  f[11] = attempt and math.max(0, attempt - seen.newer) or 0
  f[12] = seen.entry or false
  if seen.entry and #seen.entry > longest then f[12] = '' end
  f[13], f[14], f[15] = seen.started, seen.worker, seen.enqueued
  bytes = bytes + (f[12] and #f[12] or 0)
  if bytes > most and #rows > 0 then break end
  rows[#rows + 1] = f
end
return rows
