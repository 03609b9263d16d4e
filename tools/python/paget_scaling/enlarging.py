"""How a weak series enlarges its case.

With n times the ranks of the first member, the box of every organ gets n times the volume: its size is multiplied along
axes, so that it stays as near to a cube as n's prime factors allow. `founders.count` and all `residents.*` are multiplied
by n. Nothing else: beds, flow, blood volume, rates and the distance between generated vessels stay as they are.
"""

from __future__ import annotations

import os
import re

from .errors import ScalingError
from .layouts import Layout

_COUNT = re.compile(r"^organ\.(\w+)\.(founders\.count|residents\.\w+)$")
_FILES = ("founders.file", "vessels.file")


def prime_factors(n: int) -> list[int]:
    """The largest first."""
    factors, p = [], 2
    while n > 1:
        while n % p == 0:
            factors.append(p)
            n //= p
        p += 1
    return factors[::-1]


def stretch(size: tuple[float, float, float], times: int, axes: str) -> tuple[int, int, int]:
    """By what each axis is multiplied: each prime factor goes to the axis that is shortest by then."""
    factors = {axis: 1 for axis in "xyz"}
    for prime in prime_factors(times):
        shortest = min(axes, key=lambda axis: (size["xyz".index(axis)] * factors[axis], axis))
        factors[shortest] *= prime
    return factors["x"], factors["y"], factors["z"]


def _keys_of_file(path: str, seen: set[str]) -> dict[str, str]:
    """Keys of a case file and of what it includes, the nearer winning."""
    if os.path.realpath(path) in seen:
        return {}
    seen.add(os.path.realpath(path))
    own: dict[str, str] = {}
    included: dict[str, str] = {}
    section = ""
    with open(path, encoding="utf-8") as file:
        for raw in file:
            line = raw.split("#", 1)[0].strip()
            if line.startswith("["):
                section = line.strip("[] ") + "."
            elif "=" in line:
                key, value = (part.strip() for part in line.split("=", 1))
                if key == "include" and not section:
                    included |= _keys_of_file(os.path.join(os.path.dirname(path), value), seen)
                else:
                    own[section + key] = value
    return {**included, **own}


def keys_of(case: str, words: list[str]) -> dict[str, str]:
    """All keys that are given, those on the command line winning."""
    keys = _keys_of_file(case, set())
    for word in words:
        if word.startswith("--") and "=" in word:
            key, value = word[2:].split("=", 1)
            keys[key] = value
    return keys


def enlarged(case: str, words: list[str], base: Layout, times: int, axes: str) -> list[str]:
    """Words for the command line that make the case so many times as large."""
    keys = keys_of(case, words)
    for organ in base.organs:
        for name in _FILES:
            if keys.get(f"organ.{organ.name}.{name}"):
                raise ScalingError(
                    f"organ.{organ.name}.{name} puts cells or vessels at given places, which cannot be "
                    "enlarged. Use a case that makes them by number (founders.count, capillary_bed)."
                )
    if times == 1:
        return []
    more = []
    for organ in base.organs:
        size = tuple(n * organ.voxel_um for n in organ.voxels)
        factors = stretch((size[0], size[1], size[2]), times, axes)
        more += [
            f"--organ.{organ.name}.size.{axis}={size[i] * factors[i]:.10g} um"
            for i, axis in enumerate("xyz")
            if factors[i] > 1
        ]
    for key, value in sorted(keys.items()):
        if _COUNT.match(key):
            more.append(f"--{key}={round(float(value)) * times}")
    return more


def together(words: list[str], more: list[str]) -> list[str]:
    """Words of the user, and those that enlarge: a key is given once."""
    keys = {word.split("=", 1)[0] for word in more}
    return [word for word in words if word.split("=", 1)[0] not in keys] + more


def has_grown(base: Layout, layout: Layout, times: int) -> None:
    """That the program understood it so: voxels and cells are what they should be."""
    if layout.voxels != base.voxels * times or layout.cells != base.cells * times:
        raise ScalingError(
            f"The case did not grow as it should on {layout.ranks} ranks: {layout.voxels} voxels and "
            f"{layout.cells} cells instead of {base.voxels * times} and {base.cells * times} (work per "
            "rank would not be constant). Give sizes that are whole numbers of voxels, and counts as "
            "founders.count or residents.TYPE."
        )
