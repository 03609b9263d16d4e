"""One organ in one snapshot: its cells, fields and vessels, each read when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import h5py
import numpy as np
from numpy.typing import NDArray
import pandas as pd

from .case import Case
from .errors import OutOfRange, WrongValue, choice, no_such
from .hdf5 import open_hdf5, text, vector

if TYPE_CHECKING:
    import xarray

STATES = ("epithelial", "hybrid", "mesenchymal")
FATES = ("cycling", "dormant", "apoptotic", "necrotic")  #: the last two are corpses
_AXES = ("x_um", "y_um", "z_um")
_NAMES = {"radius": "radius_um", "age": "age_h"}
_UNITS = {"x_um": "um", "y_um": "um", "z_um": "um", "radius_um": "um", "age_h": "h", "pressure": "1"}
_OF_SEGMENTS = {  # of vessels: column and unit by data set; without a unit: whether or not
    "radius": ("radius_um", "um"),
    "flowing": ("flowing", ""),
    "flow": ("flow", "um3/min"),
    "haematocrit": ("haematocrit", "1"),
    "blood_pressure": ("blood_pressure", "mmHg"),
    "wall_shear": ("wall_shear", "Pa"),
    "maturity": ("maturity", "1"),
    "age": ("age_h", "h"),
    "collapsed": ("collapsed", ""),
    "grown": ("grown", ""),
}
_REQUIRED = ("id", "position", "radius", "type", "state", "fate", "clone", "journeys")


class Tissue:
    """An organ at one time. Fields have the shape (z, y, x), as in the file; places are in the organ, in um."""

    def __init__(self, path: Path, name: str, case: Case) -> None:
        self.path = path
        self.name = name
        self._case = case

    def __repr__(self) -> str:
        return f"Tissue({self.name!r}, {str(self.path)!r})"

    @cached_property
    def spacing_um(self) -> NDArray[Any]:
        """Edges of a voxel along x, y and z, shape (3,)."""
        with open_hdf5(self.path) as file:
            return vector(self._group(file).attrs, "spacing_{}_um")

    @cached_property
    def scene_um(self) -> NDArray[Any]:
        """Where ParaView's scene has the organ's corner, shape (3,). Places here do not include it."""
        with open_hdf5(self.path) as file:
            return vector(self._group(file).attrs, "scene_{}_um")

    @cached_property
    def shape(self) -> tuple[int, int, int]:
        """Voxels along z, y and x."""
        with open_hdf5(self.path) as file:
            counts: tuple[int, int, int] = self._group(file)["fields/ecm"].shape
            return counts

    @property
    def size_um(self) -> NDArray[Any]:
        """Edges of the organ along x, y and z, shape (3,)."""
        return np.asarray(self.spacing_um * np.array(self.shape[::-1]))

    @cached_property
    def fields(self) -> dict[str, str]:
        """Names of the fields, with their units. The matrix is "ecm", relative to that of healthy tissue."""
        with open_hdf5(self.path) as file:
            return {
                name: text(data.attrs.get("unit", "1")) or "1" for name, data in self._group(file)["fields"].items()
            }

    @cached_property
    def cell_count(self) -> int:
        """Cells in the tissue, corpses too. Reads none of them."""
        with open_hdf5(self.path) as file:
            return int(self._group(file)["cells/id"].shape[0])

    def field(self, name: str) -> NDArray[Any]:
        """A whole field, shape (z, y, x), in the unit that `fields` names."""
        with open_hdf5(self.path) as file:
            return np.asarray(self._data(file, "fields", name)[...])

    def field_layer(self, name: str, layer: int) -> NDArray[Any]:
        """One layer of voxels across z, shape (y, x). Reads no other."""
        with open_hdf5(self.path) as file:
            data = self._data(file, "fields", name)
            if not -len(data) <= layer < len(data):
                raise OutOfRange(f"{name} in the {self.name} has no layer {layer} (they are 0 to {len(data) - 1}).")
            return np.asarray(data[layer])

    def field_array(self, name: str) -> xarray.DataArray:
        """A whole field with the centres of its voxels as coordinates x, y and z in um. Needs xarray."""
        import xarray

        centres = {axis: (np.arange(n) + 0.5) * edge for axis, n, edge in zip("zyx", self.shape, self.spacing_um[::-1])}
        array = xarray.DataArray(
            self.field(name),
            dims=("z", "y", "x"),
            coords=centres,
            name=name,
            attrs={"units": self.fields[name], "organ": self.name},
        )
        for axis in "xyz":
            array.coords[axis].attrs["units"] = "um"
        return array

    def cells(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """The cells, corpses too, one row each, by id; ``attrs["units"]`` has units.

        Columns: id, x_um, y_um, z_um, radius_um, pressure, age_h, type, state, fate, organ_of_birth (these four as
        categories), clone, journeys; mir200 and zeb where a type carries a circuit. Only those asked for are read.
        """
        if isinstance(columns, str):
            raise WrongValue(f"cells takes a list of columns, not a text: cells([{columns!r}]).")
        with open_hdf5(self.path) as file:
            group = self._group(file)["cells"]
            frame = pd.DataFrame(self._columns(group, columns))
        frame.attrs["units"] = {name: _UNITS[name] for name in frame if name in _UNITS}
        return frame

    def blood(self, field: str) -> NDArray[Any]:
        """What flowing blood holds of a field that it carries: a mean per segment of `vessels`."""
        with open_hdf5(self.path) as file:
            return np.asarray(self._data(file, "blood", field)[...])

    def vessels(self) -> pd.DataFrame:
        """The vessels at this time, one segment a row: x0_um to z1_um (its ends, in the organ), radius_um, flowing; flow
        [um3/min, towards the second end if positive] and haematocrit where they are known; where vessels grow also
        blood_pressure [mmHg], wall_shear [Pa], maturity, age_h, collapsed, and whether it has grown since the start. Empty without vessels.
        """
        with open_hdf5(self.path) as file:
            group = self._group(file).get("vessels")
            if group is not None:
                return self._segments(group)
        with open_hdf5(self.path.parent / "vessels.h5") as file:
            return self._segments(file["organs"][self.name]["vessels"])

    def tip_cells(self) -> NDArray[Any]:
        """Where the tips of growing vessels are [um, in the organ], shape (tips, 3). Empty where none grow."""
        with open_hdf5(self.path) as file:
            vessels = self._group(file).get("vessels", {})
            places = vessels["tips"][...] if "tips" in vessels else np.empty(0)
        return np.asarray(places.reshape(-1, 3) - self.scene_um)

    def _segments(self, group: h5py.Group) -> pd.DataFrame:
        ends = [f"{axis}{end}_um" for end in "01" for axis in "xyz"]
        points = group["position"][...].reshape(-1, 2, 3) - self.scene_um
        frame = pd.DataFrame(dict(zip(ends, points.reshape(-1, 6).T)))
        for name, (column, unit) in _OF_SEGMENTS.items():
            if name in group:
                values = group[name][...]
                frame[column] = values.astype(bool) if unit == "" else values
        units = {column: unit for column, unit in _OF_SEGMENTS.values() if unit and column in frame}
        frame.attrs["units"] = {**dict.fromkeys(ends, "um"), **units}
        return frame

    def _group(self, file: h5py.File) -> h5py.Group:
        return file["organs"][self.name]

    def _data(self, file: h5py.File, kind: str, name: str) -> h5py.Dataset:
        """The field of that name in the tissue or in its blood."""
        group = self._group(file).get(kind, {})
        if name not in group:
            where = "blood of the " if kind == "blood" else ""
            raise no_such(f"the {where}{self.name} in {self.path}", "field", name, group)
        return group[name]

    def _columns(self, group: h5py.Group, wanted: Sequence[str] | None) -> dict[str, NDArray[Any] | pd.Categorical]:
        columns: dict[str, NDArray[Any] | pd.Categorical] = {}
        for name in dict.fromkeys((*_REQUIRED, *group)):
            if name == "position":
                if wanted is None or any(axis in wanted for axis in _AXES):
                    places = group[name][...].reshape(-1, 3) - self.scene_um
                    columns.update(zip(_AXES, places.T))
            elif wanted is None or _NAMES.get(name, name) in wanted:
                columns[_NAMES.get(name, name)] = self._named(name, group[name][...])
        chosen = list(columns) if wanted is None else list(wanted)
        unknown = [name for name in chosen if name not in columns]
        if unknown:
            names = (name for key in (*_REQUIRED, *group) for name in (_AXES if key == "position" else (key,)))
            there = dict.fromkeys(_NAMES.get(name, name) for name in names)
            raise WrongValue(f"cells have no column {', '.join(unknown)} ({choice(unknown[0], there)}).")
        return {name: columns[name] for name in chosen}

    def _named(self, column: str, values: NDArray[Any]) -> NDArray[Any] | pd.Categorical:
        words = {
            "state": STATES,
            "fate": FATES,
            "type": self._case.names("cell"),
            "organ_of_birth": self._case.names("organ"),
        }.get(column)
        if words is None:
            return values
        codes = np.where(values < len(words), values, -1).astype(np.int16)
        return pd.Categorical.from_codes(codes, categories=list(words))
