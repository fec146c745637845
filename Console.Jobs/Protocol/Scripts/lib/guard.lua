-- Shared: one damaged job must not stop those beside it. Uses nothing.

-- What Redis says when it takes no writes at all: that is no fault of the job, and the whole call must fail before it has written.
local refusals_of_redis = { 'MISCONF', 'READONLY', 'OOM', 'NOREPLICAS', 'CLUSTERDOWN', 'MASTERDOWN' }

-- Runs act(...) and returns its result; when the job's own data made it fail, returns nil and the fault as text.
local function guarded(act, ...)
  local ok, result = pcall(act, ...)
  if ok then return result end
  local text = type(result) == 'table' and tostring(result.err) or tostring(result)
  for _, refusal in ipairs(refusals_of_redis) do
    if string.find(text, refusal, 1, true) then error(result) end
  end
  return nil, text
end
