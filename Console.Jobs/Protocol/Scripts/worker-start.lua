-- uses: job, memory
-- Announces a worker, or announces it again when its record was lost.
-- KEYS: 1 prefix.
-- ARGV: worker id; 'start' or 'again'; slots; count of queues, queues in order of priority;
--   count of catalogue entries, then type key and JSON of each; then names and values of ops:worker:<id>.
-- Returns: 1.
-- Event: 'worker-started', unless again.
write_even_when_full()
local worker, how, slots = ARGV[1], ARGV[2], ARGV[3]
local server, key = P .. 'server:' .. worker, P .. 'ops:worker:' .. worker
local at = 4
local queues, types = {}, {}
for i = 1, tonumber(ARGV[at]) do queues[i] = ARGV[at + i] end
at = at + #queues + 1
for i = 1, 2 * tonumber(ARGV[at]) do types[i] = ARGV[at + i] end
at = at + #types

redis.call('SADD', P .. 'servers', worker)
redis.call('DEL', server .. ':queues')
redis.call('RPUSH', server .. ':queues', unpack(queues))
local fields = {}
for i = at + 1, #ARGV, 2 do fields[ARGV[i]] = ARGV[i + 1] end
redis.call('HSET', server, 'WorkerCount', slots, 'StartedAt', fields.StartedAt, 'Heartbeat', now_text, 'Ops', '1')
redis.call('HSET', key, 'Heartbeat', now_text, 'Slots', slots, unpack(ARGV, at + 1))
redis.call('EXPIRE', key, 60)
if #types > 0 then redis.call('HSET', P .. 'ops:types', unpack(types)) end
if how == 'start' then
  event('worker-started', worker, '', '', '', worker, cjson.encode({ version = fields.Version, host = fields.Host, slots = tonumber(slots) }))
end
return 1
