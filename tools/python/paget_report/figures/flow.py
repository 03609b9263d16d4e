"""A flow diagram: boxes in columns, and ribbons between them as wide as what flows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..markup import Html, tag
from ..quantity import Quantity, words_for
from . import svg

_THICKNESS, _SLOT, _TOP = 14.0, 36.0, 46.0


@dataclass
class Box:
    """A stage, or an end of the way."""

    key: str
    name: str
    count: Quantity
    column: int
    colour: str
    is_loss: bool = False
    top: float = field(default=0.0, init=False)
    height: float = field(default=0.0, init=False)
    out: float = field(default=0.0, init=False)  #: how much of the right edge has ribbons
    into: float = field(default=0.0, init=False)


@dataclass(frozen=True)
class Ribbon:
    """What goes from one box to another."""

    source: str
    target: str
    count: Quantity


def draw_flow(
    title: str,
    description: str,
    heads: Sequence[str],
    boxes: Sequence[Box],
    ribbons: Sequence[Ribbon],
    width: float = 1000,
) -> Html:
    """Columns from left to right, under their heads; boxes stand in the order given."""
    left = {column: 8 + column * (width - 130) / (len(heads) - 1) for column in range(len(heads))}
    height = _place(boxes, len(heads))
    by_key = {box.key: box for box in boxes}
    parts = [svg.hatching("loss-lines")]
    parts += [_head(left[i], words) for i, words in enumerate(heads)]
    parts += [
        _ribbon(by_key[r.source], by_key[r.target], r, left, _pixels(boxes)) for r in ribbons if r.count.value > 0
    ]
    parts += [_box(box, left[box.column]) for box in boxes]
    return svg.drawing(width, height, title, description, *parts)


def _pixels(boxes: Sequence[Box]) -> float:
    """Of height, per cell."""
    return 190.0 / max(1.0, max(box.count.value for box in boxes))


def _place(boxes: Sequence[Box], columns: int) -> float:
    lowest = 0.0
    for column in range(columns):
        y = _TOP
        for box in boxes:
            if box.column == column:
                box.height = max(1.5, box.count.value * _pixels(boxes))
                box.top = y
                y += max(box.height + 18, _SLOT)
        lowest = max(lowest, y)
    return lowest


def _head(x: float, words: str) -> Html:
    first, _, second = words.partition("\n")
    return tag(
        "g",
        svg.text(x, 14, first, size=13, weight="600", fill="#333"),
        svg.text(x, 30, second, size=13, weight="600", fill="#333"),
    )


def _ribbon(a: Box, b: Box, ribbon: Ribbon, left: dict[int, float], pixels: float) -> Html:
    thick = ribbon.count.value * pixels
    x0, x1 = left[a.column] + _THICKNESS, left[b.column]
    y0, y1 = a.top + a.out, b.top + b.into
    a.out += thick
    b.into += thick
    drawn = max(thick, 1.0)
    bend = (x0 + x1) / 2
    shape = (
        f"M{x0:.1f} {y0:.1f} C{bend:.1f} {y0:.1f} {bend:.1f} {y1:.1f} {x1:.1f} {y1:.1f} v{drawn:.1f} "
        f"C{bend:.1f} {y1 + drawn:.1f} {bend:.1f} {y0 + drawn:.1f} {x0:.1f} {y0 + drawn:.1f} Z"
    )
    return tag(
        "path",
        tag("title", f"{a.name} to {b.name}: {ribbon.count.value} {words_for(ribbon.count.value, 'cell')}"),
        d=shape,
        fill=b.colour,
        fill_opacity=0.22 if b.is_loss else 0.38,
    )


def _box(box: Box, x: float) -> Html:
    shape = {"x": x, "y": box.top, "width": _THICKNESS, "height": box.height}
    parts = [tag("rect", **shape, fill=box.colour)]
    if box.is_loss and box.height > 4:
        parts.append(tag("rect", **shape, fill="url(#loss-lines)"))
    middle = box.top + box.height / 2
    parts += [
        svg.text(x + _THICKNESS + 5, middle + 1, box.name, size=12, halo=True),
        svg.text(x + _THICKNESS + 5, middle + 15, box.count.html("tspan"), size=13, weight="600", halo=True),
    ]
    return tag("g", *parts)


@dataclass(frozen=True)
class Bar:
    """A line of a funnel."""

    name: str
    count: Quantity
    colour: str
    indent: int = 0
    is_loss: bool = False


def draw_funnel(title: str, description: str, bars: Sequence[Bar], width: float = 360) -> Html:
    """The same for phones: one bar under the other, losses indented and hatched."""
    most = max(1.0, max(bar.count.value for bar in bars))
    parts = [svg.hatching("funnel-lines")]
    for i, bar in enumerate(bars):
        y, x = 6.0 + 38 * i, 4.0 + 18 * bar.indent
        shape = {"x": x, "y": y + 18, "width": max(1.5, bar.count.value / most * (width - 80)), "height": 11}
        parts += [
            svg.text(x, y + 13, bar.name + "  ", tag("tspan", bar.count.html("tspan"), font_weight="600"), size=13),
            tag("rect", **shape, fill=bar.colour),
        ]
        if bar.is_loss:
            parts.append(tag("rect", **shape, fill="url(#funnel-lines)"))
    return svg.drawing(width, 10 + 38 * len(bars), title, description, *parts)
