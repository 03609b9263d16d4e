"""Who seeded whom: organs as lanes, time going down, an arrow for each pair of organs when its first seed took root."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..markup import Html, tag
from ..palette import Look
from ..quantity import Quantity, words_for
from . import svg

_ROW, _TOP = 44.0, 74.0


@dataclass(frozen=True)
class Arrow:
    """Seeds from one organ to another, or back to itself."""

    source: str
    target: str
    seeds: Quantity
    first: Quantity  #: when
    is_home: bool  #: whether it leads to the primary: self-seeding


def draw_tree(
    id: str,
    title: str,
    description: str,
    unit: str,
    looks: dict[str, Look],
    homes: Sequence[str],
    arrows: Sequence[Arrow],
    width: float,
) -> Html:
    """Arrows in order of time, of which the unit is given; homes are organs with tumour from the start. The id names the
    arrow heads and must be unique on a page.
    """
    margin = 64.0
    step = (width - margin - 40) / max(1, len(looks))
    lanes = {organ: margin + step * (i + 0.5) for i, organ in enumerate(looks)}
    bottom = _TOP + _ROW * len(arrows) + 6
    parts = [_heads(id)]
    parts += [_lane(organ, lanes[organ], looks[organ], _rooted(organ, homes, arrows), bottom, step) for organ in looks]
    parts.append(svg.text(6, _TOP - 22, unit, size=12, fill="#444"))
    most = max((arrow.seeds.value for arrow in arrows), default=1)
    parts += [_arrow(id, arrow, lanes, _TOP + _ROW * i, most, width) for i, arrow in enumerate(arrows)]
    return svg.drawing(width, bottom + 10, title, description, *parts)


def _heads(id: str) -> Html:
    def head(name: str, colour: str) -> Html:
        shape = tag("path", d="M0 0 L9 4.5 L0 9 Z", fill=colour)
        return tag(
            "marker",
            shape,
            id=f"{id}-{name}",
            markerWidth=9,
            markerHeight=9,
            refX=8,
            refY=4.5,
            orient="auto",
            markerUnits="userSpaceOnUse",
        )

    return tag("defs", head("away", "#333"), head("home", "#A33D00"))


def _rooted(organ: str, homes: Sequence[str], arrows: Sequence[Arrow]) -> int | None:
    """The row from which on an organ has tumour; before the first with founders."""
    if organ in homes:
        return -1
    return next((i for i, arrow in enumerate(arrows) if arrow.target == organ), None)


def _lane(organ: str, x: float, look: Look, rooted: int | None, bottom: float, step: float) -> Html:
    thin = tag("line", x1=x, x2=x, y1=34, y2=bottom, stroke="#bbb", stroke_dasharray="2 4")
    name = svg.text(x, 22, organ, anchor="middle", size=13 if step > 70 else 11, weight="600", fill=look.colour)
    if rooted is None:
        return tag("g", thin, name)
    start = 34 if rooted < 0 else _TOP + _ROW * rooted
    return tag(
        "g",
        thin,
        name,
        tag("line", x1=x, x2=x, y1=start, y2=bottom, stroke=look.colour, stroke_width=7, stroke_linecap="round"),
    )


def _arrow(id: str, arrow: Arrow, lanes: dict[str, float], y: float, most: float, width: float) -> Html:
    colour, head = ("#A33D00", "home") if arrow.is_home else ("#333", "away")
    thick = 1.4 + 2.4 * arrow.seeds.value / most
    a, b = lanes[arrow.source], lanes[arrow.target]
    if arrow.source == arrow.target:
        reach = 34 if a + 40 < width - 40 else -34
        sign = 1 if reach > 0 else -1
        bulge, end = f"{a + reach * 1.3:.1f}", f"{a + 6 * sign:.1f}"
        shape = f"M{a + 4 * sign:.1f} {y - 9:.1f} C{bulge} {y - 14:.1f} {bulge} {y + 14:.1f} {end} {y + 8:.1f}"
        label = a + reach + 5 * sign, y + 5, "start" if reach > 0 else "end"
    else:
        sign = 1 if b > a else -1
        shape = f"M{a + 4 * sign:.1f} {y:.1f} L{b - 6 * sign:.1f} {y:.1f}"
        label = b - 14 * sign, y - 7, "end" if sign > 0 else "start"
    line = tag(
        "path",
        tag("title", f"{arrow.source} to {arrow.target}: {arrow.seeds.value} {words_for(arrow.seeds.value, 'seed')}"),
        d=shape,
        fill="none",
        stroke=colour,
        stroke_width=thick,
        stroke_dasharray="7 4" if arrow.is_home else None,
        marker_end=f"url(#{id}-{head})",
    )
    number = svg.text(
        label[0], label[1], arrow.seeds.html("tspan"), anchor=label[2], size=14, weight="600", fill=colour, halo=True
    )
    return tag("g", svg.text(6, y + 4, arrow.first.html("tspan"), size=12, fill="#444"), line, number)
