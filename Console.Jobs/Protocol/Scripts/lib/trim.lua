-- Shared: keeps the stream of events to its length. Uses job.

-- Trims to about `length` entries. What the history has not stored yet stays beyond that, up to about `longest`; one call takes out
-- 50,000 entries at most.
local function trim_events(length, longest)
  local key = P .. 'ops:events'
  local beyond = redis.call('XLEN', key) - length
  if beyond <= 0 then return end
  local most = math.min(beyond, 50000)
  local stored = redis.call('GET', P .. 'ops:stored')
  if stored and string.find(stored, '^%d+%-%d+$') then
    redis.call('XTRIM', key, 'MINID', '~', stored, 'LIMIT', most)
    redis.call('XTRIM', key, 'MAXLEN', '~', math.max(length, longest), 'LIMIT', 50000)
  else
    redis.call('XTRIM', key, 'MAXLEN', '~', length, 'LIMIT', most)
  end
end
