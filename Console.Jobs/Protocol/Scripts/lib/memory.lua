-- Shared: for what must go on when Redis has reached its maxmemory. Redis refuses a script's writes then, unless it has written
-- something that takes no memory before; this does, and changes nothing. Uses job.
local function write_even_when_full()
  redis.call('DEL', P .. 'ops:nothing')
end
