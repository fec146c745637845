-- uses: job, times, sound
-- Counts what must come out even: the keys that do not expire, less three for each unfinished job in its place and less the lists themselves.
-- As long as nothing is wrong the rest stays what it is, but for uniqueness keys and for keys of others. Changes nothing.
-- KEYS: 1 prefix.
-- ARGV: none
-- Returns: the rest
-- Event: none
local all = redis.call('DBSIZE')
local rest = all
-- Numbered databases are told apart by their size; two of the same size are taken for one.
for keys, expires in string.gmatch(redis.call('INFO', 'keyspace'), 'keys=(%d+),expires=(%d+)') do
  if tonumber(keys) == all then rest = all - tonumber(expires) end
end

local function less(name) rest = rest - redis.call('EXISTS', P .. name) end

for name in pairs(type_by_name) do less(name) end
for _, place in ipairs({ 'schedule', 'processing', 'failed', 'awaiting' }) do rest = rest - 3 * (ask('ZCARD', P .. place) or 0) end
for _, queue in ipairs(ask('SMEMBERS', P .. 'queues') or {}) do
  for _, name in ipairs({ 'queue:' .. queue, 'queue:' .. queue .. ':dequeued', 'ops:throttled:' .. queue }) do less(name) end
  rest = rest - 3 * ((ask('LLEN', P .. 'queue:' .. queue) or 0) + (ask('ZCARD', P .. 'ops:throttled:' .. queue) or 0))
end
for _, server in ipairs(ask('SMEMBERS', P .. 'servers') or {}) do
  less('server:' .. server)
  less('server:' .. server .. ':queues')
end
return rest
