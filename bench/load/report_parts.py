"""The report's parts on growth and latency: each a table, a plot's panel, and what it means."""

import dataclasses

from spread import Spread

FLAT = 1.25  # from the first point to the last, times


@dataclasses.dataclass
class Part:
    text: str
    panel: tuple  # of CPU per request
    memory_panel: tuple


def _spread(row):
    return Spread(row["cpu_us"], row["low"], row["high"], row["slices"])


def _series(points, names):
    return [(label, [(p["x"], _spread(p["jobs"][job])) for p in points if job in p["jobs"]])
            for job, label in names.items()]


def _memory_series(points, when):
    """Resident memory and what of it is the process's own."""
    def line(kind):
        return [(p["x"], Spread(p[when][kind], p[when][kind], p[when][kind], 1)) for p in points]
    return [("resident", line("resident")), ("its own (anonymous)", line("anonymous"))]


def _table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |"]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _verdict(points, names):
    """Of each curve: flat, or how much it rises."""
    texts = []
    for job, label in names.items():
        rows = [p["jobs"][job]["cpu_us"] for p in points]
        if min(rows) == 0:
            continue
        rise = rows[-1] / rows[0]
        texts.append(f"{label} flat ({rise:.2f} ×)" if 1 / FLAT <= rise <= FLAT
                     else f"{label} {rise:.2f} ×")
    return f"From {points[0]['x']:,} to {points[-1]['x']:,}: " + "; ".join(texts) + ".\n"


def people(figures):
    points = figures.get("people")
    if not points:
        return None
    names = {"user": "user", "refresh_token": "refresh_token", "public_id": "fetchTokens(publicId)"}
    rows = [[f"{p['x']:,}", *(f"{p['jobs'][name]['cpu_us']:.1f}" for name in names),
             p["idle"]["resident"], f"{p['loaded']['resident']} ({p['loaded']['anonymous']})",
             f"{p['store_mb']:,}", f"{p['fill_seconds']:,.0f}"] for p in points]
    text = "\n### With people, each with a connection and a session\n\n" + _table(
        ["people", "`user` µs", "`refresh_token` µs", "`publicId` µs", "idle MB", "loaded MB (own)",
         "store MB", "filled in s"], rows) + "\n" + _verdict(points, names)
    text += ("A B-tree is a level deeper for every hundredfold, and once the store is larger than SQLite's page cache\n"
             "(4 MB a reader) a look-up reads a page or two from the system's cache: that is the rise. An exchange also has its\n"
             "own page to put into the log and copy back, where those of a thousand people share theirs. Memory does not\n"
             "follow the store. Ten million people: `./x bench --only people --people 10000000`; the store alone:\n"
             "`build/bench/bin/load_prepare --data DIR --out DIR --users 10000000`.\n")
    return Part(text, ("people", "people", _series(points, names)),
                ("memory under load", "people", _memory_series(points, "loaded")))


def connections(figures):
    points = figures.get("connections")
    if not points:
        return None
    names = {"user, the others idle": "32 active, rest idle", "user, all active": "all active"}
    rows = [[f"{p['x']:,}", *(f"{p['jobs'][name]['cpu_us']:.1f}" for name in names),
             f"{p['loaded']['resident']} ({p['loaded']['anonymous']})",
             f"{p['active']['resident']} ({p['active']['anonymous']})"] for p in points]
    text = "\n### With open connections\n\n" + _table(
        ["connections", "`user` µs, 32 active and the rest idle", "`user` µs, all active",
         "MB, idle (own)", "MB, active (own)"], rows) + "\n" + _verdict(points, names)
    text += ("With one connection the server sleeps between requests, so each pays for a wake-up alone; with more,\n"
             "one wake-up serves many. With thousands active, the kernel's socket buffers no longer fit the caches.\n")
    return Part(text, ("open connections", "connections", _series(points, names)),
                ("memory, all active", "connections", _memory_series(points, "active")))


def metafields(figures):
    points = figures.get("metafields")
    if not points:
        return None
    names = {"metafield": "metafield (one of them)", "metafields_set": "metafieldsSet (one)",
             "metafields": "metafields (all of them)"}
    rows = [[p["x"], *(f"{p['jobs'][name]['cpu_us']:.1f}" for name in names),
             f"{p['loaded']['resident']} ({p['loaded']['anonymous']})"] for p in points]
    text = "\n### With metafields of each person\n\n" + _table(
        ["metafields", "`metafield` µs", "`metafieldsSet` µs", "`metafields(first: 100)` µs",
         "MB (own)"], rows) + "\n" + _verdict(points, names)
    if len(points) > 1:
        first, last = points[0], points[-1]
        each = ((last["jobs"]["metafields"]["cpu_us"] - first["jobs"]["metafields"]["cpu_us"])
                / (last["x"] - first["x"]))
        text += (f"Reading or setting one of them does not depend on how many there are. Listing them costs {each:.1f} µs\n"
                 "for each one more in the answer, which is what was asked for.\n")
    return Part(text, ("metafields of a person", "metafields", _series(points, names)),
                ("memory under load", "metafields", _memory_series(points, "loaded")))


def latency(figures):
    part = figures.get("latency")
    if not part:
        return ""
    rows = []
    for row in part["rows"]:
        noise = f" ({', '.join(row['disturbed'])})" if row["disturbed"] else ""
        extra = f", checkpoint {row['checkpoint_ms']:.0f} ms" if "checkpoint_ms" in row else ""
        rows.append([row["title"], row["condition"] + extra + noise, f"{row['per_second']:,}",
                     f"{row['p50']:.2f}", f"{row['p99']:.2f}", f"{row['p999']:.2f}",
                     f"{row['max']:.1f}", f"≤ {row['goal_ms']}"])
    return ("\n## Latency at half of capacity\n\n"
            f"Open loop, {part['seconds']} s each, one core for the server: requests are due at a constant rate of half "
            "of what a\nclosed loop gets, and latency counts from when a request was due, so that a stall is charged to "
            "every request\nthat should have been sent meanwhile (no coordinated omission). Slow clients: 50 that send "
            "a byte every\n0.1 s, 50 that ask for much and hardly read. The checkpoint is `PRAGMA "
            "wal_checkpoint(TRUNCATE)` from another\nconnection, the strictest there is: writers have to wait for it. The server's own checkpointer, which does not\n"
            "hold them back, runs in all of the rows.\n\n"
            + _table(["job", "beside", "req/s", "p50 ms", "p99 ms", "p99.9 ms", "max ms", "goal p99"], rows))
