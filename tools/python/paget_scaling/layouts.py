"""How organs are cut on a number of ranks, as `paget check` tells it, and what of a rank's box faces other ranks."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass

from .errors import ScalingError

_LINE = re.compile(
    r"^(?P<name>[a-z]\w*) +(?P<voxels>\d+x\d+x\d+) +(?P<voxel>[\d.eE+-]+) +\d+ +(?P<cells>\d+) +\S+ +"
    r"(?P<ranks>\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*) \(cut (?P<cut>\d+x\d+x\d+)\)$"
)


@dataclass(frozen=True)
class OrganLayout:
    """One organ on its ranks."""

    name: str
    voxels: tuple[int, int, int]
    voxel_um: float
    cells: int  #: at the start
    members: frozenset[int]  #: its ranks; a rank may have a part of several organs
    cut: tuple[int, int, int]

    @property
    def ranks(self) -> int:
        return len(self.members)

    def cut_faces(self) -> float:
        """Voxel faces between ranks, counted from both sides and added up over the ranks."""
        n, cut = self.voxels, self.cut
        return 2.0 * sum((cut[a] - 1) * n[(a + 1) % 3] * n[(a + 2) % 3] for a in range(3))

    def most_cut_faces(self) -> float:
        """Of a rank in the organ's middle, with boxes all around where the cut has so many."""
        box = [self.voxels[a] / self.cut[a] for a in range(3)]
        return sum(min(2, self.cut[a] - 1) * box[(a + 1) % 3] * box[(a + 2) % 3] for a in range(3))

    def most_neighbours(self) -> int:
        """By a face, an edge or a corner, of a rank in the organ's middle."""
        return min(3, self.cut[0]) * min(3, self.cut[1]) * min(3, self.cut[2]) - 1


@dataclass(frozen=True)
class Layout:
    """All organs on a number of ranks."""

    ranks: int
    organs: tuple[OrganLayout, ...]

    @property
    def voxels(self) -> int:
        return sum(o.voxels[0] * o.voxels[1] * o.voxels[2] for o in self.organs)

    @property
    def cells(self) -> int:
        return sum(o.cells for o in self.organs)

    @property
    def idle(self) -> int:
        """Ranks that no organ uses."""
        return self.ranks - len(frozenset().union(*(o.members for o in self.organs)))

    def numbers(self) -> dict[str, float]:
        """What laws of communication are fitted against."""
        return {
            "voxels": self.voxels,
            "voxels_per_rank": self.voxels / self.ranks,
            "cells_at_start": self.cells,
            "cut_faces_per_rank": sum(o.cut_faces() for o in self.organs) / self.ranks,
            "most_cut_faces": max((o.most_cut_faces() for o in self.organs), default=0.0),
            "most_neighbours": max((o.most_neighbours() for o in self.organs), default=0),
            "idle_ranks": self.idle,
        }


def _three(text: str) -> tuple[int, int, int]:
    x, y, z = (int(part) for part in text.split("x"))
    return x, y, z


def _members(text: str) -> frozenset[int]:
    """From a list like 0-3,7."""
    ranks: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        ranks.update(range(int(first), int(last or first) + 1))
    return frozenset(ranks)


def parse_check(text: str, ranks: int) -> Layout:
    """From what `paget check` prints."""
    organs = []
    for line in text.splitlines():
        match = _LINE.match(line.rstrip())
        if match:
            organs.append(
                OrganLayout(
                    match["name"],
                    _three(match["voxels"]),
                    float(match["voxel"]),
                    int(match["cells"]),
                    _members(match["ranks"]),
                    _three(match["cut"]),
                )
            )
    if not organs:
        raise ScalingError(
            "`paget check` printed no organs that this tool can read (it and the program differ in "
            f"version). Use the tools that came with the program. It printed:\n{text}"
        )
    return Layout(ranks, tuple(organs))


def check_case(program: str, case: str, words: list[str], ranks: int) -> Layout:
    """Lets the program check the case, with all its own messages."""
    try:
        done = subprocess.run(
            [program, "check", case, f"--ranks={ranks}", *words], capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise ScalingError(
            f"{program} does not start: {error.strerror}. Name the program with --paget=FILE."
        ) from error
    if done.returncode != 0:
        raise ScalingError(f"The case is refused on {ranks} ranks:\n{(done.stderr or done.stdout).strip()}")
    return parse_check(done.stdout, ranks)
