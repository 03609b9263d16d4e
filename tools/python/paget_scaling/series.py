"""A series: what is to be run, kept in series.json of its folder, so that it can be run on, and collected, at any time."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import shutil
from dataclasses import dataclass, field

from .enlarging import enlarged, has_grown, together
from .errors import ScalingError
from .layouts import check_case

FILE = "series.json"


@dataclass(frozen=True)
class Member:
    """One run of the series."""

    ranks: int
    repeat: int
    folder: str
    words: tuple[str, ...]  #: for `paget run`, behind the case

    @property
    def name(self) -> str:
        return f"p{self.ranks:05d}-r{self.repeat}"

    def path(self, *parts: str) -> str:
        return os.path.join(self.folder, *parts)

    @property
    def run(self) -> str:
        return self.path("run")

    @property
    def log(self) -> str:
        return self.path("log")


@dataclass
class Series:
    """Case, ranks and repeats."""

    kind: str  #: strong or weak
    case: str
    words: list[str]
    ranks: list[int]
    repeats: int
    axes: str
    time_limit_s: float
    program: str
    case_digest: str
    sizes: dict[str, dict[str, float]] = field(default_factory=dict)  #: by ranks, from layouts
    larger: dict[str, list[str]] = field(default_factory=dict)  #: by ranks, words that enlarge
    folder: str = ""

    def members(self) -> list[Member]:
        """Repeats in turns, so that a machine that slows down does so for all."""
        return [
            Member(
                ranks,
                repeat,
                os.path.join(self.folder, "members", f"p{ranks:05d}-r{repeat}"),
                tuple(together(self.words, self.larger[str(ranks)])),
            )
            for repeat in range(1, self.repeats + 1)
            for ranks in self.ranks
        ]

    def save(self) -> None:
        os.makedirs(self.folder, exist_ok=True)
        content = {name: value for name, value in dataclasses.asdict(self).items() if name != "folder"}
        part = os.path.join(self.folder, FILE + ".part")
        with open(part, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=2)
        os.replace(part, os.path.join(self.folder, FILE))


def read_series(folder: str) -> Series:
    path = os.path.join(folder, FILE)
    try:
        with open(path, encoding="utf-8") as file:
            return Series(**json.load(file), folder=os.path.abspath(folder))
    except FileNotFoundError:
        raise ScalingError(
            f"{folder} holds no series (there is no {FILE} in it). Write one: tools/scaling strong CASE "
            f"{folder} --ranks=1,2,4"
        ) from None
    except (ValueError, TypeError) as error:
        raise ScalingError(f"{path} cannot be read ({error}). Write the series anew in another folder.") from error


def digest_of(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()[:16]
    except OSError as error:
        raise ScalingError(f"The case file {path} cannot be read: {error.strerror}. Check the path.") from error


def plan(
    kind: str,
    case: str,
    folder: str,
    words: list[str],
    ranks: list[int],
    repeats: int,
    axes: str,
    time_limit_s: float,
    program: str,
) -> Series:
    """Checks every member with the program and writes the series; more ranks or repeats extend one that is there."""
    ranks = sorted(set(ranks))
    series = Series(
        kind,
        os.path.abspath(case),
        words,
        ranks,
        repeats,
        axes,
        time_limit_s,
        os.path.abspath(shutil.which(program) or program),
        digest_of(case),
        folder=os.path.abspath(folder),
    )
    if os.path.exists(os.path.join(folder, FILE)):
        _extend(series, read_series(folder))
    base = check_case(series.program, series.case, words, series.ranks[0])
    for count in series.ranks:
        if kind == "weak" and count % series.ranks[0] != 0:
            raise ScalingError(
                f"{count} ranks are no multiple of the first {series.ranks[0]} (the case could not be "
                "enlarged so much). Choose multiples."
            )
        times = count // series.ranks[0] if kind == "weak" else 1
        more = enlarged(series.case, words, base, times, axes) if kind == "weak" else []
        layout = check_case(series.program, series.case, together(words, more), count)
        if kind == "weak":
            has_grown(base, layout, times)
        series.larger[str(count)] = more
        series.sizes[str(count)] = layout.numbers()
    series.save()
    return series


def _extend(series: Series, before: Series) -> None:
    """Members that are done stay; so everything that they depend on must be the same."""
    for name in ("kind", "case", "words", "axes", "case_digest", "program"):
        if getattr(series, name) != getattr(before, name):
            raise ScalingError(
                f"{series.folder} holds another series: its {name} is {getattr(before, name)!r}, not "
                f"{getattr(series, name)!r} (members would not be comparable). Choose another folder."
            )
    if series.kind == "weak" and series.ranks[0] != before.ranks[0]:
        raise ScalingError(
            f"The series in {series.folder} begins with {before.ranks[0]} ranks (work per rank is that "
            "of its first member). Begin with the same, or choose another folder."
        )
    series.ranks = sorted({*series.ranks, *before.ranks})
    series.repeats = max(series.repeats, before.repeats)
