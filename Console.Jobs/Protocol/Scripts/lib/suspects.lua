-- Shared: keeps jobs apart that have lost workers. A job that ends its worker would otherwise take the same companions along at each
-- start, and they would be quarantined with it. Uses job.

-- One more lost worker would put a job with so many into quarantine.
local last_chance = 2
local any_lost, most_lost

local function lost_starts(count) return tonumber(count or '0') or 0 end

-- The most lost starts that a job of this worker has.
local function find_most(worker)
  local lost, most = redis.call('HGETALL', P .. 'ops:lost'), 0
  for i = 1, #lost, 2 do
    local starts = lost_starts(lost[i + 1])
    local held = starts > most and redis.call('HGET', P .. 'ops:running', lost[i])
    if held and string.match(held, '^.-|(.-)|') == worker then most = starts end
  end
  return most
end

-- Whether a job must wait: one on its last chance runs beside no other that has lost a worker. Remembers those that need not.
local function must_wait_apart(id, worker)
  if any_lost == nil then any_lost = redis.call('EXISTS', P .. 'ops:lost') == 1 end
  local starts = any_lost and lost_starts(redis.call('HGET', P .. 'ops:lost', id)) or 0
  if starts == 0 then return false end
  most_lost = most_lost or find_most(worker)
  if most_lost > 0 and math.max(starts, most_lost) >= last_chance then return true end
  most_lost = math.max(starts, most_lost)
  return false
end
