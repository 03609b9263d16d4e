"""Pieces of SVG: the frame, axes, marks, hatching."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..markup import Html, tag
from ..palette import Look
from ..quantity import shown

Point = tuple[float, float]


def drawing(width: float, height: float, title: str, description: str, *content: str) -> Html:
    """An SVG that is as wide as its place, and tells those who cannot see it what it shows."""
    return tag(
        "svg",
        tag("title", title),
        tag("desc", description),
        *content,
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        aria_label=f"{title}. {description}",
        preserveAspectRatio="xMidYMid meet",
    )


def text(
    x: float,
    y: float,
    *words: str,
    anchor: str = "start",
    size: int = 13,
    weight: str | None = None,
    fill: str = "#222",
    halo: bool = False,
) -> Html:
    """A line of text; with a halo it can be read above other things."""
    return tag(
        "text",
        *words,
        x=x,
        y=y,
        text_anchor=anchor,
        font_size=size,
        font_weight=weight,
        fill=fill,
        class_="halo" if halo else None,
    )


def path(points: Sequence[Point], **attributes: str | float | None) -> Html:
    """A line through points."""
    steps = " ".join(f"{'M' if i == 0 else 'L'}{x:.1f} {y:.1f}" for i, (x, y) in enumerate(points))
    return tag("path", d=steps, **attributes)


def area(upper: Sequence[Point], lower: Sequence[Point], title: str, **attributes: str | float | None) -> Html:
    """What lies between two lines, with a title that appears under the pointer."""
    points = [*upper, *reversed(lower)]
    steps = " ".join(f"{'M' if i == 0 else 'L'}{x:.1f} {y:.1f}" for i, (x, y) in enumerate(points))
    return tag("path", tag("title", title), d=steps + " Z", **attributes)


def mark(look: Look, x: float, y: float, r: float = 4) -> Html:
    """A mark in the shape of the look."""
    if look.mark == "circle":
        return tag("circle", cx=x, cy=y, r=r, fill=look.colour)
    corners = {
        "square": ((-r, -r), (r, -r), (r, r), (-r, r)),
        "triangle": ((0, -r), (r, r), (-r, r)),
        "diamond": ((0, -r * 1.3), (r * 1.3, 0), (0, r * 1.3), (-r * 1.3, 0)),
    }[look.mark]
    return tag("path", d="M" + " L".join(f"{x + dx:.1f} {y + dy:.1f}" for dx, dy in corners) + " Z", fill=look.colour)


def hatching(id: str) -> Html:
    """A pattern of dark slanting lines, for what must be told apart without colour."""
    stroke = tag("line", x1=0, y1=0, x2=0, y2=6, stroke="#111", stroke_width=2)
    return tag(
        "defs",
        tag("pattern", stroke, id=id, width=6, height=6, patternUnits="userSpaceOnUse", patternTransform="rotate(45)"),
    )


@dataclass(frozen=True)
class Scale:
    """From numbers to places on the page."""

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False

    def __call__(self, value: float) -> float:
        share = (self._of(value) - self._of(self.low)) / (self._of(self.high) - self._of(self.low))
        return self.start + share * (self.end - self.start)

    def _of(self, value: float) -> float:
        return math.log10(value) if self.is_log else value

    def ticks(self, most: int = 7) -> list[float]:
        """Round numbers within the scale."""
        if self.is_log:
            decades = range(math.ceil(math.log10(self.low)), math.floor(math.log10(self.high)) + 1)
            return [10.0**d for d in decades]
        step = nice_step((self.high - self.low) / most)
        return [i * step for i in range(math.ceil(self.low / step), math.floor(self.high / step + 1e-9) + 1)]


def nice_step(least: float) -> float:
    """1, 2 or 5 times a power of ten, not below a number."""
    power = 10.0 ** math.floor(math.log10(least)) if least > 0 else 1.0
    return next(power * f for f in (1, 2, 5, 10) if power * f >= least * (1 - 1e-9))


def scale_of(values: Sequence[float], start: float, end: float, is_log: bool) -> Scale:
    """A scale from 0 (1 if logarithmic) to a round number above all values."""
    highest = max(values, default=0) or 1
    if is_log:
        return Scale(1, 10.0 ** max(1, math.ceil(math.log10(max(highest, 1)))), start, end, True)
    step = nice_step(highest / 5)
    return Scale(0, step * max(1, math.ceil(highest / step - 1e-9)), start, end)


def axes(x: Scale, y: Scale, x_label: str, y_label: str, tick: Callable[[float], str] | None = None) -> Html:
    """Thin lines and round numbers along both scales."""
    name = tick or (lambda value: shown(int(value) if float(value).is_integer() else value))
    parts = []
    for value in y.ticks():
        parts += [
            tag("line", x1=x.start, x2=x.end, y1=y(value), y2=y(value), stroke="#ddd"),
            text(x.start - 6, y(value) + 4, name(value), anchor="end", size=12, fill="#444"),
        ]
    for value in x.ticks(8 if x.end - x.start > 500 else 5):
        parts += [
            tag("line", x1=x(value), x2=x(value), y1=y.start, y2=y.start + 5, stroke="#777"),
            text(x(value), y.start + 19, name(value), anchor="middle", size=12, fill="#444"),
        ]
    parts += [
        tag("line", x1=x.start, x2=x.end, y1=y.start, y2=y.start, stroke="#777"),
        text((x.start + x.end) / 2, y.start + 37, x_label, anchor="middle", size=13),
        text(x.start - 6, y.end - 12, y_label, size=13, anchor="start"),
    ]
    return tag("g", *parts)


def apart(places: Sequence[float], least: float, highest: float) -> list[float]:
    """Places moved so that neighbours are at least so far apart, below a limit; in the order given."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    for before, i in zip(order, order[1:]):
        moved[i] = max(moved[i], moved[before] + least)
    limit = highest
    for i in reversed(order):
        moved[i] = min(moved[i], limit)
        limit = moved[i] - least
    return moved
