"""Nothing that was acknowledged may be lost: the server is killed (SIGKILL) right after a job,
started again, and its store is counted against the answers."""

import json
import urllib.error
import urllib.parse
import urllib.request

from jobs import first_line


def check(load, before):
    """Kills and restarts the server. `before` is what its store held when the job began. Returns
    what was acknowledged, what is there, and which of it is wrong."""
    server, job = load.server, load.job
    server.kill()
    server.start()
    result = {"acknowledged": load.right, "sent": load.sent}
    if not job.writes:
        return {**result, "kept": None, "ok": load.wrong == 0}
    if job.name == "metafields_set":
        result["kept"] = load.sent - _lost_values(load)
    else:
        result["kept"] = server.durable_writes(job.name) - before
    usable = [_is_good(server, token) for token in load.kept_tokens()]
    if job.name == "metafields_set":
        usable = []
    result["tokens_tried"], result["tokens_good"] = len(usable), sum(usable)
    # What was still in flight at the end may be kept or not; what was answered must be.
    result["ok"] = (load.wrong == 0 and all(usable)
                    and load.right <= result["kept"] <= load.sent)
    return result


def before(load):
    job = load.job
    if not job.writes or job.name == "metafields_set":
        return 0
    return load.server.durable_writes(job.name)


def _lost_values(load):
    """Each person's value must be the last one sent for them: how many are not."""
    with open(load.server.material / load.job.material) as lines:
        people = sum(1 for _ in lines)
    latest = {value % people: value for value in load.server.values()}
    lost = 0
    for person in range(min(people, load.sent)):
        expected = person + (load.sent - 1 - person) // people * people
        lost += latest.get(person) != expected
    return lost


def _is_good(server, token):
    """Whether it can still be refreshed."""
    basic = first_line(server.material / "basic")
    form = urllib.parse.urlencode({"grant_type": "refresh_token", "refresh_token": token})
    request = urllib.request.Request(
        server.base + server.jobs["refresh_token"].path, data=form.encode(),
        headers={"Authorization": f"Basic {basic}",
                 "Content-Type": "application/x-www-form-urlencoded"})
    try:
        return "refresh_token" in json.load(urllib.request.urlopen(request, timeout=10))
    except urllib.error.HTTPError:
        return False
