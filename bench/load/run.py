#!/usr/bin/env python3
"""The bench: CPU per request of the server and of what one would run instead, in turns.

One core serves and the other asks. CPU time is the kernel's accounting of the server process, which
hardly moves when the machine is busy; requests per second do. Every answer is checked; after each
job the server is killed and its store counted. Slices in which the host took CPU away are dropped.

  ./x bench                all of it, about half an hour, and a new docs/performance.md
  ./x bench --quick        a look: short slices, small stores, no report
  ./x bench --only turns   one part: turns, people, connections, metafields, latency
  ./x bench --micro        also every bench of build/bench/bin/*_bench
"""

import argparse
import datetime
import json
import pathlib
import shutil
import signal
import sys
import tempfile

import growth
import host
import latency
import report
import turns
from servers import PEER_CLASSES, ROOT, Latchkey, People, peer_versions

PARTS = ["turns", "people", "connections", "metafields", "latency"]
FULL = turns.Effort(seconds=3, rounds=9, warm_up_seconds=5, most_rounds=18)
QUICK = turns.Effort(seconds=1, rounds=2, warm_up_seconds=2, most_rounds=3)
STARTS = 5
# What a server may use up in a second on a good machine; a look makes do with less.
TOKENS_PER_SECOND = {False: {"latchkey": 12_000, "mercurius": 1_500, "oidc-provider": 1_500},
                     True: {"latchkey": 3_000, "mercurius": 800, "oidc-provider": 800}}
JOBS = ["user", "refresh_token", "public_id", "consent_token", "metafields_set"]

# Refreshing comes before the exchanges: each of those opens a session, and a person's oldest of more
# than twenty ends.


def parse_arguments():
    parser = argparse.ArgumentParser(prog="./x bench", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a look, in a few minutes; writes no report")
    parser.add_argument("--only", action="append", choices=PARTS, help="may be given more than once")
    parser.add_argument("--jobs", nargs="+", choices=JOBS, default=JOBS, help="of the turns")
    parser.add_argument("--no-peers", action="store_true", help="only our own server")
    parser.add_argument("--people", type=int, default=1_000_000,
                        help="the largest store of the growth curve (1000000; 10000000 takes 8 minutes "
                             "to fill and 6 GB)")
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "build/bench",
                        help="where stores are made: the disk that is measured (build/bench)")
    parser.add_argument("--json", type=pathlib.Path, default=ROOT / "build/bench/figures.json",
                        help="every figure of the run (build/bench/figures.json)")
    parser.add_argument("--report", action="store_true",
                        help="write docs/performance.md from --json again, without running")
    return parser.parse_args()


def say(text):
    print(f"==> {text}", flush=True)


def run_turns(folder, options, effort, watch):
    classes = [Latchkey] + ([] if options.no_peers else PEER_CLASSES)
    servers = [cls(folder / cls.name) for cls in classes]
    single_use = "consent_token" in options.jobs
    try:
        for server in servers:
            # One token a request. When they are used up, the rounds end.
            seconds = (effort.rounds + 2) * turns.SINGLE_USE_SECONDS
            tokens = seconds * TOKENS_PER_SECOND[options.quick][server.name] if single_use else 0
            say(f"Preparing {server.name}")
            server.prepare(People(10_000, 10_000, tokens))
            server.start()
        starts = {server.name: turns.start_times(server, STARTS) for server in servers}
        idle = {server.name: server.idle_memory() for server in servers}
        jobs = []
        for name in options.jobs:
            say(f"{name}, in turns")
            jobs.append(turns.run_job(name, servers, effort, watch))
            for server, row in jobs[-1]["durable"].items():
                print(f"    {server}: {row}", flush=True)
        versions = {} if options.no_peers else peer_versions()
        return {"effort": vars(effort), "servers": {s.name: s.label for s in servers},
                "versions": versions, "starts": starts, "idle": idle, "jobs": jobs}
    finally:
        for server in servers:
            server.kill()


def people_counts(options):
    largest = min(options.people, 10_000) if options.quick else options.people
    counts = [10 ** power for power in range(3, 8) if 10 ** power <= largest]
    return counts or [largest]


def run_parts(folder, options, keep):
    """Runs the parts that are wanted; `keep(figures)` after each."""
    effort = QUICK if options.quick else FULL
    few = turns.Effort(1 if options.quick else 2, 1 if options.quick else 5, 1, 1)
    watch = host.Watch()
    largest = people_counts(options)
    parts = {
        "turns": ("In turns", lambda: run_turns(folder, options, effort, watch)),
        "people": ("How cost grows with people", lambda: growth.people(folder, largest, few, watch)),
        "connections": ("How cost grows with connections",
                        lambda: growth.connections(folder, few, watch)),
        "metafields": ("How cost grows with metafields",
                       lambda: growth.metafields(folder, few, watch)),
        "latency": ("Latency at half of capacity, open loop",
                    lambda: latency.run(folder, 10_000, 3 if options.quick else 15, watch)),
    }
    figures = {"date": datetime.date.today().isoformat(), "machine": host.machine()}
    for name in options.only or PARTS:
        title, run = parts[name]
        say(title)
        figures[name] = run()
        keep(figures)
    return figures


def failures(figures):
    """What was wrong or lost, as texts."""
    for job in figures.get("turns", {}).get("jobs", []):
        for server, row in job["durable"].items():
            if not row["ok"]:
                yield f"{server}, {job['name']}: {row}"
    for curve in ("people", "connections", "metafields"):
        for point in figures.get(curve, []):
            for name, row in point["jobs"].items():
                if row["wrong"]:
                    yield f"{curve} {point['x']}, {name}: {row['wrong']} wrong answers"
    for row in figures.get("latency", {}).get("rows", []):
        if row["wrong"] or row["answered"] != row["asked"]:
            yield f"latency, {row['job']}, {row['condition']}: {row}"


def main():
    options = parse_arguments()
    # Told to end, it still ends the servers and removes their stores.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    if options.report:
        report.write(json.loads(options.json.read_text()), ROOT / "docs")
        return
    # Parts that are not run this time keep the figures of the run before.
    before = json.loads(options.json.read_text()) if options.only and options.json.exists() else {}

    def keep(figures):
        options.json.write_text(json.dumps({**before, **figures}, indent=1) + "\n")

    folder = pathlib.Path(tempfile.mkdtemp(prefix="stores-", dir=options.folder))
    try:
        figures = run_parts(folder, options, keep)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(report.summary(figures))
    wrong = list(failures(figures))
    if wrong:
        sys.exit("wrong or lost:\n" + "\n".join(wrong))
    if not options.quick:
        report.write(json.loads(options.json.read_text()), ROOT / "docs")


if __name__ == "__main__":
    main()
