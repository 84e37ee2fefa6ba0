"""What is asked, as bytes: one template per job, filled in by wrk (job.lua) and open_loop.

A template is a whole HTTP request in which {token} is the next line of the job's material and
{number} counts the requests. Tokens of one kind have one length, and so has the request.
"""

import dataclasses
import json

PARTNERS = "/api/latest/partners/graphql.json"
USERS = "/api/latest/users/graphql.json"

FETCH = """mutation FetchTokensForUser($consentToken: String, $publicId: String) {
  fetchTokensForUser(consentToken: $consentToken, publicId: $publicId) {
    publicId accessToken refreshToken expiresIn tokenType scope
    user { sub email emailVerified givenName familyName }
    userErrors { code field message } } }"""
USER = "query CurrentUser { user { sub email emailVerified givenName familyName name avatar } }"
SET = """mutation SetMetafields($metafields: [MetafieldSetInput!]!) {
  metafieldsSet(metafields: $metafields) {
    metafields { value definition { key } } userErrors { field message } } }"""
ONE_METAFIELD = """query Metafield { metafield(identifier: {key: "load"}) { value ownerId } }"""
METAFIELDS = """query Metafields { metafields(first: 100) { nodes { value definition { key } } } }"""

FIRST_NUMBER = 1_000_000  # numbers of one job have one length

CYCLE, ONCE, CHAIN = "cycle", "once", "chain"  # again and again; each once; the answer's comes next


@dataclasses.dataclass(frozen=True)
class Job:
    name: str
    title: str
    path: str
    body: str
    material: str  # the file of tokens
    use: str
    needle: str  # what a right answer contains
    authorization: str = "Basic {basic}"
    content_type: str = "application/json"
    method: str = "POST"
    goal_us: float | None = None  # CPU per request
    writes: bool = True

    def template(self, material):
        """The request, for the material in that folder."""
        token = first_line(material / self.material)
        basic = first_line(material / "basic")
        body = self.body.replace("{number}", str(FIRST_NUMBER)).replace("{token}", token)
        head = [f"{self.method} {self.path} HTTP/1.1", "Host: 127.0.0.1",
                f"Authorization: {self.authorization.replace('{basic}', basic)}"]
        if body:
            head += [f"Content-Type: {self.content_type}", f"Content-Length: {len(body)}"]
        return "\r\n".join(head) + "\r\n\r\n" + self.body


def first_line(path):
    with open(path) as lines:
        return lines.readline().strip()


def graphql(query, variables=None):
    text = {"query": " ".join(query.split())}
    if variables is not None:
        text["variables"] = variables
    return json.dumps(text, separators=(",", ":"))


BEARER = "Bearer {token}"
FORM = "application/x-www-form-urlencoded"

ALL = {job.name: job for job in [
    Job("user", "`user` query", USERS, graphql(USER), "bearers", CYCLE, '"email":"person',
        authorization=BEARER, goal_us=25, writes=False),
    Job("refresh_token", "`refresh_token` grant", "/oauth/token",
        "grant_type=refresh_token&refresh_token={token}", "refresh_tokens", CHAIN,
        '"refresh_token":"', content_type=FORM, goal_us=65),
    Job("public_id", "`fetchTokensForUser(publicId)`", PARTNERS,
        graphql(FETCH, {"publicId": "{token}"}), "public_ids", CYCLE, '"refreshToken":"',
        goal_us=65),
    Job("consent_token", "`fetchTokensForUser(consentToken)`", PARTNERS,
        graphql(FETCH, {"consentToken": "{token}"}), "consent_tokens", ONCE, '"refreshToken":"',
        goal_us=100),
    Job("metafields_set", "`metafieldsSet`", USERS,
        graphql(SET, {"metafields": [{"identifier": {"key": "load"}, "value": "{number}"}]}),
        "bearers", CYCLE, '"userErrors":[]', authorization=BEARER),
]}

# Of the growth curves.
GROWTH = {job.name: job for job in [
    Job("metafield", "`metafield`", USERS, graphql(ONE_METAFIELD), "bearers", CYCLE,
        '"ownerId":"', authorization=BEARER, writes=False),
    Job("metafields", "`metafields`", USERS, graphql(METAFIELDS), "bearers", CYCLE,
        '"key":"load"', authorization=BEARER, writes=False),
]}

# The nearest that a plain OpenID provider has: userinfo reads a person, an authorization code is
# what is exchanged once.
OIDC = {job.name: job for job in [
    Job("user", "userinfo", "/me", "", "bearers", CYCLE, '"email":"person', method="GET",
        authorization=BEARER, writes=False),
    Job("refresh_token", "`refresh_token` grant", "/token",
        "grant_type=refresh_token&refresh_token={token}", "refresh_tokens", CHAIN,
        '"refresh_token":"', content_type=FORM),
    Job("consent_token", "`authorization_code` grant", "/token",
        "grant_type=authorization_code&code={token}"
        "&redirect_uri=https%3A%2F%2Fshop.example%2Fcallback", "codes", ONCE,
        '"refresh_token":"', content_type=FORM),
]}
