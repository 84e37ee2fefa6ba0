"""The figures as text: a summary for the terminal, docs/performance.md with its plots for people."""

import plot
from report_parts import connections, latency, metafields, people
from spread import ratios, spread

OURS = "latchkey"

HEAD = """# Performance

Measured by `./x bench` on {date}: {cores} shared cores of an {cpu}, {memory_gb} GB, Linux
{kernel}. It writes this page and its plots; run it to see what your machine does.

![CPU time per request](performance.svg)
"""

METHOD = """
## How it is measured

- One core serves (`taskset`), the other asks: wrk with 32 connections, a request and its answer at a
  time on each, over loopback HTTP/1.1 without TLS. Our server runs with `threads = 1`; its request log is on.
- **CPU µs per request** is the kernel's accounting of the server process (user and system, all its
  threads) divided by the answers. It is the figure to compare: req/s and latency at saturation also
  say what the neighbours on a shared machine did.
- The servers take turns, slice by slice of {seconds} s, {rounds} rounds, after a warm-up; the order turns too. A
  ratio is of two slices of the same round; the median and the range of those ratios are given.
- A round is dropped when the host took CPU away in one of its slices: steal time, ticks missing from
  `/proc/stat`, other processes at work, or a calibrated loop that takes longer than it can.{dropped}
- Every answer is checked. After each job the server gets SIGKILL, is started again, and what its
  store holds is counted against the answers: not one acknowledged write may be missing. Refresh
  tokens from its last answers must still work.
- Everyone keeps data in SQLite with WAL and `synchronous=FULL`: each acknowledged write was fsynced.

The peers are in [`bench/peers/`](../bench/peers/), written to be quick: prepared statements, compiled GraphQL (JIT),
keys imported once, no request log. They do less than ours: profiles lie in the clear, a replayed
refresh token does not end its family, nobody may revoke a single session. better-sqlite3 is
synchronous, so each of their writes has an fsync of its own. `oidc-provider` has no API like
`fetchTokensForUser`; the nearest is the code grant, whose code is also exchanged once. It asks for Node 22 and runs
on 20 with a warning. Versions: {versions}.
"""


def pairs(job, name):
    """Our slices' and the peer's figure of each round that counts."""
    return [(row[OURS], row[name]) for row in job["rounds"] if OURS in row and name in row]


def ratio(job, name, key):
    return ratios(*zip(*[(ours[key], theirs[key]) for ours, theirs in pairs(job, name)]))


def column(job, name, key):
    return spread(row[name][key] for row in job["rounds"])


def job_rows(turns):
    """(job, server) for everything that was measured: a job may have no round that counts."""
    return [(job, name) for job in turns["jobs"] for name in turns["servers"]
            if job["rounds"] and name in job["rounds"][0]]


def summary(figures):
    lines = []
    turns = figures.get("turns")
    for job, name in job_rows(turns) if turns else []:
        cpu, rate = column(job, name, "cpu_us"), column(job, name, "per_second")
        line = f"{job['name']:16}{name:15}{cpu.text():>28} µs {rate.median:9,.0f}/s  durable " + \
            ("yes" if job["durable"][name]["ok"] else "NO")
        if name != OURS:
            line += f"   x{ratio(job, name, 'cpu_us').text()}"
        lines.append(line + ("   (the machine was never quiet)" if job["dropped"]["noisy"] else ""))
    if turns:
        for name, times in turns["starts"].items():
            memory = turns["idle"][name]
            lines.append(f"{name}: first answer {spread(times).text()} ms after start; "
                         f"{memory['resident']} MB idle, {memory['anonymous']} MB of it its own")
    return "\n".join(lines)


def write(figures, folder):
    machine = figures["machine"]
    turns = figures.get("turns")
    text = HEAD.format(date=figures["date"], **machine)
    if turns:
        text += _jobs_table(turns) + _memory_table(turns) + _durable_table(turns)
        (folder / "performance.svg").write_text(_bars(turns))
        text += _method(turns)
    growth = [part for part in (people(figures), connections(figures), metafields(figures)) if part]
    if growth:
        text += "\n## How cost grows\n\n![CPU per request as things grow](performance-growth.svg)\n"
        text += "".join(part.text for part in growth)
        (folder / "performance-growth.svg").write_text(plot.curves(
            "How cost grows", "Latchkey: CPU µs per request above, memory in MB below",
            [[part.panel for part in growth], [part.memory_panel for part in growth]]))
    text += latency(figures)
    (folder / "performance.md").write_text(text)
    print(f"wrote {folder / 'performance.md'}")


def _method(turns):
    versions = ", ".join(f"{name} {version}" for name, version in turns["versions"].items())
    return METHOD.format(dropped=_dropped(turns), versions=versions, **turns["effort"])


def _jobs_table(turns):
    text = ("\n## CPU per request\n\n| job | server | CPU µs | goal | req/s | p50 / p99 ms | ours is cheaper by |\n"
            "| --- | --- | --- | --- | --- | --- | --- |\n")
    for job, name in job_rows(turns):
        is_ours = name == OURS
        goal = f"≤ {job['goal_us']:g}" if is_ours and job["goal_us"] else ""
        by = "" if is_ours else f"**{ratio(job, name, 'cpu_us').median:.1f} ×** " \
            f"({ratio(job, name, 'cpu_us').low:.1f} – {ratio(job, name, 'cpu_us').high:.1f})"
        title = job["titles"][name]
        label = f"**{turns['servers'][name]}**" if is_ours else turns["servers"][name]
        text += (f"| {title} | {label} | {column(job, name, 'cpu_us').text(0 if not is_ours else 1)} | {goal} | "
                 f"{column(job, name, 'per_second').median:,.0f} | "
                 f"{column(job, name, 'p50_ms').median:.2f} / {column(job, name, 'p99_ms').median:.1f} | {by} |\n")
    return text + ("\nMedian and range over the rounds. req/s and latencies are at saturation, 32 requests at a "
                   "time: p50 is about 32 / (req/s).\n")


def _memory_table(turns):
    text = ("\n## Memory and start\n\n| server | first answer after start, ms | idle MB | under load MB | peak MB |\n"
            "| --- | --- | --- | --- | --- |\n")
    for name, label in turns["servers"].items():
        idle = turns["idle"][name]
        loaded = [job["memory"][name] for job in turns["jobs"] if name in job["memory"]]
        most = max(loaded, key=lambda row: row["resident"])
        text += (f"| {label} | {spread(turns['starts'][name]).text(0)} | {idle['resident']} ({idle['anonymous']}) | "
                 f"{most['resident']} ({most['anonymous']}) | {max(row['peak'] for row in loaded)} |\n")
    return text + ("\nResident memory; in parentheses what of it is the process's own (anonymous): the rest are pages of\n"
                   "the program and its libraries, which the system shares and can drop. Goals: 15 MB idle, 64 MB under\n"
                   "load, 50 ms to the first answer.\n")


def _durable_table(turns):
    text = ("\n## Every write durable\n\n| job | server | acknowledged | in the store after SIGKILL | sent |\n"
            "| --- | --- | --- | --- | --- |\n")
    for job, name in job_rows(turns):
        row = job["durable"][name]
        if row["kept"] is not None:
            text += (f"| {job['titles'][name]} | {name} | {row['acknowledged']:,} | {row['kept']:,} | "
                     f"{row['sent']:,} |\n")
    return text + ("\nNone may be missing: the store holds at least what was acknowledged, and at most what was sent (what "
                   "was in\nflight when wrk hung up may have been written or not).\n")


def _dropped(turns):
    kept = sum(0 if job["dropped"]["noisy"] else len(job["rounds"]) for job in turns["jobs"])
    dropped = sum(job["dropped"]["rounds"] for job in turns["jobs"])
    noisy = [job["name"] for job in turns["jobs"] if job["dropped"]["noisy"]]
    reasons = {}
    for job in turns["jobs"]:
        for name, count in job["dropped"]["reasons"].items():
            reasons[name] = reasons.get(name, 0) + count
    text = f" Of this run {dropped} of {kept + dropped} rounds were dropped"
    if reasons:
        text += " (" + ", ".join(f"{name}: {count}" for name, count in sorted(reasons.items())) + ")"
    if noisy:
        text += f". **The machine was never quiet during {', '.join(noisy)}: those figures are noisy**"
    return text + "."


def _bars(turns):
    groups = []
    names = list(turns["servers"])
    for job in turns["jobs"]:
        rows = []
        for name in names:
            if not job["rounds"] or name not in job["rounds"][0]:
                continue
            cpu = column(job, name, "cpu_us")
            text = f"{cpu.median:,.0f} µs"
            if name != OURS:
                text += f"  ({ratio(job, name, 'cpu_us').median:.0f} ×)"
            if job["titles"][name] != job["titles"][OURS]:
                text += "  " + job["titles"][name].replace("`", "")
            rows.append((names.index(name), cpu, text))
        groups.append((job["titles"][names[0]].replace("`", ""), rows))
    return plot.bars("CPU time per request", "µs, median and range; shorter is better; writes fsynced",
                     groups, names)
