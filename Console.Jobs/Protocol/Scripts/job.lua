-- Reads what a job's page shows beside its row. Changes nothing.
-- KEYS: 1 prefix.
-- ARGV: 1 id, 2 most history entries
-- Returns: arguments, stack trace, result, continuations (each nil when missing), the newest history entries in order, ms until the hash expires
--         (-1 never, -2 gone), number of log lines, ms of Redis
-- Event: none
local P = KEYS[1]
local job = P .. 'job:' .. ARGV[1]
local clock = redis.call('TIME')

-- A key of another type than the layout's counts as missing.
local function read(command, key, ...)
  local reply = redis.pcall(command, key, ...)
  if type(reply) == 'table' and reply.err then return nil end
  return reply
end

return {
  read('HGET', job, 'Arguments') or false, read('HGET', job .. ':state', 'ExceptionDetails') or false, read('HGET', job .. ':state', 'Result') or false,
  read('HGET', job, 'Continuations') or false, read('LRANGE', job .. ':history', -tonumber(ARGV[2]), -1) or {},
  redis.call('PTTL', job), read('LLEN', P .. 'ops:log:' .. ARGV[1]) or 0,
  string.format('%.0f', tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)),
}
