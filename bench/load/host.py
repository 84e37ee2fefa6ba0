"""What the kernel says: CPU and memory of a process, and whether the host took CPU away meanwhile.

A virtual machine may lose a core for a while. Where the hypervisor tells, it is steal time in
/proc/stat; where it does not, the core's accounted ticks fall short of the time that passed, or a
loop that always does the same work takes longer than it can. A slice with any of these is no
measurement of anything but the host, and is dropped.
"""

import dataclasses
import os
import pathlib
import time

TICK = os.sysconf("SC_CLK_TCK")
SERVER_CORE, LOAD_CORE = 0, 1

MAX_STEAL = 0.01  # share of the slice
MAX_MISSING = 0.04
# Both cores' time that went to neither the server nor the load. The kernel's work for the disk is
# in it, so that it is never nothing.
MAX_OTHERS = 0.25
MAX_SPIN = 1.25  # times the best

SPIN_STEPS = 100_000  # some milliseconds
SPIN_TRIES = 3


def cpu_seconds(pid):
    """User and system time of a process so far, threads that ended included."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def children_cpu_seconds():
    """Of our own children that have been waited for."""
    times = os.times()
    return times.children_user + times.children_system


def memory_mb(pid):
    """Resident memory, the part of it that is no file's, and the most there ever was."""
    names = {"VmRSS": "resident", "RssAnon": "anonymous", "VmHWM": "peak"}
    result = {}
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name in names:
            result[names[name]] = round(int(value.split()[0]) / 1024, 1)
    return result


def machine():
    """What the report says about where it ran."""
    model = "unknown"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    memory = pathlib.Path("/proc/meminfo").read_text().split()[1]
    return {"cpu": model, "cores": os.cpu_count(), "memory_gb": round(int(memory) / 1024 ** 2),
            "kernel": os.uname().release.split("-")[0]}


def _core_ticks():
    """Of each core: steal, all that was accounted, and what of it was work."""
    result = {}
    for line in pathlib.Path("/proc/stat").read_text().splitlines():
        name, *fields = line.split()
        if name in (f"cpu{SERVER_CORE}", f"cpu{LOAD_CORE}"):
            ticks = [int(field) for field in fields[:8]]
            idle = ticks[3] + ticks[4]
            result[name] = (ticks[7], sum(ticks), sum(ticks) - idle - ticks[7])
    return result


def _spin():
    began = time.perf_counter()
    total = 0
    for step in range(SPIN_STEPS):
        total += step
    return time.perf_counter() - began


class _Spinner:
    """Runs the same loop on each core; the best time ever seen is what it takes."""

    def __init__(self):
        self.best = {}
        for _ in range(5):
            self.worst_ratio()

    def worst_ratio(self):
        before = os.sched_getaffinity(0)
        worst = 1.0
        for core in (SERVER_CORE, LOAD_CORE):
            os.sched_setaffinity(0, {core})
            took = min(_spin() for _ in range(SPIN_TRIES))
            self.best[core] = min(self.best.get(core, took), took)
            worst = max(worst, took / self.best[core])
        os.sched_setaffinity(0, before)
        return worst


@dataclasses.dataclass
class Disturbance:
    """What was taken during a slice, as shares of it; `spin` as a multiple of the best."""
    steal: float
    missing: float
    others: float
    spin: float

    def reasons(self):
        found = {"steal": self.steal > MAX_STEAL, "missing ticks": self.missing > MAX_MISSING,
                 "other processes": self.others > MAX_OTHERS, "slow core": self.spin > MAX_SPIN}
        return [name for name, is_so in found.items() if is_so]


class Watch:
    """`with watch.over(pid) as seen: …` then `seen.disturbance`."""

    def __init__(self):
        self._spinner = _Spinner()

    def over(self, pid):
        return _Watching(pid, self._spinner)


class _Watching:
    def __init__(self, pid, spinner):
        self._pid, self._spinner = pid, spinner
        self.cpu = 0.0  # seconds, of the server
        self.disturbance = None

    def __enter__(self):
        self._ticks, self._began = _core_ticks(), time.perf_counter()
        self._cpu, self._children = cpu_seconds(self._pid), children_cpu_seconds()
        return self

    def __exit__(self, *exception):
        if exception[0] is not None:
            return
        elapsed = time.perf_counter() - self._began
        self.cpu = cpu_seconds(self._pid) - self._cpu
        ours = self.cpu + children_cpu_seconds() - self._children
        now = _core_ticks()
        difference = [[b - a for a, b in zip(self._ticks[core], now[core])] for core in now]
        # Ticks are coarse: two of them are noise.
        missing = max(elapsed * TICK - 2 - accounted for _, accounted, _ in difference)
        busy = sum(work for _, _, work in difference) / TICK
        self.disturbance = Disturbance(
            steal=max(steal for steal, _, _ in difference) / (elapsed * TICK),
            missing=max(missing, 0.0) / (elapsed * TICK),
            others=max(busy - ours, 0.0) / (elapsed * len(difference)),
            spin=self._spinner.worst_ratio())
