-- uses: job
-- Writes progress and log lines of running jobs, for all jobs of a worker that have something new.
-- KEYS: 1 prefix.
-- ARGV: worker id; then for each job: id, token, queue, type name, attempt, percent or '' for no news, text,
--   count of log lines, then for each line: its age in ms, level ('info', 'warning', 'error'), text.
-- Returns: how many jobs were written; those whose token is no longer held are left out.
-- Events: 'progress' and 'log' per job.
local at, written = 1, 0
local function read()
  at = at + 1
  return ARGV[at]
end

while at < #ARGV do
  local id, token, queue, type, attempt, percent, text = read(), read(), read(), read(), read(), read(), read()
  local lines = {}
  for i = 1, tonumber(read()) do
    local age, level, line = read(), read(), read()
    lines[i] = string.format('{"at":%.0f,"level":"%s","attempt":%s,"text":', now_ms - tonumber(age), level, attempt) .. cjson.encode(line) .. '}'
  end
  local held = redis.call('HGET', P .. 'ops:running', id)
  if held and string.sub(held, 1, #token + 1) == token .. '|' then
    written = written + 1
    if percent ~= '' then
      local key = P .. 'ops:progress:' .. id
      redis.call('HSET', key, 'Percent', percent, 'Text', text, 'At', now_text, 'Attempt', attempt)
      redis.call('EXPIRE', key, 86400)
      event('progress', id, type, queue, 'Processing', ARGV[1], '{"percent":' .. percent .. ',"text":' .. cjson.encode(text) .. '}')
    end
    if #lines > 0 then
      local key = P .. 'ops:log:' .. id
      redis.call('RPUSH', key, unpack(lines))
      redis.call('LTRIM', key, -1000, -1)
      redis.call('EXPIRE', key, 86400)
      event('log', id, type, queue, 'Processing', ARGV[1], '{"lines":' .. #lines .. '}')
    end
  end
end
return written
