"""How cost grows: with people, with open connections, with metafields."""

import contextlib
import resource
import shutil
import socket
import time

from jobs import ALL, GROWTH
from measure import Load, NoAnswers
from servers import Latchkey, People
from spread import spread

SAMPLE = 20_000
CONNECTION_COUNTS = [1, 10, 100, 1_000, 10_000]
METAFIELD_COUNTS = [1, 3, 10, 30, 100]
ACTIVE = 32
PATIENCE = 3  # doublings of a slice's length
SETTLE_STEPS = 300  # of 0.1 s


def _cpu(server, job, effort, watch, connections=ACTIVE):
    """The median of a few slices, those that the host left alone if there are any."""
    load = Load(server, job, connections)
    # Thousands of connections take a while to open, and an answer's turn a while to come.
    seconds = effort.seconds + connections // 1_000
    _warm_up, *slices = [_slice(load, seconds, watch) for _ in range(1 + effort.rounds)]
    quiet = [s for s in slices if not s["disturbed"]] or slices
    return {"cpu_us": round(spread(s["cpu_us"] for s in quiet).median, 2),
            "low": min(s["cpu_us"] for s in quiet), "high": max(s["cpu_us"] for s in quiet),
            "quiet": sum(not s["disturbed"] for s in slices), "slices": len(slices),
            "wrong": load.wrong}


def _slice(load, seconds, watch):
    """One slice, longer where not one answer came."""
    for _ in range(PATIENCE):
        _settle(load.server)
        try:
            return load.run(seconds, watch)
        except NoAnswers as nothing:
            print(f"    {nothing}", flush=True)
            seconds *= 2
    raise SystemExit(f"{load.connections} connections: the server does not answer")


def _settle(server):
    """Until the server has closed what the slice before left open: at its limit of connections it
    would refuse new ones."""
    for _ in range(SETTLE_STEPS):
        if server.open_sockets() <= server.sockets_at_rest:
            return
        time.sleep(0.1)
    raise SystemExit("the server keeps connections that nobody has any more")


@contextlib.contextmanager
def _server(folder, people):
    began = time.monotonic()
    server = Latchkey(folder)
    try:
        server.prepare(people)
        server.fill_seconds = round(time.monotonic() - began, 1)
        server.start()
        server.sockets_at_rest = server.open_sockets()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _show(what, rows):
    print(f"    {what}: " + "   ".join(f"{name} {row['cpu_us']:.1f} µs" for name, row in rows.items()),
          flush=True)


def people(folder, counts, effort, watch):
    points = []
    for count in counts:
        with _server(folder / "people", People(count, min(count, SAMPLE))) as server:
            memory = server.idle_memory()
            jobs = {name: _cpu(server, ALL[name], effort, watch)
                    for name in ("user", "refresh_token", "public_id")}
            points.append({"x": count, "jobs": jobs, "idle": memory, "loaded": server.memory(),
                           "fill_seconds": server.fill_seconds,
                           "store_mb": round(server.store().stat().st_size / 2 ** 20)})
            _show(f"{count:,} people", jobs)
    return points


@contextlib.contextmanager
def _idle_connections(server, count):
    """Each has asked once, so that the server knows it for one that may ask again."""
    sockets = []
    try:
        for _ in range(count):
            connection = socket.create_connection(("127.0.0.1", server.port))
            sockets.append(connection)
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            connection.recv(4096)
        server.sockets_at_rest += count
        yield
    finally:
        for connection in sockets:
            connection.close()
        server.sockets_at_rest -= count


def raise_file_limit():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def connections(folder, effort, watch):
    limit = raise_file_limit()
    points = []
    with _server(folder / "connections", People(10_000, 10_000)) as server:
        for count in CONNECTION_COUNTS:
            if count * 2 > limit:
                print(f"    {count:,} connections: the limit of open files is {limit:,}")
                continue
            idle = max(count - ACTIVE, 0)
            with _idle_connections(server, idle):
                jobs = {"user, the others idle": _cpu(server, ALL["user"], effort, watch,
                                                      min(count, ACTIVE))}
                memory = server.memory()
            jobs["user, all active"] = _cpu(server, ALL["user"], effort, watch, count)
            points.append({"x": count, "jobs": jobs, "loaded": memory,
                           "active": server.memory()})
            _show(f"{count:,} connections", jobs)
    return points


def metafields(folder, effort, watch):
    points = []
    jobs = [GROWTH["metafield"], GROWTH["metafields"], ALL["metafields_set"]]
    for count in METAFIELD_COUNTS:
        with _server(folder / "metafields", People(1_000, 1_000, metafields=count)) as server:
            rows = {job.name: _cpu(server, job, effort, watch) for job in jobs}
            points.append({"x": count, "jobs": rows, "loaded": server.memory()})
            _show(f"{count} metafields", rows)
    return points
