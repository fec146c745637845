-- uses: job, memory, trim
-- One heartbeat: renews the leases of all jobs that a worker runs, and says what it must know.
-- KEYS: 1 prefix.
-- ARGV: worker id; lease in ms; length of the event stream; its length at most; a type key that it has published; vitals as JSON to keep,
--   or ''; count of names and values of ops:worker:<id>, then those; then job id and token of each running job.
-- Returns: 1 whether the worker must announce itself again (1 or 0); 2 list of tokens that it holds no longer;
--   3 flat list of requested cancellations: token, JSON.
-- Event: none.
write_even_when_full()
local worker, vitals = ARGV[1], ARGV[6]
local server, key = P .. 'server:' .. worker, P .. 'ops:worker:' .. worker
local lease_end = string.format('%.0f', now_ms + tonumber(ARGV[2]))
local fields = tonumber(ARGV[7])
local missing = redis.call('EXISTS', server, key) < 2 or redis.call('SISMEMBER', P .. 'servers', worker) == 0
  or redis.call('HEXISTS', P .. 'ops:types', ARGV[5]) == 0

if redis.call('EXISTS', server) == 1 then redis.call('HSET', server, 'Heartbeat', now_text) end
redis.call('HSET', key, 'Heartbeat', now_text, unpack(ARGV, 8, 7 + fields))
redis.call('EXPIRE', key, 60)
if vitals ~= '' then
  redis.call('LPUSH', P .. 'ops:vitals:' .. worker, vitals)
  redis.call('LTRIM', P .. 'ops:vitals:' .. worker, 0, 719)
  redis.call('EXPIRE', P .. 'ops:vitals:' .. worker, 3600)
end
trim_events(tonumber(ARGV[3]), tonumber(ARGV[4]))

local lost, cancels = {}, {}
local any_cancel = redis.call('EXISTS', P .. 'ops:cancels') == 1
for i = 8 + fields, #ARGV, 2 do
  local id, token = ARGV[i], ARGV[i + 1]
  local job = P .. 'job:' .. id
  local held = redis.call('HGET', P .. 'ops:running', id)
  -- A Hangfire dashboard changes a running job without asking anyone: the state data then names another attempt, or none.
  if not held or string.sub(held, 1, #token + 1) ~= token .. '|' or redis.call('HGET', job .. ':state', 'WorkerId') ~= token then
    lost[#lost + 1] = token
  else
    redis.call('ZADD', P .. 'ops:leases', lease_end, id)
    redis.call('HSET', job, 'Fetched', now_text)
    local cancel = any_cancel and redis.call('HGET', P .. 'ops:cancels', id)
    if cancel then
      cancels[#cancels + 1] = token
      cancels[#cancels + 1] = cancel
    end
  end
end
return { missing and 1 or 0, lost, cancels }
