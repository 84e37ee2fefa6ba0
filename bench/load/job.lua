-- One kind of request for wrk; the environment says which and where its material lies.
-- Every answer is looked at: what is not right is counted and printed.

local job = os.getenv("JOB")
local folder = os.getenv("MATERIAL")
local first = tonumber(os.getenv("FIRST") or "0")

local function lines(name)
  local result = {}
  for line in io.lines(folder .. "/" .. name) do result[#result + 1] = line end
  return result
end

local basic = "Basic " .. lines("basic")[1]
local partners = "/api/latest/partners/graphql.json"
local users = "/api/latest/users/graphql.json"
local json = { ["Content-Type"] = "application/json", ["Authorization"] = basic }
local fetch = [[{"query":"mutation FetchTokensForUser($consentToken: String, $publicId: String) { ]] ..
  [[fetchTokensForUser(consentToken: $consentToken, publicId: $publicId) { publicId accessToken ]] ..
  [[refreshToken expiresIn tokenType scope user { sub email emailVerified givenName familyName } ]] ..
  [[userErrors { code field message } } }","variables":{"%s":"%s"}}]]

local material, at, needle = {}, first, '"accessToken":"lk_at_'

-- Each job: the next request as text.
local jobs = {}

function jobs.user()
  return wrk.format("POST", users,
    { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. material[1] },
    [[{"query":"query CurrentUser { user { sub email emailVerified givenName familyName name avatar } }"}]])
end

function jobs.public_id()
  at = at + 1
  return wrk.format("POST", partners, json, fetch:format("publicId", material[(at - 1) % #material + 1]))
end

function jobs.consent_token()
  at = at + 1
  return wrk.format("POST", partners, json, fetch:format("consentToken", material[at] or "none-left"))
end

-- A live token each time: the answer's token goes to the end of the queue.
local queue_first = 1
function jobs.refresh_token()
  local token = material[queue_first] or "none-left"
  material[queue_first] = nil
  queue_first = queue_first + 1
  return wrk.format("POST", "/oauth/token",
    { ["Content-Type"] = "application/x-www-form-urlencoded", ["Authorization"] = basic },
    "grant_type=refresh_token&refresh_token=" .. token)
end

local sources = { user = "bearer", public_id = "public_ids", consent_token = "consent_tokens",
                  refresh_token = "refresh_tokens" }
local needles = { user = '"email":"person', public_id = needle, consent_token = needle,
                  refresh_token = '"access_token":"lk_at_' }

local queue_last
wrong, right = 0, 0

function setup(thread) thread_of_job = thread end

function init()
  material = lines(sources[job])
  queue_last = #material
  needle = needles[job]
end

function request() return jobs[job]() end

function response(status, _, body)
  if status ~= 200 or not body:find(needle, 1, true) then
    wrong = wrong + 1
    return
  end
  right = right + 1
  if job == "refresh_token" then
    queue_last = queue_last + 1
    material[queue_last] = body:match('"refresh_token":"([^"]+)"')
  end
end

function done(summary, latency)
  io.write(string.format('RESULT {"requests":%d,"right":%d,"wrong":%d,"microseconds":%d,"p50":%d,"p99":%d}\n',
    summary.requests, thread_of_job:get("right"), thread_of_job:get("wrong"), summary.duration,
    latency:percentile(50), latency:percentile(99)))
end
