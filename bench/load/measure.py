"""One slice of load by wrk on one server, with what it cost."""

import json
import os
import subprocess

import host
from jobs import ONCE

class NoAnswers(Exception):
    """Not one in a whole slice."""


class Load:
    """Asks one server one kind of thing, slice after slice, and keeps the accounts: the numbers of
    the requests go on, single-use tokens are never used again, chains of tokens go on."""

    def __init__(self, server, job, connections=32):
        self.server, self.job, self.connections = server, job, connections
        self.material = server.material / job.material
        self.template = server.material / f"template.{job.name}"
        self.template.write_text(job.template(server.material), newline="")
        self.left = server.material / f"left.{job.name}"
        self.sent = self.right = self.wrong = self.longest = 0

    def run(self, seconds, watch):
        """The slice's figures. Everything counts for the accounts, also what is dropped later."""
        environment = dict(os.environ, TEMPLATE=str(self.template), MATERIAL=str(self.material),
                           USE=self.job.use, FIRST=str(self.sent), NEEDLE=self.job.needle,
                           LEFT=str(self.left))
        command = ["taskset", "-c", str(host.LOAD_CORE), "wrk", "-t1", f"-c{self.connections}",
                   f"-d{seconds}s", "--timeout", "10s", "--latency", "-s",
                   os.path.join(os.path.dirname(__file__), "job.lua"), self.server.base]
        with watch.over(self.server.pid) as seen:
            output = subprocess.run(command, env=environment, capture_output=True, text=True,
                                    check=True).stdout
        result = json.loads(output.split("RESULT ", 1)[1].splitlines()[0])
        for line in output.splitlines():
            if line.startswith("WRONG"):
                print(f"  {self.server.name}: {line[6:]}", flush=True)
        self.sent += result["sent"]
        self.longest = max(self.longest, result["sent"])
        self.right += result["right"]
        self.wrong += result["wrong"]
        if self.job.use == "chain":
            self.material = self.left
        answers = result["right"] + result["wrong"]
        if answers == 0:
            raise NoAnswers(f"{self.server.name}, {self.job.name}: not one answer in {seconds} s")
        return {"cpu_us": round(seen.cpu * 1e6 / answers, 2),
                "per_second": round(answers * 1e6 / max(result["microseconds"], 1)),
                "p50_ms": result["p50"] / 1000, "p99_ms": result["p99"] / 1000,
                "max_ms": result["max"] / 1000, "answers": answers, "wrong": result["wrong"],
                "disturbed": seen.disturbance.reasons()}

    def lasts(self, slices):
        """Whether there are single-use tokens for so many slices as long as the longest yet."""
        if self.job.use != ONCE:
            return True
        with open(self.material) as lines:
            have = sum(1 for _ in lines)
        return have - self.sent > slices * self.longest * 1.3

    def kept_tokens(self, most=16):
        """Refresh tokens that the last slice was answered with: they must still be good."""
        with open(self.left) as lines:
            return [line.strip() for _, line in zip(range(most), lines)]
