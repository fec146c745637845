-- Shared: a worker that goes away. Uses job.

-- Takes a worker out of Hangfire's list of servers and writes it down as gone. how: 'stopped' or 'lost'. Writes 'worker-<how>'.
local function say_gone(worker, how)
  local key, server = P .. 'ops:worker:' .. worker, P .. 'server:' .. worker
  local known, flat = {}, redis.call('HGETALL', key)
  for i = 1, #flat, 2 do known[flat[i]] = flat[i + 1] end
  known.Queues = cjson.encode(redis.call('LRANGE', server .. ':queues', 0, 499))
  if known.Queues == '{}' then known.Queues = '[]' end
  redis.call('ZADD', P .. 'ops:gone', now_text, string.format('{"id":%s,"how":"%s","at":%.0f,"worker":%s}', cjson.encode(worker), how, now_ms, cjson.encode(known)))
  redis.call('ZREMRANGEBYRANK', P .. 'ops:gone', 0, -201)
  redis.call('SREM', P .. 'servers', worker)
  redis.call('DEL', server, server .. ':queues', key)
  redis.call('EXPIRE', P .. 'ops:vitals:' .. worker, 3600)
  event('worker-' .. how, worker, '', '', '', worker, cjson.encode({ version = known.Version or '', host = known.Host or '', slots = tonumber(known.Slots) or 0 }))
end
