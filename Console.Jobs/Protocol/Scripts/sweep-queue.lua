-- uses: job, times, sound
-- Looks at a stretch of a long queue: whether each id has its job, which must not expire. Changes nothing.
-- KEYS: 1 prefix.
-- ARGV: 1 queue, 2 where to go on ('0' at first), 3 entries
-- Returns: where to go on ('' at the end), with one entry again by which the rest is known; the entries; flat list of what looks wrong: kind, subject, evidence
-- Event: none
local name, from, count = 'queue:' .. ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local ids = ask('LRANGE', P .. name, from, from + count - 1) or {}
for i = 1, #ids do
  -- One question says both: -2 when there is no such job, -1 when it does not expire.
  local left = redis.call('PTTL', job_prefix .. ids[i])
  if left == -2 then note('entry-without-job', ids[i], name)
  elseif left >= 0 then
    -- One that has ended and stands here still is passed over by a claim.
    local state = field(job_prefix .. ids[i], 'State')
    if state and not is_ended(state) then note('unfinished-expires', ids[i]) end
  end
end
return { #ids < count and '' or string.format('%d', from + count - 1), ids, odd }
