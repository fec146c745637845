-- uses: job, memory
-- Pauses a queue: claims hand out nothing from it. Pausing again changes who, why and until when.
-- KEYS: 1 prefix.
-- ARGV: 1 queue, 2 by, 3 reason, 4 until (ms) or empty for no end
-- Returns: 'done'
-- Event: 'queue-paused'
write_even_when_full()
local queue = ARGV[1]
local pause = cjson.encode({ by = ARGV[2], reason = ARGV[3], at = now_ms, ['until'] = tonumber(ARGV[4]) })
local details = cjson.encode({ by = ARGV[2], reason = ARGV[3], ['until'] = tonumber(ARGV[4]) })
redis.call('HSET', P .. 'ops:paused', queue, pause)
event('queue-paused', queue, '', queue, '', '', details)
return 'done'
