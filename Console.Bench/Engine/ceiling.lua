-- Takes jobs and ends them in one call, with no worker in between: what Redis alone can do with the scripts of the engine. The text
-- of finish.lua stands in the place of the mark and is run twice, first to claim and then to end what was claimed.
-- KEYS: 1 prefix.
-- ARGV: worker id; jobs; type name.
-- Returns: how many were ended.
local function exchange(KEYS, ARGV)
--[[finish]]
end
local worker, wanted, name = ARGV[1], ARGV[2], ARGV[3]
local claimed = exchange(KEYS, { worker, wanted, '15000', '86400000', 'ceiling-', '0', '1', 'default', '0', '0' })[2]
local ask, jobs, i = { worker, '0', '15000', '86400000', 'ceiling-', '0', '1', 'default', '0', '' }, 0, 1
while i < #claimed do
  local id, queue, attempt, wait = claimed[i], claimed[i + 1], tostring(claimed[i + 2]), tostring(claimed[i + 4])
  for _, text in ipairs({ 's', id, 'ceiling-' .. jobs, queue, name, attempt, wait, '0', '' }) do ask[#ask + 1] = text end
  jobs = jobs + 1
  i = i + (claimed[i + 6] == '=' and 7 or 9)
end
ask[10] = tostring(jobs)
exchange(KEYS, ask)
return jobs
