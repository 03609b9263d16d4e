"""Shares of clones over time, stacked; what travelled of a clone lies hatched inside its band."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..markup import Html, tag
from . import svg

_Place = Callable[[int], float]


@dataclass(frozen=True)
class Band:
    """A clone: its living cells at each time, and how many of these came through the blood (or their ancestors did)."""

    name: str
    label: str  #: beside the band; empty for none
    colour: str
    cells: Sequence[int]
    travelled: Sequence[int]


def draw_muller(
    id: str,
    title: str,
    description: str,
    times: tuple[str, Sequence[float]],
    bands: Sequence[Band],
    width: float,
    height: float,
) -> Html:
    """Bands from the bottom up, with their labels beside them. The unit of time comes first; times without cells are
    blank. The id names the hatching and must be unique on a page.
    """
    unit, days = times
    right = 26 + 6.6 * max(len(band.label) for band in bands)
    x = svg.Scale(0, max(days[-1], 1e-9), 50, width - right)
    y = svg.Scale(0, 100, height - 46, 26)
    totals = [sum(band.cells[i] for band in bands) for i in range(len(days))]
    seen = [i for i, cells in enumerate(totals) if cells > 0]
    parts = [svg.hatching(id)]
    base = [0.0] * len(days)
    ends = []
    for band in bands:
        parts += _band(id, band, seen, totals, base, lambda i: x(days[i]), y)
        share = 100 * band.cells[seen[-1]] / totals[seen[-1]]
        ends.append(y(base[seen[-1]] + share / 2))
        base = [low + (100 * band.cells[i] / totals[i] if totals[i] else 0) for i, low in enumerate(base)]
    parts += _labels([(band.label, end) for band, end in zip(bands, ends) if band.label], x(days[seen[-1]]), y.start)
    return svg.drawing(width, height, title, description, svg.axes(x, y, unit, "% of living tumour cells"), *parts)


def _labels(labels: Sequence[tuple[str, float]], x: float, lowest: float) -> list[Html]:
    places = svg.apart([end for _, end in labels], 15, lowest)
    words = [svg.text(x + 14, place + 4, label, size=12) for (label, _), place in zip(labels, places)]
    return words + [
        tag("line", x1=x + 2, x2=x + 12, y1=end, y2=place, stroke="#999") for (_, end), place in zip(labels, places)
    ]


def _band(
    id: str, band: Band, seen: Sequence[int], totals: Sequence[int], base: Sequence[float], x: _Place, y: svg.Scale
) -> list[Html]:
    def line(share: _Place) -> list[svg.Point]:
        points = [(x(i), y(base[i] + 100 * share(i) / totals[i])) for i in seen]
        return points if len(points) > 1 else [(points[0][0] - 10, points[0][1]), *points]

    shape = svg.area(
        line(lambda i: band.cells[i]),
        line(lambda i: 0),
        f"{band.name}: {band.cells[seen[-1]]} cells",
        fill=band.colour,
        stroke="#fff",
        stroke_width=0.4,
    )
    if not any(band.travelled):
        return [shape]
    middle = [(band.cells[i] - band.travelled[i]) / 2 for i in range(len(totals))]
    inner = svg.area(
        line(lambda i: middle[i] + band.travelled[i]),
        line(lambda i: middle[i]),
        f"{band.name}, through the blood: {band.travelled[seen[-1]]} cells",
        fill=f"url(#{id})",
    )
    return [shape, inner]
