-- Replaces one view's row of one entity unless a newer one is stored. Returns 1 if it did, else 0.
-- KEYS[1] entity; ARGV: field of the time, its bytes, seconds, nanos, number n of values,
-- n pairs of field and bytes, then the view's other fields, which are removed.

-- google.protobuf.Timestamp: field 1 varint seconds, field 2 varint nanos; both absent when zero
local function varint(bytes, at)
  local positive, complement, scale = 0, 0, 1
  for i = 0, 9 do
    local byte = string.byte(bytes, at + i)
    if byte == nil then error({err = 'ERR stored event time is no Timestamp'}) end
    local seven = byte % 128
    if i < 9 then
      positive = positive + seven * scale
      complement = complement + (127 - seven) * scale
      scale = scale * 128
    end
    if byte < 128 then
      -- ten bytes are a negative number; doubles hold its complement exactly
      if i == 9 then return -complement - 1, at + 10 end
      return positive, at + i + 1
    end
  end
  error({err = 'ERR stored event time is no Timestamp'})
end

local stored = redis.call('HGET', KEYS[1], ARGV[1])
if stored then
  local seconds, nanos, at = 0, 0, 1
  while at <= #stored do
    local tag = string.byte(stored, at)
    if tag == 8 then
      seconds, at = varint(stored, at + 1)
    elseif tag == 16 then
      nanos, at = varint(stored, at + 1)
    else
      error({err = 'ERR stored event time is no Timestamp'})
    end
  end
  local newSeconds, newNanos = tonumber(ARGV[3]), tonumber(ARGV[4])
  if newSeconds < seconds or (newSeconds == seconds and newNanos < nanos) then return 0 end
end

local values = tonumber(ARGV[5])
local set = {ARGV[1], ARGV[2]}
for i = 6, 5 + 2 * values do set[#set + 1] = ARGV[i] end
redis.call('HSET', KEYS[1], unpack(set))
if #ARGV > 5 + 2 * values then
  local gone = {}
  for i = 6 + 2 * values, #ARGV do gone[#gone + 1] = ARGV[i] end
  redis.call('HDEL', KEYS[1], unpack(gone))
end
return 1
