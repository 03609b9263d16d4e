"""What was run: the case, its organs and cells, and what it sets."""

from __future__ import annotations

from ..blocks import Cell, Section, cell, facts, folded, table
from ..markup import Html, joined
from ..material import Material
from ..quantity import Quantity


def what_was_run(material: Material) -> Section:
    """The case in short, and every key that it gives."""
    body = joined(
        (facts(_facts(material)), _organs(material), folded("All keys that the case gives", _given(material)))
    )
    return Section("case", "What was run", body)


def _facts(material: Material) -> list[tuple[str, Cell]]:
    case = material.run.case
    pairs: list[tuple[str, Cell]] = [("Case file", case.file or "(unknown)")]
    if material.run.summary is not None:
        pairs.append(("Command", str(material.run.summary["case"]["command"]).strip()))
    pairs.append(("Seed", material.case("run.seed")))
    length = _length(material)
    unit = material.clock.words_for(length) if isinstance(length, Quantity) else material.clock.units
    pairs.append(("Planned", joined((cell(length), f" {unit} in steps of {case['run.step']}"))))
    for title, kind in (("Cell types", "cell"), ("Fields", "field"), ("Drugs", "drug"), ("Capillary beds", "bed")):
        names = case.names(kind)
        if names:
            pairs.append((title, ", ".join(names)))
    return pairs


def _organs(material: Material) -> Html:
    case = material.run.case
    rows: list[list[Cell]] = []
    for organ in material.organs:
        keys = case.under(f"organ.{organ}")
        size = joined([cell(material.case(f"organ.{organ}.size.{axis}")) for axis in "xyz"], " × ")
        rows.append(
            [
                organ,
                joined((size, " µm")),
                material.case(f"organ.{organ}.founders.count"),
                keys["founders.type"].text or "none",
                keys["vessels.source"].text,
                material.case(f"organ.{organ}.soil"),
            ]
        )
    heads = ("organ", "size", "founders", "of type", "vessels", "soil (chance to grow on arrival)")
    return table("Organs of the case", heads, rows)


def _length(material: Material) -> Cell:
    minutes = material.case("run.end")
    return material.clock.of(minutes / 60) if isinstance(minutes, Quantity) else minutes


def _given(material: Material) -> Html:
    given = material.run.case.given().items()
    rows = [[key, value.text, value.default or value.otherwise or "none"] for key, value in given]
    return table("Keys given in the case file or on the command line", ("key", "value", "default"), rows)
