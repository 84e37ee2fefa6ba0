"""Medians and ranges: a figure without its spread says little on a shared machine."""

import dataclasses
import statistics


@dataclasses.dataclass
class Spread:
    median: float
    low: float
    high: float
    count: int

    def text(self, digits=1):
        return f"{self.median:,.{digits}f} ({self.low:,.{digits}f} – {self.high:,.{digits}f})"


def spread(values):
    values = list(values)
    if not values:
        return Spread(float("nan"), float("nan"), float("nan"), 0)
    return Spread(statistics.median(values), min(values), max(values), len(values))


def ratios(ours, theirs):
    """Pair by pair, of slices that ran one after the other."""
    return spread(their / our for our, their in zip(ours, theirs) if our > 0)
