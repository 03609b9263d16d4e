"""Collects a series: what became of its members, their bytes, tables, laws, pictures."""

from __future__ import annotations

import json
import os
from typing import Any, Callable

from .communication import communication_laws, growing_parts
from .errors import ScalingError
from .figures import best_of, draw_communication, draw_times
from .laws import TimeLaw, fit_time
from .measures import Row, row_of, write_csv
from .outcomes import Outcome, different_bytes, outcome_of
from .series import Series
from .slurm import state_of

Say = Callable[[str], None]


def _tell_failures(outcomes: list[Outcome], say: Say) -> None:
    for outcome in outcomes:
        if not outcome.done:
            say(f"{outcome.member.name}: {outcome.what}; left out")
            if os.path.isdir(outcome.member.folder):
                say(outcome.last_lines())


def _tell_table(kind: str, rows: list[Row], say: Say) -> None:
    p, steps = best_of(rows, "step.s")
    _, whole = best_of(rows, "wall_s")
    say(
        " ranks    steps [s]    run [s]   "
        + ("speed-up " if kind == "strong" else "")
        + "efficiency   messages   bytes"
        "      collectives   (per rank and step)"
    )
    for i, ranks in enumerate(p):
        row = next(r for r in rows if r["ranks"] == ranks)
        speed_up = steps[0] / steps[i]
        efficiency = speed_up * p[0] / ranks if kind == "strong" else speed_up
        say(
            f"{ranks:6.0f} {steps[i]:12.4g} {whole[i]:10.4g} "
            + (f"{speed_up:10.3f}" if kind == "strong" else "")
            + f" {efficiency:10.3f} {row['step.messages']:11.1f} {row['step.message_bytes']:11.4g} "
            f"{row['step.collectives']:9.1f}"
        )


def _tell_laws(content: dict[str, Any], say: Say) -> None:
    for name, (value, low, high) in content["time_law"].get("terms", {}).items():
        if value > 0 or high > 0:
            say(f"  time: {name:20} {value:.4g} s ({low:.3g} to {high:.3g})")
    for law in content["communication_laws"]:
        say(f"  {law['of']} ~ ({law['against']})^{law['exponent']:.3f} +- {law['error']:.3f}")
    for sentence in content["growing"]:
        say(f"  grows with ranks: {sentence}")


def _time_law_json(law: TimeLaw | None, farthest: float) -> dict[str, Any]:
    if law is None:
        return {}
    ranks = [law.base * 2**i for i in range(40) if law.base * 2**i <= farthest]
    low, high = law.band(ranks)
    return {
        "terms": {name: [value, *law.errors[name]] for name, value in law.coefficients.items()},
        "relative_error_of_a_measurement": law.relative_error,
        "extrapolation": [
            {"ranks": p, "s": float(t), "low": float(a), "high": float(b)}
            for p, t, a, b in zip(ranks, law.at(ranks), low, high)
        ],
    }


def _without_nan(value: float) -> float | None:
    return value if value == value else None


def collect(series: Series, farthest: float, say: Say) -> int:
    """0 if all members are done and have the bytes that they should; else 1. Draws in any case what there is."""
    outcomes = [outcome_of(member, state_of(member)) for member in series.members()]
    _tell_failures(outcomes, say)
    different = different_bytes(outcomes, series.kind)
    for sentence in different:
        say("other bytes: " + sentence)
    rows = sorted((row_of(series, o) for o in outcomes if o.done), key=lambda row: (row["ranks"], row["repeat"]))
    if not rows:
        raise ScalingError(
            "No member is done (there is nothing to draw). Run the series: tools/scaling run " f"{series.folder}"
        )
    done = len(rows)
    say(
        f"{done} of {len(outcomes)} members are done; "
        + (
            "bytes DIFFER"
            if different
            else f"their bytes are equal{'' if series.kind == 'strong' else ' among repeats'}"
        )
    )
    amounts = communication_laws(rows)
    law = fit_time(series.kind, [row["ranks"] for row in rows], [row["step.s"] for row in rows])
    content = {
        "kind": series.kind,
        "case": series.case,
        "words": series.words,
        "sizes": series.sizes,
        "enlarged_by": series.larger,
        "members": rows,
        "not_done": {o.member.name: o.what for o in outcomes if not o.done},
        "different_bytes": different,
        "time_law": _time_law_json(law, farthest),
        "communication_laws": [{**vars(l), "error": _without_nan(l.error)} for l in amounts],
        "growing": growing_parts(rows),
        "program": next(o.summary["paget"] for o in outcomes if o.summary is not None),
    }
    _tell_table(series.kind, rows, say)
    told = {**content, "communication_laws": [vars(l) for l in amounts]}
    if law is not None and not law.describes:
        told["time_law"] = {}
        say(
            f"  time: no law is near these times (one of them is off by {law.relative_error:.0%}), so none is drawn. "
            "More numbers of ranks, longer runs or more repeats would help."
        )
    _tell_laws(told, say)
    with open(os.path.join(series.folder, "scaling.json"), "w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
    write_csv(os.path.join(series.folder, "scaling.csv"), rows)
    draw_times(os.path.join(series.folder, "times.png"), series.kind, rows, law, max(farthest, rows[-1]["ranks"]))
    if any(row["ranks"] > 1 for row in rows):
        draw_communication(os.path.join(series.folder, "communication.png"), rows)
    say(f"written to {series.folder}: scaling.json, scaling.csv, times.png, communication.png")
    return 0 if done == len(outcomes) and not different else 1
