"""Numbers that know from which entries of which files they come, so that a reader, and a test, can look them up."""

from __future__ import annotations

from dataclasses import dataclass

from .markup import Html, tag

THIN = "\u202f"  #: between groups of three digits; does not break


@dataclass(frozen=True)
class Quantity:
    """A number and how it follows from the files of a run.

    `source` is an expression: {FILE#ENTRY} stands for an entry, + - * / ** and brackets mean what they mean.
    docs/report.md lists the entries.
    """

    value: float
    source: str

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(self.value + other.value, f"({self.source} + {other.source})")

    def __sub__(self, other: Quantity) -> Quantity:
        return Quantity(self.value - other.value, f"({self.source} - {other.source})")

    def __mul__(self, factor: float) -> Quantity:
        return Quantity(self.value * factor, f"({self.source} * {factor!r})")

    def __truediv__(self, other: Quantity | float) -> Quantity:
        if isinstance(other, Quantity):
            return Quantity(self.value / other.value, f"({self.source} / {other.source})")
        return Quantity(self.value / other, f"({self.source} / {other!r})")

    def html(self, element: str = "data") -> Html:
        """The number in an element that names its source: `data` in HTML, `tspan` in SVG."""
        exact = repr(self.value)
        return tag(
            element,
            shown(self.value),
            value=exact if element == "data" else None,
            data_value=exact,
            data_from=self.source,
        )


def total(quantities: list[Quantity]) -> Quantity:
    """Their sum; zero, from nothing, of none."""
    if not quantities:
        return Quantity(0, "0")
    source = " + ".join(q.source for q in quantities)
    return Quantity(sum(q.value for q in quantities), f"({source})" if len(quantities) > 1 else source)


def words_for(value: float, one: str, several: str | None = None) -> str:
    """The word that goes with a number as it is shown: "cell" for 1, else "cells"."""
    return one if shown(value) == "1" else several or one + "s"


def shown(value: float) -> str:
    """As people read it: counts whole, all else with three digits, or whole if that is more."""
    if isinstance(value, int):
        return f"{value:,}".replace(",", THIN)
    if value != 0 and not 1e-3 <= abs(value) < 1e6:
        return f"{value:.3g}"
    return f"{value:.3g}" if abs(value) < 1e3 else f"{value:,.0f}".replace(",", THIN)
