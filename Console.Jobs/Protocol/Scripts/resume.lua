-- uses: job, memory
-- Ends the pause of a queue and wakes the workers.
-- KEYS: 1 prefix.
-- ARGV: 1 queue, 2 by, 3 reason
-- Returns: 'done' or 'not-paused'
-- Event: 'queue-resumed'
write_even_when_full()
local queue = ARGV[1]
if redis.call('HDEL', P .. 'ops:paused', queue) == 0 then return 'not-paused' end
event('queue-resumed', queue, '', queue, '', '', cjson.encode({ by = ARGV[2], reason = ARGV[3] }))
redis.call('PUBLISH', P .. 'JobFetchChannel', queue)
return 'done'
