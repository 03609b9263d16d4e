"""Colours that colour-blind readers tell apart (Okabe and Ito), each with a dash and a mark of its own."""

from __future__ import annotations

from dataclasses import dataclass

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#AA4499", "#B8860B", "#56B4E9", "#000000")
DASHES = ("", "9 4", "2 4", "12 4 2 4", "5 3", "14 5", "1 3")
MARKS = ("circle", "square", "triangle", "diamond", "circle", "square", "triangle")
LIVING, LOST, WAITING = "#009E73", "#8C8C8C", "#E69F00"  #: what lives, what died, what has not been decided


@dataclass(frozen=True)
class Look:
    """How something is drawn."""

    colour: str
    dash: str
    mark: str


def looks_of(names: list[str]) -> dict[str, Look]:
    """A look for every name; they repeat after seven, where dashes of other lengths still tell them apart."""
    n = len(COLOURS)
    return {
        name: Look(COLOURS[i % n], DASHES[(i + i // n) % n], MARKS[(i + i // n) % n]) for i, name in enumerate(names)
    }
