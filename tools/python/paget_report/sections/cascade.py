"""The cascade: shed, survived, arrested, out of the vessels, took root."""

from __future__ import annotations

from ..blocks import Cell, Drawing, Section, figure, note, table
from ..figures.flow import Bar, Box, Ribbon, draw_flow, draw_funnel
from ..markup import Html, joined
from ..material import Material
from ..palette import LIVING, LOST, WAITING
from ..quantity import Quantity, total, words_for

_HEADS = (
    "Shed\nby",
    "Entered\nthe blood",
    "Survived\nthe flow",
    "Arrested in\ncapillaries",
    "Left the\nvessels",
    "Arrived\nin",
    "Took\nroot",
)


class Journeys:
    """The numbers of the way through the blood, at one time."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.organs = material.organs
        self.shed_by = {organ: material.series(f"{organ}.shed") for organ in self.organs}
        self.arrived = {organ: material.series(f"{organ}.arrived") for organ in self.organs}
        self.shed = material.series("blood.shed")
        self.unresolved = material.series("blood.extravasated_unresolved")
        self.left = material.series("blood.extravasated") + self.unresolved
        self.still_arrested = material.series("blood.arrested_cells")
        under_way = ["blood.flowing_cells", *(["blood.lymph_cells"] if material.has("blood.lymph_cells") else [])]
        self.under_way = total([material.series(name) for name in under_way])
        self.lost_in_flow = self._deaths(["anoikis", "shear"] + ([] if self.nk_is_in_arrest else ["nk_cell"]))
        self.lost_in_arrest = self._deaths(["arrested"] + (["nk_cell"] if self.nk_is_in_arrest else []))
        self.survived = self.shed - total(list(self.lost_in_flow.values()))
        self.arrested = total([self.still_arrested, *self.lost_in_arrest.values(), self.left])

    @property
    def nk_is_in_arrest(self) -> bool:
        """NK cells meet arrested cells only; but deaths on the way, where a case has any, are counted with theirs."""
        case = self.material.run.case
        return not any(case[key].number for key in ("circulation.flow_death", "circulation.lymph_death") if key in case)

    def _deaths(self, causes: list[str]) -> dict[str, Quantity]:
        names = {
            "anoikis": "anoikis",
            "shear": "shear",
            "arrested": "died in arrest",
            "nk_cell": "killed by NK cells" if self.nk_is_in_arrest else "NK cells or in flow",
        }
        return {names[cause]: self.material.series(f"blood.died.{cause}") for cause in causes}

    def outcome(self, organ: str, outcome: str) -> Quantity:
        """Of the arrivals in an organ: how many grew, slept or died."""
        parts = [self.material.arrivals(source, organ, outcome) for source in self.organs]
        return total([part for part in parts if part.value] or parts[:1])


def cascade(material: Material) -> Section:
    """Flow diagram and table."""
    journeys = Journeys(material)
    if journeys.shed.value == 0:
        return Section("cascade", "The cascade", note("No cell has entered the blood."))
    seeds = total([journeys.outcome(organ, fate) for organ in material.organs for fate in ("grew", "slept")])
    words = (
        f"Of {journeys.shed.value} {words_for(journeys.shed.value, 'cell')} that entered the blood, "
        f"{journeys.survived.value} survived the flow, "
        f"{journeys.arrested.value} arrested in capillaries, {journeys.left.value} left the vessels, and "
        f"{seeds.value} took root."
    )
    drawing = Drawing(
        draw_flow("The cascade", words, _HEADS, _boxes(journeys), _ribbons(journeys)),
        draw_funnel("The cascade", words, _bars(journeys)),
    )
    told = figure("fig-cascade", "From the tumour to the soil", _caption(journeys, seeds), drawing, _numbers(journeys))
    extra = note(
        "The run counts arrests and deaths in the blood for the whole body; what each organ shed, received and "
        "kept is known by organ."
    )
    return Section("cascade", "The cascade", joined((told, extra, _by_organ(journeys))))


def _caption(j: Journeys, seeds: Quantity) -> Html:
    return joined(
        (
            "Of ",
            j.shed.html(),
            f" {words_for(j.shed.value, 'cell')} that entered the blood, ",
            j.survived.html(),
            " survived the flow, ",
            j.arrested.html(),
            " arrested in capillaries, ",
            j.left.html(),
            " left the vessels, and ",
            seeds.html(),
            " took root. Hatched: dead. Dark yellow: not decided yet, or not followed further.",
        )
    )


def _boxes(j: Journeys) -> list[Box]:
    looks = j.material.looks
    boxes = [Box(f"from {o}", o, n, 0, looks[o].colour) for o, n in j.shed_by.items() if n.value]
    boxes += [Box("shed", "cells", j.shed, 1, "#555555"), Box("survived", "survived", j.survived, 2, "#555555")]
    boxes += [Box(name, name, n, 2, LOST, True) for name, n in j.lost_in_flow.items() if n.value]
    boxes.append(Box("arrested", "arrested", j.arrested, 3, "#555555"))
    if j.under_way.value:
        boxes.append(Box("under way", "still under way", j.under_way, 3, WAITING))
    boxes.append(Box("left", "got out", j.left, 4, "#555555"))
    if j.still_arrested.value:
        boxes.append(Box("waiting", "still arrested", j.still_arrested, 4, WAITING))
    boxes += [Box(name, name, n, 4, LOST, True) for name, n in j.lost_in_arrest.items() if n.value]
    boxes += [Box(f"in {o}", o, n, 5, looks[o].colour) for o, n in j.arrived.items() if n.value]
    if j.unresolved.value:
        boxes.append(Box("elsewhere", "other tissues", j.unresolved, 5, WAITING))
    return [*boxes, *_ends(j)]


def _ends(j: Journeys) -> list[Box]:
    ends = []
    for organ in j.organs:
        for outcome, name in (("grew", "grow"), ("slept", "sleep"), ("died", "die")):
            count = j.outcome(organ, outcome)
            if count.value:
                ends.append(
                    Box(
                        f"{organ} {outcome}",
                        f"{organ}: {name}",
                        count,
                        6,
                        LOST if outcome == "died" else j.material.looks[organ].colour,
                        outcome == "died",
                    )
                )
    return ends


def _ribbons(j: Journeys) -> list[Ribbon]:
    ribbons = [Ribbon(f"from {o}", "shed", n) for o, n in j.shed_by.items()]
    ribbons.append(Ribbon("shed", "survived", j.survived))
    ribbons += [Ribbon("shed", name, n) for name, n in j.lost_in_flow.items()]
    ribbons += [
        Ribbon("survived", "arrested", j.arrested),
        Ribbon("survived", "under way", j.under_way),
        Ribbon("arrested", "left", j.left),
        Ribbon("arrested", "waiting", j.still_arrested),
    ]
    ribbons += [Ribbon("arrested", name, n) for name, n in j.lost_in_arrest.items()]
    ribbons += [Ribbon("left", f"in {o}", n) for o, n in j.arrived.items()]
    ribbons.append(Ribbon("left", "elsewhere", j.unresolved))
    return ribbons + [
        Ribbon(f"in {o}", f"{o} {fate}", j.outcome(o, fate)) for o in j.organs for fate in ("grew", "slept", "died")
    ]


def _bars(j: Journeys) -> list[Bar]:
    looks = j.material.looks
    bars = [Bar(f"shed by the {o}", n, looks[o].colour) for o, n in j.shed_by.items() if n.value]
    bars += [Bar(name, n, LOST, 1, True) for name, n in j.lost_in_flow.items() if n.value]
    bars.append(Bar("survived the flow", j.survived, "#555555"))
    if j.under_way.value:
        bars.append(Bar("still under way", j.under_way, WAITING, 1))
    bars.append(Bar("arrested in capillaries", j.arrested, "#555555"))
    bars += [Bar(name, n, LOST, 1, True) for name, n in j.lost_in_arrest.items() if n.value]
    bars += [Bar("still arrested", j.still_arrested, WAITING, 1), Bar("left the vessels", j.left, "#555555")]
    bars.append(Bar("into other tissues", j.unresolved, WAITING, 1))
    for organ, count in j.arrived.items():
        if count.value:
            bars.append(Bar(f"arrived in the {organ}", count, looks[organ].colour))
            bars += [
                Bar(end.name.split(": ")[1], end.count, end.colour, 1, end.is_loss)
                for end in _ends(j)
                if end.key.rpartition(" ")[0] == organ
            ]
    return bars


def _numbers(j: Journeys) -> Html:
    rows: list[tuple[Cell, Cell]] = [
        ("entered the blood", j.shed),
        *j.lost_in_flow.items(),
        ("survived the flow", j.survived),
        ("still under way", j.under_way),
        ("arrested", j.arrested),
        *j.lost_in_arrest.items(),
        ("still arrested", j.still_arrested),
        ("left the vessels", j.left),
        ("into other tissues", j.unresolved),
    ]
    return table("The way through the blood, in cells", ("stage", "cells"), rows)


def _by_organ(j: Journeys) -> Html:
    rows: list[list[Cell]] = [
        [o, j.shed_by[o], j.arrived[o], j.outcome(o, "grew"), j.outcome(o, "slept"), j.outcome(o, "died")]
        for o in j.organs
    ]
    heads = ("organ", "shed", "arrived", "grew at once", "fell asleep", "died (soil refused)")
    return table("The cascade by organ, in cells", heads, rows)
