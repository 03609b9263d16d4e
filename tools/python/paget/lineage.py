"""Who descends from whom, and who seeded whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import pandas as pd

from .case import Case
from .snapshots import Snapshot, Snapshots
from .tables import Events

_CLONE_COLUMNS = ("clone", "type", "fate", "journeys")
_LIVING = ("cycling", "dormant")


class Lineage:
    """Clones and seedings of a run.

    A clone is a founder with all its descendants. Founders are numbered in each organ from 0, so a clone is told by its
    number and its home, the organ where it was founded. A cell that never travelled has its home around it; that of a
    traveller is known if one organ alone has founders, and is "" else. Residents of a founder's type count as founders.
    """

    def __init__(self, case: Case, snapshots: Snapshots, events: Events) -> None:
        self._case = case
        self._snapshots = snapshots
        self._events = events

    @cached_property
    def homes(self) -> list[str]:
        """Organs with founders, or with residents of their types: tumour cells scattered over it at the start."""
        if not self._founded:
            return []
        return [o for o in self._case.names("organ") if o in self._founded or self._has_tumour_residents(o)]

    @cached_property
    def tumour_types(self) -> list[str]:
        """Cell types of the founders (all types, where a table places them), and those that they can turn into."""
        types = self._case.names("cell")
        named = [self._case[f"organ.{organ}.founders.type"].text for organ in self._founded]
        if not named or not all(named):
            return types
        return self._with_descendants([name for name in types if name in named])

    def founders(self) -> pd.DataFrame:
        """The tumour's first cells, one a row: organ, clone, and the columns of `Tissue.cells`. Reads the first
        snapshot.
        """
        first = self._snapshots[0]
        parts = [first[organ].cells().assign(organ=organ) for organ in self.homes]
        frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["organ", "clone", "type"])
        frame = frame[frame["type"].isin(self.tumour_types)].reset_index(drop=True)
        return frame[["organ", "clone", *(c for c in frame if c not in ("organ", "clone"))]]

    def clones(self, snapshots: Sequence[Snapshot] | None = None) -> pd.DataFrame:
        """Living tumour cells of each clone: time_h, organ, home, clone, travelled (whether they or an ancestor came
        through the blood), cells. Reads four columns of cells of every snapshot, or of those given, organ by organ.
        """
        chosen = self._snapshots if snapshots is None else snapshots
        parts = [self._clones_in(snapshot, organ) for snapshot in chosen for organ in snapshot]
        columns = ["time_h", "organ", "home", "clone", "travelled", "cells"]
        return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)

    def seedings(self, until_h: float | None = None) -> pd.DataFrame:
        """Who seeded whom, one pair of organs a row: source, destination, grew, slept, died (cells), first_h (when the
        first cell that lived arrived, NaN if none did). In order of first_h. Reads events.csv a piece at a time.
        """
        counts: dict[tuple[str, str], dict[str, float]] = {}
        for piece in self._events.where(until_h=until_h).pieces():
            for (source, destination), rows in piece.groupby(["source", "destination"]):
                _add(counts.setdefault((source, destination), {"grew": 0, "slept": 0, "died": 0}), rows)
        rows = [{"source": s, "destination": d, **entry} for (s, d), entry in counts.items()]
        frame = pd.DataFrame(rows, columns=["source", "destination", "grew", "slept", "died", "first_h"])
        whole = frame.astype({"grew": "int64", "slept": "int64", "died": "int64", "first_h": "float64"})
        return whole.sort_values(["first_h", "source", "destination"], ignore_index=True)

    @cached_property
    def _founded(self) -> list[str]:
        return [organ for organ in self._case.names("organ") if self._has_founders(organ)]

    def _has_founders(self, organ: str) -> bool:
        founders = self._case.under(f"organ.{organ}.founders")
        count = founders["count"].number if "count" in founders else 0
        return bool(count) or bool(founders.get("file") and founders["file"].text)

    def _has_tumour_residents(self, organ: str) -> bool:
        residents = self._case.under(f"organ.{organ}.residents")
        return any(name in residents and residents[name].number for name in self.tumour_types)

    def _with_descendants(self, found: list[str]) -> list[str]:
        types = self._case.names("cell")
        more = [name for name in types if name in found or any(self._turns_into(one, name) for one in found)]
        return more if more == found else self._with_descendants(more)

    def _turns_into(self, one: str, other: str) -> bool:
        """By a hazard of the type, or by a rule: "one: SIGNAL increases turning_into_other ..."."""
        key = f"cell.{one}.becomes.{other}"
        rules = (rule.text.partition(":") for rule in self._case.under("rules").values())
        says = any(name.strip() == one and f"turning_into_{other}" in words.split() for name, _, words in rules)
        return says or (key in self._case and bool(self._case[key].number))

    def _clones_in(self, snapshot: Snapshot, organ: str) -> pd.DataFrame:
        cells = snapshot[organ].cells(_CLONE_COLUMNS)
        living = cells[cells["fate"].isin(_LIVING) & cells["type"].isin(self.tumour_types)]
        table = living.assign(travelled=living["journeys"] > 0).groupby(["clone", "travelled"]).size()
        frame = table.reset_index(name="cells").assign(time_h=snapshot.time_h, organ=organ)
        stranger = self.homes[0] if len(self.homes) == 1 else ""
        frame["home"] = [stranger if travelled else organ for travelled in frame["travelled"]]
        return frame


def _add(entry: dict[str, float], rows: pd.DataFrame) -> None:
    for name, fate in (("grew", "grows"), ("slept", "sleeps"), ("died", "dies")):
        entry[name] += int((rows["fate"] == fate).sum())
    seeds = rows.loc[rows["fate"] != "dies", "time_h"]
    if len(seeds) and "first_h" not in entry:
        entry["first_h"] = float(seeds.min())
