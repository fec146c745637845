-- Shared: keeps the stream of events to its length. Uses job.

-- How many events an entry holds, by the oldest and the newest ones.
local function events_per_entry(key)
  local entries, events = 0, 0
  for _, sample in ipairs({ redis.call('XRANGE', key, '-', '+', 'COUNT', 8), redis.call('XREVRANGE', key, '+', '-', 'COUNT', 8) }) do
    for _, entry in ipairs(sample) do
      local fields = entry[2]
      entries = entries + 1
      events = events + (fields[1] == 'p' and select(2, string.gsub(fields[2], '\n', '\n')) or 0) + 1
    end
  end
  return events / entries
end

-- Trims to about `length` events. What the history has not stored yet stays beyond that, up to about `longest`; one call takes out
-- about 50,000 events at most.
local function trim_events(length, longest)
  local key = P .. 'ops:events'
  local entries = redis.call('XLEN', key)
  -- No entry holds more than 100.
  if entries * 100 <= length then return end
  local each = events_per_entry(key)
  local most = math.ceil(50000 / each)
  length, longest = math.ceil(length / each), math.ceil(longest / each)
  local beyond = entries - length
  if beyond <= 0 then return end
  local stored = redis.call('GET', P .. 'ops:stored')
  if stored and string.find(stored, '^%d+%-%d+$') then
    redis.call('XTRIM', key, 'MINID', '~', stored, 'LIMIT', math.min(beyond, most))
    redis.call('XTRIM', key, 'MAXLEN', '~', math.max(length, longest), 'LIMIT', most)
  else
    redis.call('XTRIM', key, 'MAXLEN', '~', length, 'LIMIT', math.min(beyond, most))
  end
end
