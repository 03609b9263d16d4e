"""The run in a line and a few numbers."""

from __future__ import annotations

from ..markup import Html, joined, tag
from ..material import Material
from ..quantity import Quantity, total, words_for

_STATUS = {
    "complete": "The run came to its end.",
    "stopped early": "The run was stopped early and can go on.",
    "running": "The run goes on; this page shows it as far as it had come.",
    "killed": "The run ended without a word (it was killed, or its machine was); this page shows how far it had come.",
}


def overview(material: Material) -> Html:
    """How far the run has come, and its main numbers."""
    status = tag(
        "p",
        tag("strong", material.run.status.value.capitalize(), "."),
        " ",
        _STATUS[material.run.status.value],
        class_="status",
    )
    if material.rows == 0:
        return joined((status, tag("p", "There is no output yet, so only the case is shown.", class_="note")))
    return joined((status, tag("ul", *(_tile(*tile) for tile in _tiles(material)), class_="tiles")))


def _tiles(material: Material) -> list[tuple[Quantity, str]]:
    organs = material.organs
    seeds = total(
        [
            material.arrivals(p.source, p.destination, fate)
            for p in material.seedings.itertuples()
            for fate in ("grew", "slept")
        ]
    )
    time = material.clock.of(material.series("time_h"))
    living = total([material.series(f"{organ}.living") for organ in organs])
    shed = material.series("blood.shed")
    tiles = [
        (time, f"simulated {material.clock.words_for(time)}"),
        (living, words_for(living.value, "living cell")),
        (shed, words_for(shed.value, "cell") + " entered the blood"),
        (seeds, words_for(seeds.value, "seed") + " took root"),
    ]
    share = f"{material.run.primary}.self_seeded_share"
    if material.has(share) and material.has_journeys:
        tiles.append(_self_seeded(material, share))
    return tiles


def _self_seeded(material: Material, share: str) -> tuple[Quantity, str]:
    """Of no cells there is no share."""
    primary = material.run.primary
    living = material.series(f"{primary}.living")
    if living.value == 0:
        return living, f"cells are left in the {primary}, so none is self-seeded"
    return material.series(share) * 100, f"% of the {primary}'s cells are self-seeded"


def _tile(number: Quantity, words: str) -> Html:
    return tag("li", number.html(), " ", tag("span", words))
