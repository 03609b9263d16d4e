"""Runs cases of inputs/validation and prints what a check obtained. Standard library only."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "system"))

from paget_program import ROOT, Workshop, paget, read_rows  # noqa: E402 (the folder must be known first)

__all__ = ["CaseRuns", "column", "obtained", "read_rows", "trapezoid"]


class CaseRuns:
    """Runs of one case of inputs/validation, in a folder that is removed again."""

    def __init__(self, case):
        self.case = os.path.join(ROOT, "inputs", "validation", case)
        self.shop = Workshop()

    def remove(self):
        self.shop.remove()

    def run(self, name, *words, ranks=1, timeout=3600):
        """Runs the case into a folder of that name and returns the folder."""
        folder = self.shop.join(name)
        outcome = paget("run", self.case, f"--output={folder}", *words, ranks=ranks, timeout=timeout)
        if outcome.code != 0:
            raise AssertionError(outcome.err)
        return folder


def column(rows, name):
    return [float(row[name]) for row in rows]


def trapezoid(times, values):
    steps = zip(times, times[1:], values, values[1:])
    return sum(0.5 * (t1 - t0) * (v0 + v1) for t0, t1, v0, v1 in steps)


def obtained(what, found, expected):
    """docs/validation.md quotes these lines."""
    print(f"[ OBTAINED ] {what}: {found} (expected {expected})", flush=True)
