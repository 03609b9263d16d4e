"""The numbers of a run's files, read with csv, json and h5py only, named as a report names them (docs/report.md)."""

import csv
import functools
import json
import math
import os
import re
from urllib.parse import unquote

import h5py
import numpy as np


class PlainRun:
    """A run's folder without the package under test."""

    def __init__(self, folder):
        self.folder = folder

    def value_of(self, source):
        """The value of an expression of references in braces."""
        numbers = re.sub(r"\{([^{}]*)\}", lambda match: repr(self._entry(match[1])), source)
        if not re.fullmatch(r"[-+*/(). 0-9e]+", numbers):
            raise ValueError(f"{source} is no expression of numbers: {numbers}")
        return eval(numbers)  # noqa: S307 (digits and operators only, by the line above)

    def _entry(self, reference):
        file, _, entry = reference.partition("#")
        if entry == "bytes":
            return os.path.getsize(os.path.join(self.folder, file))
        kind = file.split("/")[0].split(".")[0]
        return getattr(self, f"_from_{kind}")(file, entry)

    @functools.lru_cache(maxsize=None)
    def _rows(self, file):
        with open(os.path.join(self.folder, file), encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    def _from_series(self, file, entry):
        column, row = entry.rsplit("@", 1)
        return float(self._rows(file)[int(row)][column])

    def _from_events(self, file, entry):
        if entry.startswith("first&"):
            words = dict(part.split("=") for part in entry.split("&")[1:])
            return min(
                float(row["time_h"])
                for row in self._rows(file)
                if row["fate"] != "dies" and all(row[name] == value for name, value in words.items())
            )
        words = dict(part.split("=") for part in entry.split("&"))
        until = float(words.pop("until"))
        return sum(
            float(row["time_h"]) <= until and all(row[name] == value for name, value in words.items())
            for row in self._rows(file)
        )

    def _from_summary(self, file, entry):
        with open(os.path.join(self.folder, file), encoding="utf-8") as stream:
            value = json.load(stream)
        for name in entry.split("/"):
            value = value[unquote(name)]
        return value

    def _from_case(self, file, entry):
        section, _, key = entry.rpartition(".")
        with open(os.path.join(self.folder, file), encoding="utf-8") as stream:
            part = stream.read().split(f"[{section}]\n")[1].split("\n[")[0]
        return float(re.search(rf"^{key} = (\S+)", part, re.MULTILINE)[1])

    def _from_checkpoints(self, file, entry):
        with h5py.File(os.path.join(self.folder, file), "r") as stream:
            history = json.loads(bytes(stream["run/history"][...]))
        return len(history["runs"]) if entry == "starts" else history[entry]

    def _from_snapshots(self, file, entry):
        organ, _, what = entry.partition("?")
        with h5py.File(os.path.join(self.folder, file), "r") as stream:
            if entry == "time_h":
                return float(stream.attrs["time_h"])
            group = stream["organs"][organ]
            if what.startswith("field="):
                field, statistic = what[len("field=") :].split("&")
                return float(getattr(np, statistic)(group["fields"][field][...]))
            cells = {
                name: group["cells"][name][...] for name in ("radius", "fate", "type", "clone", "journeys", "position")
            }
            scene = [group.attrs[f"scene_{axis}_um"] for axis in "xyz"]
            size = [group.attrs[f"spacing_{axis}_um"] * n for axis, n in zip("xyz", group["fields/ecm"].shape[::-1])]
        if what == "all":
            return len(cells["fate"])
        chosen = (cells["fate"] < 2) & np.isin(cells["type"], self._tumour_types())
        if what == "volume":
            return math.fsum(4 / 3 * math.pi * float(radius) ** 3 for radius in cells["radius"][chosen])
        if what.startswith("thickness="):
            return thickest(cells["position"].reshape(-1, 3)[chosen] - scene, cells["radius"][chosen], size, what[10:])
        for part in what.split("&"):
            name, value = part.split("=")
            chosen &= cells["clone"] == int(value) if name == "clone" else (cells["journeys"] > 0) == (value == "yes")
        return 0 if "travelled=none" in what else int(np.count_nonzero(chosen))

    def _tumour_types(self):
        with open(os.path.join(self.folder, "case.ini"), encoding="utf-8") as stream:
            text = stream.read()
        types = list(dict.fromkeys(re.findall(r"^\[cell\.(\w+)", text, re.MULTILINE)))
        parts = re.findall(r"^\[organ\.\w+\.founders\]\n(.*?)(?=^\[)", text, re.MULTILINE | re.DOTALL)
        founders = {
            re.search(r"^type = ?(\w*)", part, re.MULTILINE)[1]
            for part in parts
            if re.search(r"^count = (?!0$)", part, re.MULTILINE)
        }
        changes = re.findall(r"= (\w+): .*turning_into_(\w+)", text)
        for one, part in re.findall(r"^\[cell\.(\w+)\.becomes\]\n(.*?)(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL):
            changes += [(one, other) for other in re.findall(r"^(\w+) = (?!0 )", part, re.MULTILINE)]
        for _ in types:
            founders |= {other for one, other in changes if one in founders}
        return [i for i, name in enumerate(types) if name in founders or "" in founders]  # "": a table names them


def thickest(places, radii, size, pixels):
    """The most that lies on a pixel, as volume over area: a loop over cells instead of a histogram."""
    rows, columns = (int(n) for n in pixels.split("x"))
    volume = np.zeros((rows, columns))
    for (x, y, _), radius in zip(places, radii):
        row, column = int(y / size[1] * rows), int(x / size[0] * columns)
        volume[min(row, rows - 1), min(column, columns - 1)] += 4 / 3 * math.pi * radius**3
    return float(volume.max() / (size[0] / columns * size[1] / rows))
