"""Bars side by side in two parts each: solid and hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..markup import Html, tag
from ..quantity import Quantity
from . import svg

_ROW = 40.0


@dataclass(frozen=True)
class Split:
    """A bar: its whole length, and how much of that is hatched."""

    name: str
    whole: Quantity
    hatched: Quantity
    colour: str


def draw_splits(id: str, title: str, description: str, splits: Sequence[Split], unit: str, width: float) -> Html:
    """One bar under the other, each under its name and numbers. The id names the hatching and must be unique on a page."""
    most = max((split.whole.value for split in splits), default=0) or 1.0
    parts = [svg.hatching(id)]
    for i, split in enumerate(splits):
        y, length = 4 + _ROW * i, max(1.0, split.whole.value / most * (width - 8))
        hatched = split.hatched.value / most * (width - 8)
        numbers = (
            tag("tspan", split.whole.html("tspan"), font_weight="600"),
            f" {unit}, hatched ",
            split.hatched.html("tspan"),
        )
        parts += [
            svg.text(4, y + 13, split.name + "  ", *numbers),
            tag("rect", x=4.0, y=y + 19, width=length, height=12, fill=split.colour),
            tag("rect", x=4 + length - hatched, y=y + 19, width=hatched, height=12, fill="#fff", fill_opacity=0.65),
            tag("rect", x=4 + length - hatched, y=y + 19, width=hatched, height=12, fill=f"url(#{id})"),
        ]
    return svg.drawing(width, 8 + _ROW * len(splits), title, description, *parts)
