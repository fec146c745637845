-- Shared: Hangfire's counters. Uses job.

-- UTC day 'yyyy-MM-dd' of Unix seconds; Redis has no os.date. Days are counted from 0000-03-01, so that the leap day comes last.
local function utc_day(seconds)
  local days = math.floor(seconds / 86400) + 719468
  local era = math.floor(days / 146097)
  local day_of_era = days - era * 146097
  local year_of_era = math.floor((day_of_era - math.floor(day_of_era / 1460) + math.floor(day_of_era / 36524) - math.floor(day_of_era / 146096)) / 365)
  local day_of_year = day_of_era - (365 * year_of_era + math.floor(year_of_era / 4) - math.floor(year_of_era / 100))
  local shifted = math.floor((5 * day_of_year + 2) / 153)
  local month = shifted < 10 and shifted + 3 or shifted - 9
  local year = year_of_era + era * 400 + (month <= 2 and 1 or 0)
  return string.format('%04d-%02d-%02d', year, month, day_of_year - math.floor((153 * shifted + 2) / 5) + 1)
end

-- Adds to the counters of 'succeeded', 'failed' or 'deleted'. Hangfire keeps no total of failed.
local function count(name, jobs)
  if jobs == 0 then return end
  local key = P .. 'stats:' .. name
  local day = key .. ':' .. utc_day(now_s)
  local hour = day .. string.format('-%02d', math.floor(now_s % 86400 / 3600))
  if name ~= 'failed' then redis.call('INCRBY', key, jobs) end
  -- Only a counter that has just been made needs to be told when to go.
  if redis.call('INCRBY', day, jobs) == jobs then redis.call('EXPIRE', day, 2592000) end
  if redis.call('INCRBY', hour, jobs) == jobs then redis.call('EXPIRE', hour, 86400) end
end

-- Puts ids at the head of the list of succeeded or deleted jobs, which keeps 500.
local function list_final(name, ids)
  if #ids == 0 then return end
  redis.call('LPUSH', P .. name, unpack(ids))
  redis.call('LTRIM', P .. name, 0, 499)
end
