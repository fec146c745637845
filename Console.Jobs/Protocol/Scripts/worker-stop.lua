-- uses: job, worker
-- Takes a worker that ends in good order out of the fleet.
-- KEYS: 1 prefix. ARGV: worker id.
-- Returns: 1, or 0 when it was out already.
-- Event: 'worker-stopped'.
if redis.call('EXISTS', P .. 'server:' .. ARGV[1], P .. 'ops:worker:' .. ARGV[1]) == 0 then return 0 end
say_gone(ARGV[1], 'stopped')
return 1
