"""HTML and SVG as text in which nothing from a run can be taken for markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Union

Attribute = Union[str, int, float, bool, None]
_VOID = frozenset(("meta", "img", "br", "rect", "path", "line", "circle"))


class Html(str):
    """Markup. Any other text is escaped before it becomes part of a page."""


def markup(text: str) -> Html:
    """Text as markup, escaped unless it is markup already."""
    return text if isinstance(text, Html) else Html(escape(str(text)))


def joined(parts: Iterable[str], between: str = "") -> Html:
    """Parts one after the other."""
    return Html(markup(between).join(markup(part) for part in parts))


def tag(name: str, /, *children: str, **attributes: Attribute) -> Html:
    """An element. Attributes are written as Python names: `class_`, `data_from`; None and False leave one out."""
    words = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID and not children:
        return Html(f"<{name}{words}/>")
    return Html(f"<{name}{words}>{joined(children)}</{name}>")


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    if isinstance(value, float):
        value = f"{value:.2f}".rstrip("0").rstrip(".")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
