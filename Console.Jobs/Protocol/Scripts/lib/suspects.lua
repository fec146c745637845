-- Shared: jobs that one more lost worker would put into quarantine. A worker runs one of them at a time: otherwise a job that ends
-- its worker would take the same companions along each time, and they would be quarantined with it. Uses job.
local suspect_starts = 2
local any_lost, runs_suspect

local function is_suspect(starts)
  return (tonumber(starts or '0') or 0) >= suspect_starts
end

local function find_suspect(worker)
  local lost = redis.call('HGETALL', P .. 'ops:lost')
  for i = 1, #lost, 2 do
    local held = is_suspect(lost[i + 1]) and redis.call('HGET', P .. 'ops:running', lost[i])
    if held and string.match(held, '^.-|(.-)|') == worker then return true end
  end
  return false
end

-- Whether a job must wait because its worker runs, or has just been given, another suspect.
local function must_wait_apart(id, worker)
  if any_lost == nil then any_lost = redis.call('EXISTS', P .. 'ops:lost') == 1 end
  if not any_lost or not is_suspect(redis.call('HGET', P .. 'ops:lost', id)) then return false end
  if runs_suspect == nil then runs_suspect = find_suspect(worker) end
  if runs_suspect then return true end
  runs_suspect = true
  return false
end
