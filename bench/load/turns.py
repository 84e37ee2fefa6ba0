"""Ours and the peers in turns, so that what the machine does meanwhile happens to all of them.

A round is one slice of each, in an order that turns from round to round. A round in which the host
took CPU away from any of them is dropped whole and run again, so that pairs stay pairs.
"""

import dataclasses

import durability
from measure import Load
from servers import Latchkey


@dataclasses.dataclass(frozen=True)
class Effort:
    """How long and how often."""
    seconds: int
    rounds: int
    warm_up_seconds: int
    most_rounds: int  # with those that are dropped


# A consent token serves once and costs 0.8 ms to sign, so that job's slices are short.
SINGLE_USE_SECONDS = 1


def run_job(name, servers, effort, watch):
    """All servers that know the job. The rounds that count, the number that were dropped, and what
    the stores held after the kill."""
    loads = [Load(server, server.jobs[name]) for server in servers if name in server.jobs]
    single_use = loads[0].job.use == "once"
    seconds = SINGLE_USE_SECONDS if single_use else effort.seconds
    before = [durability.before(load) for load in loads]
    for load in loads:
        load.run(seconds if single_use else effort.warm_up_seconds, watch)
    kept, dropped = _rounds(loads, seconds, effort, watch)
    memory = {load.server.name: load.server.memory() for load in loads}
    durable = {load.server.name: durability.check(load, held)
               for load, held in zip(loads, before)}
    return {"name": name, "titles": {load.server.name: load.job.title for load in loads},
            "goal_us": loads[0].job.goal_us, "seconds": seconds, "rounds": kept,
            "dropped": dropped, "memory": memory, "durable": durable}


def _rounds(loads, seconds, effort, watch):
    kept, disturbed = [], []
    for number in range(effort.most_rounds):
        if len(kept) == effort.rounds or not all(load.lasts(1) for load in loads):
            break
        turn = number % len(loads)
        order = loads[turn:] + loads[:turn]
        round_ = {load.server.name: load.run(seconds, watch) for load in order}
        bad = any(slice_["disturbed"] for slice_ in round_.values())
        (disturbed if bad else kept).append(round_)
        _show(round_)
    # A machine that is never quiet still gets its figures, marked as what they are.
    if not kept:
        return disturbed, {"rounds": 0, "noisy": True, "reasons": _reasons(disturbed)}
    return kept, {"rounds": len(disturbed), "noisy": False, "reasons": _reasons(disturbed)}


def _reasons(rounds):
    found = {}
    for round_ in rounds:
        for reason in {r for slice_ in round_.values() for r in slice_["disturbed"]}:
            found[reason] = found.get(reason, 0) + 1
    return found


def _show(round_):
    texts = [f"{name} {slice_['cpu_us']:,.0f} µs {slice_['per_second']:,}/s"
             + (f" [{', '.join(slice_['disturbed'])}]" if slice_["disturbed"] else "")
             for name, slice_ in sorted(round_.items(), key=lambda row: row[0] != Latchkey.name)]
    print("    " + "   ".join(texts), flush=True)


def start_times(server, times):
    """Milliseconds from the start to the first answer, and the memory right after."""
    result = []
    for _ in range(times):
        server.stop()
        server.start()
        result.append(round(server.first_answer_ms, 1))
    return result
