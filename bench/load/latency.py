"""Latency of an open loop at half of what the server can do: alone, beside slow clients, and with a
checkpoint forced in the middle."""

import contextlib
import json
import pathlib
import sqlite3
import subprocess
import sys
import threading
import time

import host
from jobs import ALL
from measure import Load
from servers import BUILD, Latchkey, People

HERE = pathlib.Path(__file__).resolve().parent
CONNECTIONS = 128
SLOW_CLIENTS = 100
SHARE = 0.5  # of capacity
TRIES = 3  # until a run that the host left alone
JOBS = ["user", "public_id", "metafields_set"]
GOAL_MS = {False: 5, True: 15}  # p99 of reads, of writes


@contextlib.contextmanager
def _slow_clients(server, _seconds):
    process = subprocess.Popen([sys.executable, HERE / "slow_clients.py", str(server.port),
                                str(SLOW_CLIENTS)])
    time.sleep(1)
    try:
        yield lambda: {}
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def _checkpoint(server, seconds):
    """Half way, by a connection of its own, and as strict as there is: writers have to wait. While
    the server's own checkpoint is at work it is refused, and tries again."""
    result = {}

    def work():
        time.sleep(seconds / 2)
        with sqlite3.connect(server.store(), timeout=10) as database:
            busy = True
            while busy:
                time.sleep(0.001)
                began = time.monotonic()
                busy = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            result.update(checkpoint_ms=round((time.monotonic() - began) * 1000, 1))

    thread = threading.Thread(target=work)
    thread.start()
    yield lambda: result
    thread.join()


@contextlib.contextmanager
def _alone(_server, _seconds):
    yield lambda: {}


CONDITIONS = {"alone": _alone, f"{SLOW_CLIENTS} slow clients": _slow_clients,
              "a checkpoint in the middle": _checkpoint}


def _ask(load, rate, seconds):
    output = subprocess.run(
        ["taskset", "-c", str(host.LOAD_CORE), BUILD / "open_loop", str(load.server.port),
         f"{rate:.1f}", str(seconds), str(CONNECTIONS), load.template, load.material,
         str(load.sent), load.job.needle], capture_output=True, text=True)
    if output.stderr:
        print("  " + output.stderr.strip()[:400], flush=True)
    if output.returncode != 0:
        raise SystemExit(f"{load.job.name} at {rate:.0f} a second: the load ended by itself")
    result = json.loads(output.stdout)
    load.sent += result["asked"]
    return result


def _measure(load, condition, rate, seconds, watch):
    best = None
    for _ in range(TRIES):
        with CONDITIONS[condition](load.server, seconds) as extra:
            with watch.over(load.server.pid) as seen:
                row = _ask(load, rate, seconds)
        row.update(extra(), disturbed=seen.disturbance.reasons())
        if best is None or not row["disturbed"]:
            best = row
        if not row["disturbed"]:
            break
    return best


def run(folder, people, seconds, watch):
    server = Latchkey(folder / "latency")
    server.prepare(People(people, people))
    server.start()
    rows = []
    try:
        for name in JOBS:
            load = Load(server, ALL[name])
            load.run(1, watch)
            capacity = load.run(max(seconds // 3, 1), watch)["per_second"]
            for condition in CONDITIONS:
                row = _measure(load, condition, capacity * SHARE, seconds, watch)
                row.update(job=name, title=load.job.title, condition=condition, capacity=capacity,
                           goal_ms=GOAL_MS[load.job.writes])
                rows.append(row)
                print(f"    {name}, {condition}: {row['per_second']:,}/s  p50 {row['p50']:.2f}  "
                      f"p99 {row['p99']:.2f}  max {row['max']:.1f} ms  wrong {row['wrong']}"
                      f"  {' '.join(row['disturbed'])}", flush=True)
    finally:
        server.stop()
    return {"seconds": seconds, "rows": rows}
