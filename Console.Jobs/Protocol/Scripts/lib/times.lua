-- Shared: stored times. Uses nothing.

-- Unix ms of a stored time: milliseconds as text, or ISO-8601 (Hangfire compatibility level 110). Nil when it is neither.
local function ms_of(text)
  if not text then return nil end
  local number = tonumber(text)
  if number then return number end
  local y, mo, d, h, mi, s, fraction = string.match(text, '^(%d+)-(%d+)-(%d+)T(%d+):(%d+):(%d+)%.?(%d*)')
  if not y then return nil end
  y, mo, d = tonumber(y), tonumber(mo), tonumber(d)
  if mo <= 2 then y, mo = y - 1, mo + 12 end
  local days = 365 * y + math.floor(y / 4) - math.floor(y / 100) + math.floor(y / 400) + math.floor((153 * (mo - 3) + 2) / 5) + d - 1 - 719468
  return ((days * 24 + h) * 60 + mi) * 60000 + s * 1000 + math.floor((tonumber('0.' .. fraction .. '0') or 0) * 1000)
end
