-- Reads jobs as rows show them. Changes nothing.
-- KEYS: 1 prefix.
-- ARGV: ids of jobs, at most 100
-- Returns: for each id: fields of the hash, fields of the state hash (each a flat list; without arguments above 16 KB, results and
--         stack traces; other texts cut at 4 KB), entry in ops:running or nil, entry in ops:cancels or nil, fields of the progress (flat list),
--         1 when in retries, 1 when in ops:quarantine, size of the arguments in bytes, what the newest 12 history entries say: last
--         StartedAt, EnqueuedAt before it, a queue that is not the default one, number of starts, length of the history, CreatedAt of
--         the last entry, exception type and message of the last failure (when its state hash does not carry them), worker of the last
--         start, a text that names keys of another type than the layout's, and 1 when it is Processing by a server that is gone or has
--         been silent for 5 minutes
-- Event: none
local P = KEYS[1]
local now_ms = tonumber(redis.call('TIME')[1]) * 1000

local function read(wrong, key, command, ...)
  local reply = redis.pcall(command, key, ...)
  if type(reply) == 'table' and reply.err then
    wrong[#wrong + 1] = string.sub(key, #P + 1)
    return nil
  end
  return reply
end

-- Leaves out the fields named in dropped when they are longer than it says, and cuts other long ones.
local function without(flat, dropped)
  local kept = {}
  for i = 1, #flat, 2 do
    local longest = dropped[flat[i]]
    if not longest or #flat[i + 1] <= longest then
      kept[#kept + 1] = flat[i]
      kept[#kept + 1] = longest and flat[i + 1] or string.sub(flat[i + 1], 1, 4096)
    end
  end
  return kept
end

local function look(history, state)
  local started, worker, enqueued, queue, starts, error_type, error_message = '', '', '', '', 0, '', ''
  for i = #history, 1, -1 do
    local entry = history[i]
    if string.find(entry, '"State":"Processing"', 1, true) then
      starts = starts + 1
      if starts == 1 then
        started = string.match(entry, '"StartedAt":"([^"]+)"') or ''
        worker = string.gsub(string.match(entry, '"ServerId":"([^"]+)"') or '', '\\/', '/')
      end
    elseif string.find(entry, '"State":"Enqueued"', 1, true) then
      if enqueued == '' then enqueued = string.match(entry, '"EnqueuedAt":"([^"]+)"') or '' end
      if queue == '' or queue == 'default' then queue = string.match(entry, '"Queue":"([^"]+)"') or queue end
    elseif error_type == '' and state ~= 'Failed' and string.find(entry, '"State":"Failed"', 1, true) then
      local ok, failure = pcall(cjson.decode, entry)
      if ok and type(failure) == 'table' then
        error_type = type(failure.ExceptionType) == 'string' and string.sub(failure.ExceptionType, 1, 500) or ''
        error_message = type(failure.ExceptionMessage) == 'string' and string.sub(failure.ExceptionMessage, 1, 2000) or ''
      end
    end
  end
  local last = history[#history] and string.match(history[#history], '"CreatedAt":"([^"]+)"') or ''
  return { started, enqueued, queue, starts, 0, last, error_type, error_message, worker }
end

-- Hangfire takes a server for dead when it is gone or has been silent for 5 minutes.
local function is_dead(server)
  local beat = redis.call('HGET', P .. 'server:' .. server, 'Heartbeat')
  return not beat or (tonumber(beat) or now_ms) < now_ms - 300000
end

local function row(id)
  local job, wrong = P .. 'job:' .. id, {}
  local fields = read(wrong, job, 'HGETALL') or {}
  local bytes = 0
  local state
  for i = 1, #fields, 2 do
    if fields[i] == 'Arguments' then bytes = #fields[i + 1] end
    if fields[i] == 'State' then state = fields[i + 1] end
  end
  local data = read(wrong, job .. ':state', 'HGETALL') or {}
  local history = read(wrong, job .. ':history', 'LRANGE', -12, -1) or {}
  local seen = look(history, state)
  seen[5] = #history < 12 and #history or redis.call('LLEN', job .. ':history')
  local progress = state == 'Processing' and read(wrong, P .. 'ops:progress:' .. id, 'HGETALL') or {}
  local server
  for i = 1, #data, 2 do
    if data[i] == 'ServerId' then server = data[i + 1] end
  end
  local orphaned = state == 'Processing' and server and is_dead(server)
  return {
    without(fields, { Arguments = 16384, ParameterTypes = 16384, Continuations = 0 }), without(data, { ExceptionDetails = 0, Result = 0 }),
    redis.call('HGET', P .. 'ops:running', id), redis.call('HGET', P .. 'ops:cancels', id), progress,
    state == 'Scheduled' and redis.call('ZSCORE', P .. 'retries', id) and 1 or 0,
    state == 'Failed' and redis.call('ZSCORE', P .. 'ops:quarantine', id) and 1 or 0,
    bytes, seen, table.concat(wrong, ', '), orphaned and 1 or 0,
  }
end

local rows = {}
for i = 1, #ARGV do rows[i] = row(ARGV[i]) end
return rows
