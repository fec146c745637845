-- The rule of a resource that is fenced: under a token older than the newest one seen, or under the newest one but from another
-- holder, nothing is accepted. Everything that is said is written down in order, so that the rule itself can be checked afterwards.
-- KEYS: 1 hash of the newest token and its holder by job; 2 stream of all that was said.
-- ARGV: what ('begin' or 'effect'), job, token, holder.
-- Returns: 1 accepted, 0 refused.
local what, job, token, holder = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local newest, by = string.match(redis.call('HGET', KEYS[1], job) or '0|', '^(%d+)|(.*)$')
newest = tonumber(newest)
local accepted = token > newest or (token == newest and by == holder)
if accepted then redis.call('HSET', KEYS[1], job, token .. '|' .. holder) end
redis.call('XADD', KEYS[2], '*', 'w', what, 'j', job, 't', token, 'h', holder, 'a', accepted and 1 or 0)
return accepted and 1 or 0
