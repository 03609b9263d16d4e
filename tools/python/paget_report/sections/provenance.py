"""Where all this comes from: program, libraries, starts, files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from paget import Run, Status

from ..blocks import Cell, Section, facts, table
from ..markup import Html, joined, tag
from ..material import Material
from ..quantity import Quantity


def provenance(material: Material, page_folder: Path) -> Section:
    """Versions, hash, history; links to the files from where the page stands."""
    parts = [facts(_facts(material))]
    if material.run.history is not None:
        parts.append(_starts(material.run.history["runs"]))
    parts.append(_files(material.run, page_folder))
    return Section("provenance", "Provenance", joined(parts))


def _facts(material: Material) -> list[tuple[str, Cell]]:
    pairs: list[tuple[str, Cell]] = [
        ("Folder", str(material.run.folder.resolve().name)),
        ("The run is", material.run.status.value),
    ]
    summary = material.run.summary
    if summary is not None:
        program = summary["paget"]
        pairs += [
            ("Paget", f"{program['version']} (revision {program['revision']}, {program['build_type']} build)"),
            ("Libraries", "; ".join(f"{name} {version}" for name, version in program["libraries"].items())),
            ("State hash", str(summary["state_hash"])),
        ]
    return pairs


def _starts(runs: list[dict[str, Any]]) -> Html:
    rows = [
        [
            str(start.get("began", "")),
            str(start.get("command", "")).strip(),
            str(start.get("version", "")),
            f"{start.get('ranks', '')}",
            ", ".join(str(h) for h in start.get("hosts") or []),
            str(start.get("slurm_job") or "none"),
        ]
        for start in runs
    ]
    return table("Starts of the program", ("began", "command", "version", "ranks", "hosts", "SLURM job"), rows)


def _files(run: Run, page_folder: Path) -> Html:
    names = [
        "case.ini",
        "series.csv",
        "series.h5",
        "events.csv",
        "tracks.csv",
        "summary.json",
        "state.h5",
        "fields.xmf",
        "cells.xmf",
        "vessels.xmf",
    ]
    rows: list[list[Cell]] = []
    for name in names:
        path = run.folder / name
        if path.is_file():
            link = quote(os.path.relpath(path.resolve(), page_folder.resolve()))
            size: Cell = Quantity(path.stat().st_size, f"{{{name}#bytes}}")
            rows.append([tag("a", name, href=link), "may grow" if run.status is Status.RUNNING else size])
    return table("Files of the run", ("file", "bytes"), rows)
