-- uses: job
-- Gives the turn to look for inconsistencies to one worker at a time.
-- KEYS: 1 prefix.
-- ARGV: 1 worker, 2 ms until the turn ends unless it is asked for again
-- Returns: 1 when the turn is that worker's, else 0
-- Event: none
local holder = redis.call('GET', P .. 'ops:sweep')
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', P .. 'ops:sweep', ARGV[1], 'PX', ARGV[2])
return 1
