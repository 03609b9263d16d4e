"""What sections are made of: figures with their tables, tables that scroll, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Union

from .markup import Html, joined, markup, tag
from .quantity import Quantity

Cell = Union[str, Quantity]
_LONG = 40  #: letters, beyond which text in a table is broken into lines on a phone, too


@dataclass(frozen=True)
class Section:
    """A part of the page."""

    id: str
    title: str
    body: Html


@dataclass(frozen=True)
class Drawing:
    """One figure for wide pages and paper, and one for phones."""

    wide: Html
    narrow: Html


def cell(content: Cell) -> Html:
    """Text or a number with its source."""
    return content.html() if isinstance(content, Quantity) else markup(content)


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Html:
    """A table whose first column names the rows. It scrolls by itself where the page is narrower than it is."""
    counted = [any(isinstance(row[i], Quantity) for row in rows) for i in range(len(heads))]
    head = tag(
        "tr",
        *(tag("th", name, scope="col", class_="number" if numeric else None) for name, numeric in zip(heads, counted)),
    )
    body = [tag("tr", tag("th", cell(row[0]), scope="row"), *(_entry(entry) for entry in row[1:])) for row in rows]
    grid = tag("table", tag("thead", head), tag("tbody", *body), aria_label=caption)
    return joined(
        (
            tag("p", caption, class_="caption"),
            tag("div", grid, class_="scroll", tabindex=0, role="region", aria_label=caption),
        )
    )


def _entry(entry: Cell) -> Html:
    if isinstance(entry, Quantity):
        return tag("td", entry.html(), class_="number")
    return tag("td", entry, class_="long" if len(entry) > _LONG and not isinstance(entry, Html) else None)


def folded(summary: str, *content: str) -> Html:
    """Content that is shown on demand, and on paper."""
    return tag("details", tag("summary", summary), *content)


def figure(id: str, title: str, caption: str, drawing: Drawing, numbers: Html) -> Html:
    """A drawing under its title and what it shows in words, and the numbers behind it."""
    return tag(
        "figure",
        tag("figcaption", tag("strong", title), tag("span", caption)),
        tag("div", drawing.wide, class_="wide"),
        tag("div", drawing.narrow, class_="narrow"),
        folded("The numbers behind this figure", numbers),
        id=id,
        class_="chart",
    )


def note(*words: str) -> Html:
    """A sentence that explains, or says why something is not there."""
    return tag("p", *words, class_="note")


def facts(pairs: Sequence[tuple[str, Cell]]) -> Html:
    """Names and values, one a line."""
    entries = [joined((tag("dt", name), tag("dd", cell(value)))) for name, value in pairs]
    return tag("dl", *entries)
