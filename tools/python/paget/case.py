"""The resolved case of a run: every value that was used, with unit and origin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import CutOffFile, no_such

_NUMBER = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?:\s+(\S.*))?")
# As src/config/resolved.cpp writes it: "default (S)", "as KEY (S)", "given; the default is 'D' (S)",
# "given; otherwise as KEY (S)", "given; there is no default (S)".
_ORIGIN = re.compile(
    r"# (default|given|as \S+)"
    r"(?:; the default is '(?P<default>.*?)'|; otherwise (?P<other>as \S+)|; there is no default)?"
    r"(?: \((?P<source>.*)\))?"
)
_READ_FROM = "# read from "


@dataclass(frozen=True)
class Value:
    """One entry of the case."""

    text: str  #: as it stands in case.ini, in the unit in which the program holds it
    origin: str = ""  #: "given", "default", or "as KEY" where it follows another key
    default: str | None = None  #: what it would have been, if it was given
    source: str = ""  #: where the default comes from
    otherwise: str = ""  #: "as KEY" where it would follow that key, if it were not given

    @property
    def number(self) -> float | None:
        """The number, or nothing if the value is text."""
        match = _NUMBER.fullmatch(self.text)
        return float(match[1]) if match else None

    @property
    def unit(self) -> str:
        """The unit of the number; empty for pure numbers and for text."""
        match = _NUMBER.fullmatch(self.text)
        return match[2] or "" if match else ""

    @property
    def is_given(self) -> bool:
        """Whether the case file or the command line said it."""
        return self.origin == "given"

    def __str__(self) -> str:
        return self.text


class Case(Mapping[str, Value]):
    """Keys as on the command line ("organ.lung.soil") to values, in the order of case.ini."""

    def __init__(self, values: dict[str, Value], file: str = "") -> None:
        self._values = values
        self.file = file  #: the case file that was run, as its path was given

    @classmethod
    def read(cls, path: Path) -> Case:
        """Reads a case.ini of a run folder. Raises CutOffFile if its end is not that of an entry."""
        text = path.read_text(encoding="utf-8", errors="replace")
        lines = text.splitlines()
        if not text.endswith("\n") or lines[-1].startswith("#"):
            raise CutOffFile(
                f"{path} ends within an entry, in line {len(lines)} (the case is not known whole). Copy it again from "
                "where the run wrote it."
            )
        return cls.parse(text)

    @classmethod
    def parse(cls, text: str) -> Case:
        """Reads the text of a resolved case."""
        values: dict[str, Value] = {}
        section, comment, file = "", "", ""
        for line in text.splitlines():
            if line.startswith(_READ_FROM):
                file = line[len(_READ_FROM) :]
            elif line.startswith("#"):
                comment = line
            elif line.startswith("["):
                section = line.strip("[] ")
            elif " =" in line:
                key, _, value = line.partition(" =")
                values[f"{section}.{key.strip()}"] = _value(value.strip(), comment)
        return cls(values, file)

    def __getitem__(self, key: str) -> Value:
        if key not in self._values:
            raise no_such(f"the case {self.file}".rstrip(), "key", key, self._values)
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        return key in self._values  # Mapping would look for names like it

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Case({self.file!r}, {len(self)} keys)"

    def given(self) -> dict[str, Value]:
        """What the case file and the command line said; all else is default or follows from it."""
        return {key: value for key, value in self.items() if value.is_given}

    def under(self, prefix: str) -> dict[str, Value]:
        """All keys of a section and of those below it, without the prefix: ``under("organ.lung")["soil"]``."""
        start = prefix + "."
        return {key[len(start) :]: value for key, value in self.items() if key.startswith(start)}

    def names(self, kind: str) -> list[str]:
        """What is declared by ``[kind.NAME]`` in the case's order: organ, field, cell, drug, bed or probe."""
        return list(dict.fromkeys(key.split(".")[1] for key in self if key.startswith(kind + ".")))

    def field_unit(self, field: str) -> str:
        """The unit of a field; "1" for the matrix, ecm, and for fields without one."""
        value = self._values.get(f"field.{field}.unit")
        return value.text if value and value.text else "1"


def _value(text: str, comment: str) -> Value:
    match = _ORIGIN.fullmatch(comment)
    if match is None:
        return Value(text)
    return Value(text, match[1], match["default"], match["source"] or "", match["other"] or "")
