-- uses: job, memory, guard, counters, final, outcome
-- Gives back the jobs of a claim whose answer never reached the worker that asked.
-- KEYS: 1 prefix.
-- ARGV: worker id; prefix of its tokens; first and last token number of that claim.
-- Returns: how many were given back.
-- Event: 'requeued' per job.
write_even_when_full()
local worker, prefix, first, last = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local running, given, keep_lost = redis.call('HGETALL', P .. 'ops:running'), 0, {}
for i = 1, #running, 2 do
  local id = running[i]
  local token, holder, queue, _, attempt = string.match(running[i + 1], '^(.-)|(.-)|(.-)|(.-)|(.-)$')
  local number = token and holder == worker and string.sub(token, 1, #prefix) == prefix and tonumber(string.sub(token, #prefix + 1))
  if number and number >= first and number <= last then
    local f = redis.call('HMGET', P .. 'job:' .. id, 'State', 'Continuations', 'UniqueKey', 'Queue', 'Type', 'Method')
    let_go(id, queue)
    if f[1] == 'Processing' and redis.call('HGET', P .. 'job:' .. id .. ':state', 'WorkerId') == token then
      keep_lost[id] = true
      given = given + 1
      give_back({ id = id, worker = worker, queue = queue, type = type_name(f[5], f[6]), attempt = attempt, fields = f }, 'The answer to its claim was lost; it had not been started.', 0)
    end
  end
end
settle(keep_lost)
return given
