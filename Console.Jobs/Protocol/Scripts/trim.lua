-- uses: job, trim
-- Keeps the stream of events to its length, and what the history has not stored yet beyond it.
-- KEYS: 1 prefix.
-- ARGV: length of the event stream; its length at most.
-- Returns: how many entries are left.
-- Event: none.
trim_events(tonumber(ARGV[1]), tonumber(ARGV[2]))
return redis.call('XLEN', P .. 'ops:events')
