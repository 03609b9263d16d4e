"""The ledger: every cell is accounted for."""

from __future__ import annotations

from ..blocks import Cell, Section, table
from ..markup import Html, joined, tag
from ..material import Material
from ..quantity import Quantity, total


def ledger(material: Material) -> Section:
    """Both sides of every organ's account, and of the blood's."""
    organs = [_organ(material, organ) for organ in material.organs]
    blood = _blood(material)
    closed = all(came.value == went.value for _, came, went in [*organs, blood])
    verdict = "closed: every cell is accounted for" if closed else "NOT closed: cells are missing or too many"
    return Section(
        "ledger",
        "Ledger",
        joined(
            (
                tag(
                    "p",
                    "At the last row the ledger is ",
                    tag("strong", verdict),
                    ".",
                    class_=None if closed else "alarm",
                ),
                _accounts([*organs, blood]),
                _births_and_deaths(material),
            )
        ),
    )


def _present(material: Material, names: list[str]) -> list[Quantity]:
    return [material.series(name) for name in names if material.has(name)]


def _deaths(material: Material, place: str) -> list[Quantity]:
    return [material.series(name) for name in material.sum_of(f"{place}.died.")]


def _organ(material: Material, organ: str) -> tuple[str, Quantity, Quantity]:
    came = _present(material, [f"{organ}.{name}" for name in ("founded", "born", "arrived", "recruited")])
    went = _present(material, [f"{organ}.{name}" for name in ("living", "shed", "left")])
    return organ, total(came), total([*went, *_deaths(material, organ)])


def _blood(material: Material) -> tuple[str, Quantity, Quantity]:
    went = _present(
        material,
        [
            "blood.flowing_cells",
            "blood.lymph_cells",
            "blood.arrested_cells",
            "blood.extravasated",
            "blood.extravasated_unresolved",
        ],
    )
    return "blood", material.series("blood.shed"), total([*went, *_deaths(material, "blood")])


def _accounts(accounts: list[tuple[str, Quantity, Quantity]]) -> Html:
    rows: list[list[Cell]] = [
        [place, came, went, "✓ equal" if came.value == went.value else "✗ differ"] for place, came, went in accounts
    ]
    return table(
        "Both sides of the account, in cells since the start. In an organ: founded, born, arrived and recruited; "
        "living, died, shed and left. In the blood: shed; in it, died, got out.",
        ("place", "came", "accounted for", "verdict"),
        rows,
    )


def _births_and_deaths(material: Material) -> Html:
    first = material.organs[0]
    causes = [name[len(first) + 6 :] for name in material.sum_of(f"{first}.died.")]
    names = [
        name for name in ("founded", "born", "arrived", "recruited", "shed", "left") if material.has(f"{first}.{name}")
    ]
    rows: list[list[Cell]] = [
        [
            organ,
            *(material.series(f"{organ}.{name}") for name in names),
            *(material.series(f"{organ}.died.{cause}") for cause in causes),
            material.series(f"{organ}.living"),
        ]
        for organ in material.organs
    ]
    heads = ("organ", *names, *(f"died: {cause.replace('_', ' ')}" for cause in causes), "living now")
    return table("What happened in each organ, in cells since the start", heads, rows)
