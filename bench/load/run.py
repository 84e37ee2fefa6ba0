#!/usr/bin/env python3
"""CPU per request of the whole server: one core serves, the other asks (wrk, 32 connections).

    bench/load/run.py [--server FILE] [--prepare FILE] [--seconds N] [--json FILE]

CPU time is the kernel's accounting of the server process (user and system), so it hardly moves when
the machine is busy; requests per second do. Every answer is checked; one wrong answer fails the run.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TICK = os.sysconf("SC_CLK_TCK")
# Refreshing comes before the exchanges: each of those opens a session, and a person's oldest of more
# than twenty ends.
JOBS = ["user", "refresh_token", "public_id", "consent_token"]


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory_mb(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


class Server:
    def __init__(self, program, data, port):
        config = data / "bench.toml"
        config.write_text("threads = 1\n")
        self.base = f"http://127.0.0.1:{port}"
        self.log = open(data / "bench.log", "wb")
        began = time.monotonic()
        self.process = subprocess.Popen(
            ["taskset", "-c", "0", program, "serve", "--data", data, "--listen", f"127.0.0.1:{port}",
             "--config", config], stdout=self.log, stderr=self.log)
        while True:
            try:
                urllib.request.urlopen(self.base + "/healthz", timeout=1).read()
                break
            except OSError:
                if self.process.poll() is not None:
                    sys.exit(f"the server ended: {(data / 'bench.log').read_text()[-500:]}")
                time.sleep(0.001)
        self.first_answer_ms = (time.monotonic() - began) * 1000
        self.pid = self.process.pid

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


def measure(server, job, material, first, seconds):
    environment = dict(os.environ, JOB=job, MATERIAL=str(material), FIRST=str(first))
    before = cpu_seconds(server.pid)
    answer = subprocess.run(
        ["taskset", "-c", "1", "wrk", "-t1", "-c32", f"-d{seconds}s", "--latency", "-s", HERE / "job.lua",
         server.base], env=environment, capture_output=True, text=True, check=True).stdout
    cpu = cpu_seconds(server.pid) - before
    result = json.loads(answer.split("RESULT ", 1)[1].splitlines()[0])
    return {"job": job, "cpu_us": round(cpu * 1e6 / result["requests"], 1),
            "per_second": round(result["requests"] * 1e6 / result["microseconds"]),
            "p50_ms": result["p50"] / 1000, "p99_ms": result["p99"] / 1000, **result}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--server", default=ROOT / "build/bench/bin/latchkey")
    parser.add_argument("--prepare", default=ROOT / "build/bench/bin/load_prepare")
    parser.add_argument("--seconds", type=int, default=5, help="of each job (5)")
    parser.add_argument("--port", type=int, default=18080)
    parser.add_argument("--users", type=int, default=1000)
    parser.add_argument("--tokens", type=int, default=20000, help="consent tokens, each used once (20000)")
    parser.add_argument("--json", type=pathlib.Path, help="write the figures there too")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        data, material = pathlib.Path(folder, "data"), pathlib.Path(folder, "material")
        material.mkdir()
        print(f"Preparing {options.users} people and {options.tokens} consent tokens …", flush=True)
        subprocess.run([options.prepare, data, material, str(options.users), str(options.tokens)], check=True)
        server = Server(options.server, data, options.port)
        figures = {"first_answer_ms": round(server.first_answer_ms, 1),
                   "idle_mb": round(memory_mb(server.pid), 1), "jobs": []}
        try:
            print(f"{'job':16}{'CPU us':>8}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'requests':>10}{'wrong':>7}")
            for job in JOBS:
                # Consent tokens are used once, so that job ends when they do.
                seconds = options.seconds if job != "consent_token" else min(options.seconds, 3)
                row = measure(server, job, material, 0, seconds)
                figures["jobs"].append(row)
                print(f"{job:16}{row['cpu_us']:8.1f}{row['per_second']:9}{row['p50_ms']:9.2f}"
                      f"{row['p99_ms']:9.2f}{row['requests']:10}{row['wrong']:7}", flush=True)
            figures["loaded_mb"] = round(memory_mb(server.pid), 1)
        finally:
            server.stop()
        print(f"first answer {figures['first_answer_ms']} ms after start; "
              f"{figures['idle_mb']} MB idle, {figures['loaded_mb']} MB after the load")
        if options.json:
            options.json.write_text(json.dumps(figures, indent=1) + "\n")
        if any(row["wrong"] for row in figures["jobs"]):
            sys.exit("some answers were wrong")


if __name__ == "__main__":
    main()
