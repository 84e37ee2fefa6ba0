#!/usr/bin/env python3
"""Counts the instructions and allocations of the hot paths and compares them with baseline.json.

    ./x instructions            fails when a path costs more than the tolerance allows
    ./x instructions --update   takes today's counts as the baseline: commit it, and say why

Times are noise on a shared machine; instructions are not. What libc and libsodium execute is left
out, since they choose their code by the processor; OpenSSL is told to use its plainest.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BASELINE = HERE / "baseline.json"
TOLERANCE = 0.05

# Whose instructions count. Each is the same code on every x86-64 with these settings.
COUNTED = {"latchkey_instructions": "latchkey", "libsqlite3": "sqlite", "libcrypto": "openssl",
           "libsimdjson": "simdjson", "libfmt": "fmt", "libz": "zlib", "libstdc++": "libstdc++"}
FIXED = {"OPENSSL_ia32cap": "0x0:0x0", "SIMDJSON_FORCE_IMPLEMENTATION": "westmere"}

COST = re.compile(r"^[+\-*\d]\S* (\d+)")
ALLOCATES = {"malloc", "calloc", "realloc", "aligned_alloc", "posix_memalign"}


def count_file(path):
    """Of one callgrind dump: the path's name, self cost by object, and how often memory was asked
    for."""
    current, callee, costs, allocations, skip, title = None, None, {}, 0, False, None
    for line in path.read_text().splitlines():
        if line.startswith("desc: Trigger: Client Request: "):
            title = line.rsplit(": ", 1)[1]
        elif line.startswith("ob="):
            current = pathlib.PurePosixPath(line[3:]).name.split(".so")[0]
        elif line.startswith("cfn="):
            callee = line[4:]
        elif line.startswith("calls="):
            skip = True  # the next line is what the callee cost: counted where it is spent
            if callee in ALLOCATES:
                allocations += int(line[6:].split()[0])
        elif match := COST.match(line):
            if not skip and current is not None:
                costs[current] = costs.get(current, 0) + int(match.group(1))
            skip = False
    return title, costs, allocations


def run(program, folder):
    """Instructions of one request on each path, by whose they are."""
    environment = dict(os.environ, **FIXED)
    command = ["valgrind", "--tool=callgrind", "--instr-atstart=no", "--dump-line=no",
               "--compress-strings=no", f"--callgrind-out-file={folder}/callgrind.out", program, f"{folder}/data"]
    finished = subprocess.run(command, env=environment, capture_output=True, text=True)
    if finished.returncode != 0:
        sys.exit(f"{program} failed under valgrind:\n{finished.stderr[-2000:]}")
    times = {name: int(count) for name, count in
             (line.split() for line in finished.stdout.splitlines())}
    result = {}
    for path in sorted(folder.glob("callgrind.out*")):
        title, costs, allocations = count_file(path)
        if title in times:
            result[title] = {label: round(costs.get(name, 0) / times[title])
                             for name, label in COUNTED.items() if costs.get(name)}
            result[title]["allocations"] = round(allocations / times[title], 1)
    missing = set(times) - set(result)
    if missing:
        sys.exit(f"no counts of {', '.join(sorted(missing))}: is valgrind whole?")
    return result


def instructions(counts):
    return sum(count for whose, count in counts.items() if whose != "allocations")


def rise(now, before):
    return now / before - 1 if before else float(now > 0)


def compare(baseline, now):
    """Prints every path; the names of those that cost too much."""
    worse = [path for path in baseline if path not in now]
    for path, counts in now.items():
        before = baseline.get(path)
        if before is None:
            print(f"{path:16}{instructions(counts):>9,}   new")
            worse.append(path)
            continue
        change = rise(instructions(counts), instructions(before))
        more_memory = rise(counts["allocations"], before["allocations"])
        parts = "  ".join(f"{whose} {count:,} ({count - before.get(whose, 0):+,})"
                          for whose, count in counts.items() if whose != "allocations")
        print(f"{path:16}{instructions(counts):>9,}  {change:+6.1%}  {counts['allocations']:5} allocations "
              f"({counts['allocations'] - before['allocations']:+.1f})   {parts}")
        if max(change, more_memory) > TOLERANCE:
            worse.append(path)
        elif min(change, more_memory) < -TOLERANCE:
            print(f"{'':16}cheaper than the baseline: keep it with ./x instructions --update")
    return worse


def main():
    parser = argparse.ArgumentParser(prog="./x instructions", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="write baseline.json")
    parser.add_argument("--program", default=ROOT / "build/release/bin/latchkey_instructions")
    parser.add_argument("--keep", type=pathlib.Path,
                        help="an empty folder for callgrind's files, for callgrind_annotate")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="latchkey-instructions-") as temporary:
        now = run(options.program, options.keep or pathlib.Path(temporary))
    if options.update:
        BASELINE.write_text(json.dumps(now, indent=1) + "\n")
        print(f"wrote {BASELINE.relative_to(ROOT)}")
        return
    worse = compare(json.loads(BASELINE.read_text()), now)
    if worse:
        sys.exit(f"instructions: {', '.join(worse)} cost more than {TOLERANCE:.0%} over the baseline. Find out where:\n"
                 "  ./x instructions --keep DIR, then callgrind_annotate DIR/callgrind.out.N\n"
                 "If the work is worth its price: ./x instructions --update, and say why in the commit.")


if __name__ == "__main__":
    main()
