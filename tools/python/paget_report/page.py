"""The whole page."""

from __future__ import annotations

from pathlib import Path

import paget

from .blocks import Section
from .markup import Html, joined, tag
from .material import Material
from .sections.biopsy import biopsy
from .sections.cascade import cascade
from .sections.clones import clones
from .sections.growth import growth
from .sections.ledger import ledger
from .sections.overview import overview
from .sections.performance import performance
from .sections.provenance import provenance
from .sections.seeding import seeding
from .sections.tissue import tissue
from .sections.what_was_run import what_was_run

_HERE = Path(__file__).parent
# The browser itself sees to it that nothing is loaded from anywhere.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def make_page(run: paget.Run, page_folder: Path, field: str | None = None) -> str:
    """The HTML of a run's report. Links to the run's files start from `page_folder`."""
    material = Material(run, field)
    if field is not None:
        _ = material.field  # a wrong one is told even where the page would show none
    sections = _sections(material, page_folder)
    name = Path(run.case.file).name or run.folder.resolve().name
    body = tag(
        "body",
        tag("a", "Skip to the report", href="#main", class_="skip"),
        _header(name, material, sections),
        tag(
            "main",
            tag("div", overview(material), id="overview"),
            *(_part(section) for section in sections),
            id="main",
            tabindex=-1,
        ),
        tag(
            "footer",
            tag(
                "p",
                "Made by paget-report. Where a number comes from stands in its attribute "
                "data-from; docs/report.md explains it.",
            ),
        ),
        tag("script", Html((_HERE / "page.js").read_text(encoding="utf-8"))),
    )
    return "<!DOCTYPE html>\n" + tag("html", _head(name), body, lang="en") + "\n"


def _sections(material: Material, page_folder: Path) -> list[Section]:
    always = [what_was_run(material)]
    if material.rows:
        always += [part(material) for part in (cascade, growth, clones, seeding, tissue, biopsy, ledger, performance)]
    return [*always, provenance(material, page_folder)]


def _head(name: str) -> Html:
    style = Html((_HERE / "style.css").read_text(encoding="utf-8"))
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{name}: a run of Paget"),
        tag("style", style),
    )


def _header(name: str, material: Material, sections: list[Section]) -> Html:
    links = [tag("li", tag("a", section.title, href=f"#{section.id}")) for section in sections]
    subject = (
        f"spread of a tumour from the {material.run.primary}" if material.run.lineage.homes else "tissue without tumour"
    )
    words = f"A simulated {subject}. Not fit for decisions about patients."
    return tag(
        "header", tag("h1", name), tag("p", words), tag("nav", tag("ul", *links), aria_label="Parts of the report")
    )


def _part(section: Section) -> Html:
    head = tag("h2", section.title, id=f"{section.id}-title")
    return tag("section", joined((head, section.body)), id=section.id, aria_labelledby=f"{section.id}-title")
