-- Shared: keeps the events of one call back and writes them together, because an entry of the stream costs Redis as much as two other
-- commands. A script that uses this calls write_events() before it returns. Uses job.

-- An entry becomes no longer than this by much, so that a reader can ask for many of them.
local most_events, most_bytes = 100, 8000
local kept, kept_bytes = {}, 0
local last_type, last_queue, last_before, last_worker
-- The entry's position is that of its last event; the others stand right before it. So the sequence must leave room: it begins with the
-- microsecond, which no other call shares.
local events_ms, events_at = now_text, tonumber(clock[2]) % 1000 * 1000

local function write_events()
  local n = #kept
  if n == 0 then return end
  local text = table.concat(kept, '\n')
  kept, kept_bytes, last_type, last_queue, last_before, last_worker = {}, 0, nil, nil, nil, nil
  local done = redis.pcall('XADD', events_key, events_ms .. string.format('-%d', events_at + n - 1), 'p', text)
  if type(done) == 'table' and done.err then
    -- The clock of Redis has gone back, or something else has written at this moment: the events stand behind what is there.
    local stream = redis.call('XINFO', 'STREAM', events_key)
    for i = 1, #stream, 2 do
      if stream[i] == 'last-generated-id' then events_ms, events_at = string.match(stream[i + 1], '^(%d+)%-(%d+)$') end
    end
    events_at = tonumber(events_at) + 1
    redis.call('XADD', events_key, events_ms .. string.format('-%.0f', events_at + n - 1), 'p', text)
  end
  events_at = events_at + n
end

local write_apart, has_newline = event, string.find
local clean = { [''] = true }

-- Texts of foreign hosts may hold anything, and a control character would end a field.
local function is_clean(text)
  if clean[text] == nil then clean[text] = not string.find(text, '%c') end
  return clean[text]
end

-- What is as in the event before it is not said again. The id stands last: it may hold anything but the end of a line.
event = function(kind, subject, type, queue, before, worker, details)
  type, queue, before, worker = type or '', queue or '', before or '', worker or ''
  local n = #kept + 1
  local text, apart
  if n > 1 and type == last_type and queue == last_queue and worker == last_worker then
    text = kind .. '\t\1\t\1\t' .. (before == last_before and '\1' or before) .. '\t\1\t' .. (details or '') .. '\t' .. subject
  else
    text = kind .. '\t' .. type .. '\t' .. queue .. '\t' .. before .. '\t' .. worker .. '\t' .. (details or '') .. '\t' .. subject
    apart = not (is_clean(type) and is_clean(queue) and is_clean(worker))
  end
  if apart or has_newline(text, '\n', 1, true) then
    write_events()
    return write_apart(kind, subject, type, queue, before, worker, details)
  end
  last_type, last_queue, last_before, last_worker = type, queue, before, worker
  kept[n] = text
  kept_bytes = kept_bytes + #text
  if n >= most_events or kept_bytes >= most_bytes then write_events() end
end
