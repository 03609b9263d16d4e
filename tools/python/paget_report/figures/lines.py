"""Curves over time, each with its name, number and mark at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..blocks import Drawing
from ..markup import Html, tag
from ..palette import Look
from ..quantity import Quantity
from ..thinning import thinned
from . import svg

_MOST_POINTS = 600  #: of a curve


@dataclass(frozen=True)
class Curve:
    """Values over time. None, and on a logarithmic scale zero, leave a gap."""

    name: str
    look: Look
    values: Sequence[float | None]
    last: Quantity
    as_dots: bool = False


def draw_lines(
    title: str,
    description: str,
    times: tuple[str, Sequence[float]],
    curves: Sequence[Curve],
    y_label: str,
    is_log: bool = False,
) -> Drawing:
    """Curves over the same times, whose unit comes first, for wide pages and for phones."""
    return Drawing(
        _draw(900, 380, 150, title, description, times, curves, y_label, is_log),
        _draw(360, 300, 84, title, description, times, curves, y_label, is_log),
    )


def _draw(
    width: float,
    height: float,
    right: float,
    title: str,
    description: str,
    times: tuple[str, Sequence[float]],
    curves: Sequence[Curve],
    y_label: str,
    is_log: bool,
) -> Html:
    unit, days = times
    x = svg.Scale(0, max(days[-1], 1e-9), 58, width - right)
    values = [value for curve in curves for value in curve.values if value is not None]
    y = svg.scale_of(values, height - 48, 34, is_log)
    parts = [svg.axes(x, y, unit, y_label)]
    chosen = thinned(len(days), _MOST_POINTS)
    drawn = [(curve, _points([days[i] for i in chosen], [curve.values[i] for i in chosen], x, y)) for curve in curves]
    parts += [part for curve, runs in drawn for part in _curve(curve, runs)]
    ends = [_label_end(curve, runs, x, y) for curve, runs in drawn]
    labels = svg.apart([end[1] for end in ends], 32 if right < 100 else 19, y.start)
    parts += [_label(curve, x.end, end, place, right < 100) for (curve, _), end, place in zip(drawn, ends, labels)]
    return svg.drawing(width, height, title, description, *parts)


def _label_end(curve: Curve, runs: Sequence[Sequence[svg.Point]], x: svg.Scale, y: svg.Scale) -> svg.Point:
    """What the name of a curve points to: its end, or the bottom if it fell off a logarithmic scale before, for a line
    from there to the name would look as if it went on.
    """
    has_left = y.is_log and curve.last.value < y.low
    return (x.end, y.start) if has_left or not runs else runs[-1][-1]


def _points(days: Sequence[float], values: Sequence[float | None], x: svg.Scale, y: svg.Scale) -> list[list[svg.Point]]:
    """The pieces of a curve between its gaps."""
    runs: list[list[svg.Point]] = [[]]
    for day, value in zip(days, values):
        if value is None or (y.is_log and value < y.low):
            runs.append([])
        else:
            runs[-1].append((x(day), y(value)))
    return [run for run in runs if run]


def _curve(curve: Curve, runs: Sequence[Sequence[svg.Point]]) -> list[Html]:
    if curve.as_dots:
        return [svg.mark(curve.look, *point, r=3) for run in runs for point in run]
    lines = [
        svg.path(
            run,
            fill="none",
            stroke=curve.look.colour,
            stroke_width=2.5,
            stroke_linejoin="round",
            stroke_dasharray=curve.look.dash or None,
        )
        for run in runs
    ]
    return [*lines, *(svg.mark(curve.look, *run[-1]) for run in runs)]


def _label(curve: Curve, x_end: float, end: svg.Point, place: float, is_narrow: bool) -> Html:
    pointer = tag("line", x1=end[0] + 5, y1=end[1], x2=x_end + 12, y2=place - 1, stroke="#999", stroke_width=0.8)
    name = svg.text(
        x_end + 16,
        place - (4 if is_narrow else -3),
        curve.name,
        size=12 if is_narrow else 13,
        fill=curve.look.colour,
        weight="600",
    )
    if is_narrow:
        number = svg.text(x_end + 16, place + 10, curve.last.html("tspan"), size=12)
        return tag("g", pointer, name, number)
    both = svg.text(
        x_end + 16,
        place + 3,
        tag("tspan", curve.name + " ", font_weight="600", fill=curve.look.colour),
        curve.last.html("tspan"),
    )
    return tag("g", pointer, both)
