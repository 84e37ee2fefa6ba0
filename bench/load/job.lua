-- One job for wrk. The environment says which: TEMPLATE and MATERIAL are files, USE is how tokens
-- are used (cycle, once, chain), FIRST the number of the first request, NEEDLE what a right answer
-- contains, LEFT where the tokens go that are alive at the end of a chain.
-- Every answer is looked at: what is not right is counted, and the first of it is printed.

local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long nanoseconds; } time_of_day;
  int clock_gettime(int clock, time_of_day *result);
]]
local monotonic, reading = 1, ffi.new("time_of_day")
local function microseconds()
  ffi.C.clock_gettime(monotonic, reading)
  return tonumber(reading.seconds) * 1e6 + tonumber(reading.nanoseconds) / 1e3
end

local use, needle = os.getenv("USE"), os.getenv("NEEDLE")
local number = tonumber(os.getenv("FIRST"))
local keep_each, keep_most = 64, 16

-- Globals of a thread, which done() reads.
sent, right, wrong, began, ended = 0, 0, 0, 0, 0
tokens, kept = {}, {}

local parts, holes = {}, {}
local first_live, last_live = 1, 0

local function read_template()
  local file = assert(io.open(os.getenv("TEMPLATE"), "rb"))
  local text = file:read("*a")
  file:close()
  local at = 1
  while true do
    local from, to, name = text:find("{(%a+)}", at)
    while from and name ~= "token" and name ~= "number" do
      from, to, name = text:find("{(%a+)}", to + 1)
    end
    parts[#parts + 1] = text:sub(at, (from or 0) - 1)
    if not from then break end
    parts[#parts + 1] = ""
    holes[#parts] = name
    at = to + 1
  end
end

function setup(thread) thread_of_job = thread end

function init()
  read_template()
  for line in io.lines(os.getenv("MATERIAL")) do tokens[#tokens + 1] = line end
  last_live = #tokens
end

local function next_token()
  if use == "cycle" then return tokens[number % #tokens + 1] end
  if use == "once" then return tokens[number + 1] or "none-left" end
  local token = tokens[first_live] or "none-left"
  tokens[first_live] = nil
  first_live = first_live + 1
  return token
end

function request()
  if began == 0 then began = microseconds() end
  local token = next_token()
  for at, name in pairs(holes) do
    parts[at] = name == "token" and token or tostring(1000000 + number)
  end
  number = number + 1
  sent = sent + 1
  return table.concat(parts)
end

function response(status, _, body)
  ended = microseconds()
  if status ~= 200 or not body:find(needle, 1, true) then
    if wrong == 0 then print("WRONG " .. status .. " " .. body:sub(1, 400)) end
    wrong = wrong + 1
    return
  end
  right = right + 1
  local is_kept = right % keep_each == 0
  if use == "chain" or is_kept then
    local token = body:match('"refresh_?[tT]oken":"([^"]+)"')
    if use == "chain" then
      last_live = last_live + 1
      tokens[last_live] = token
    elseif token then
      kept[math.floor(right / keep_each) % keep_most + 1] = token
    end
  end
end

local function write_lines(name, lines)
  local file = assert(io.open(name, "w"))
  for _, line in pairs(lines) do file:write(line, "\n") end
  file:close()
end

function done(summary, latency)
  local get = function(name) return thread_of_job:get(name) end
  if use == "chain" then write_lines(os.getenv("LEFT"), get("tokens")) end
  if use ~= "chain" then write_lines(os.getenv("LEFT"), get("kept")) end
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"sent":%d,"right":%d,"wrong":%d,"microseconds":%d,"p50":%d,"p99":%d,"max":%d,"broken":%d}\n',
    get("sent"), get("right"), get("wrong"), get("ended") - get("began"), latency:percentile(50),
    latency:percentile(99), latency.max, errors.connect + errors.read + errors.write + errors.timeout))
end
