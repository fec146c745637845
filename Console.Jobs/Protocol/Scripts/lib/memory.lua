-- Shared: what goes on when Redis has reached its maxmemory, and what does not. Uses job.

-- Redis refuses a script's writes then, unless it has written something that takes no memory before; this does, and changes nothing.
local function write_even_when_full()
  redis.call('DEL', P .. 'ops:nothing')
end

-- The other way round: fails when Redis is full, before anything is changed. Without it, some first write that takes no memory would
-- let all the others through.
local function refuse_when_full()
  redis.call('SETRANGE', P .. 'ops:nothing', 0, '')
end
