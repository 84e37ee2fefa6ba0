"""The servers that are measured: how each is prepared, started, ended, and what its store holds.

Each runs on one core, in a folder of its own, and keeps its data in SQLite with synchronous=FULL.
"""

import dataclasses
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request

from host import SERVER_CORE, memory_mb
from jobs import ALL, FIRST_NUMBER, OIDC

ROOT = pathlib.Path(__file__).resolve().parents[2]
PEERS = ROOT / "bench/peers"
BUILD = ROOT / "build/bench/bin"
START_SECONDS = 30


@dataclasses.dataclass(frozen=True)
class People:
    """How many there are, and of how many the load knows the tokens."""
    users: int
    sample: int
    consent_tokens: int = 0
    metafields: int = 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One program under load. Subclasses say how to prepare and start it, and how to count."""
    name, label, jobs = "", "", {}
    health = "/healthz"

    def __init__(self, folder):
        self.data, self.material = folder / "data", folder / "material"
        self.port, self.process, self.first_answer_ms = free_port(), None, 0.0
        self.log = None
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def base(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self):
        return self.process.pid

    def memory(self):
        return memory_mb(self.pid)

    def idle_memory(self):
        """Once it has nothing to do any more: what only the start needed may go after the first
        answer."""
        time.sleep(1)
        return self.memory()

    def open_sockets(self):
        count = 0
        for file in pathlib.Path(f"/proc/{self.pid}/fd").iterdir():
            try:
                count += os.readlink(file).startswith("socket:")
            except FileNotFoundError:
                pass  # closed meanwhile
        return count

    def start(self):
        """Until the first answer, whose time is kept."""
        self.log = open(self.data.parent / "log", "ab")
        began = time.monotonic()
        self.process = subprocess.Popen(["taskset", "-c", str(SERVER_CORE), *self.command()],
                                        stdout=self.log, stderr=self.log)
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() - began > START_SECONDS:
                raise SystemExit(f"{self.name} did not start: {self.data.parent / 'log'}")
            time.sleep(0.001)
        self.first_answer_ms = (time.monotonic() - began) * 1000

    def _answers(self):
        try:
            urllib.request.urlopen(self.base + self.health, timeout=1).read()
            return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def _end(self, how):
        if self.process is None:
            return
        self.process.send_signal(how)
        self.process.wait(30)
        self.process = None
        self.log.close()

    def stop(self):
        self._end(signal.SIGTERM)

    def kill(self):
        """As a power cut would end it, as far as the process is concerned."""
        self._end(signal.SIGKILL)

    def count(self, query):
        with sqlite3.connect(f"file:{self.store()}?mode=ro", uri=True, timeout=30) as database:
            return database.execute(query).fetchone()[0]

    def durable_writes(self, job):
        """How many writes of that kind the store holds."""
        return self.count(self.counts[job])

    def values(self):
        """The values that metafieldsSet left: the numbers of their requests."""
        with sqlite3.connect(f"file:{self.store()}?mode=ro", uri=True, timeout=30) as database:
            rows = database.execute(self.values_query).fetchall()
        return [int(row[0]) - FIRST_NUMBER for row in rows]

    def store(self):
        return self.data / "store.db"

    def prepare(self, people):
        raise NotImplementedError

    def command(self):
        raise NotImplementedError


class Latchkey(Server):
    name, label, jobs = "latchkey", "Latchkey", ALL
    counts = {
        "public_id": "SELECT count(*) FROM audit WHERE action = 'tokens.issued'",
        "consent_token": "SELECT count(*) FROM consumed_consent_tokens",
        "refresh_token": "SELECT coalesce(sum(generation), 0) FROM refresh_families",
    }
    values_query = "SELECT value FROM metafield_values"

    def store(self):
        return self.data / "latchkey.db"

    def prepare(self, people):
        subprocess.run([BUILD / "load_prepare", "--data", self.data, "--out", self.material,
                        "--users", str(people.users), "--sample", str(people.sample),
                        "--metafields", str(people.metafields),
                        "--consent-tokens", str(people.consent_tokens)], check=True)

    def command(self):
        config = self.data / "bench.toml"
        config.write_text("threads = 1\n")
        return [BUILD / "latchkey", "serve", "--data", self.data, "--config", config,
                "--listen", f"127.0.0.1:{self.port}"]


class NodeServer(Server):
    def prepare(self, people):
        self.data.mkdir(parents=True, exist_ok=True)
        self.material.mkdir(parents=True, exist_ok=True)
        subprocess.run(["node", f"{self.program}/prepare.mjs", self.data, self.material,
                        str(people.users), str(people.sample), str(people.consent_tokens)],
                       cwd=PEERS, check=True)

    def command(self):
        return [shutil.which("node"), PEERS / self.program / "server.mjs", self.data,
                str(self.port)]

    def start(self):
        os.environ["NODE_ENV"] = "production"
        super().start()


class Mercurius(NodeServer):
    name, label, jobs, program = "mercurius", "mercurius + jose + better-sqlite3", ALL, "mercurius"
    counts = {
        "public_id": "SELECT count(*) FROM audit WHERE action = 'tokens.issued'",
        "consent_token": "SELECT count(*) FROM consumed_consent_tokens",
        "refresh_token": "SELECT coalesce(sum(generation), 0) FROM refresh_families",
    }
    values_query = "SELECT value FROM metafield_values"


class OidcProvider(NodeServer):
    name, label, jobs, program = "oidc-provider", "oidc-provider", OIDC, "oidc-provider"
    health = "/.well-known/openid-configuration"
    counts = {
        "consent_token":
            "SELECT count(*) FROM payloads WHERE model = 'AuthorizationCode' AND consumed_at > 0",
        "refresh_token":
            "SELECT count(*) FROM payloads WHERE model = 'RefreshToken' AND consumed_at > 0",
    }


PEER_CLASSES = [Mercurius, OidcProvider]


def peer_versions():
    """What the peers are made of."""
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    packages = json.loads((PEERS / "package.json").read_text())["dependencies"]
    return {"Node": node.stdout.strip().lstrip("v"), **packages}
