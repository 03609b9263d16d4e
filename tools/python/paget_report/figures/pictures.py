"""Pictures of tissue as PNG inside the page, no larger than they are shown."""

from __future__ import annotations

import base64
import io
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from paget import Tissue

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (the backend must be chosen first)
from matplotlib.collections import EllipseCollection  # noqa: E402

_MOST_VOXELS = 256  #: along an edge of a picture; larger layers are thinned
_LOOKS = (
    ("epithelial", "#FFFFFF", "#222222"),
    ("hybrid", "#D55E00", "#FFFFFF"),
    ("mesenchymal", "#000000", "#FFFFFF"),
    ("other types", "#56B4E9", "#00324D"),
    ("dead", "none", "#333333"),
)


def legend(has_other_types: bool) -> list[tuple[str, str, str]]:
    """Name, colour and rim of what is drawn: states of tumour cells, cells of other types, corpses."""
    return [look for look in _LOOKS if has_other_types or look[0] != "other types"]


def slice_picture(tissue: Tissue, types: list[str], field: str, limits: tuple[float, float]) -> str:
    """The layer across z that cuts most cells: the field under the cells, as large as it cuts them. A data URI."""
    cells = tissue.cells(["x_um", "y_um", "z_um", "radius_um", "state", "fate", "type"])
    layer, depth = _busiest_layer(tissue, cells)
    figure, axes = _blank(tissue)
    values = tissue.field_layer(field, layer)
    step = max(1, -(-max(values.shape) // _MOST_VOXELS))
    axes.imshow(
        values[::step, ::step], origin="lower", extent=_extent(tissue), cmap="cividis", vmin=limits[0], vmax=limits[1]
    )
    _draw_cells(axes, cells, depth, types)
    return _encoded(figure)


def _busiest_layer(tissue: Tissue, cells: pd.DataFrame) -> tuple[int, float]:
    edge = float(tissue.spacing_um[2])
    depths = (np.arange(tissue.shape[0]) + 0.5) * edge
    z, radius = cells["z_um"].to_numpy(), cells["radius_um"].to_numpy()
    cut = [int(np.sum(np.abs(z - depth) < radius)) for depth in depths]
    layer = int(np.argmax(cut)) if max(cut) > 0 else len(cut) // 2
    return layer, float(depths[layer])


def _draw_cells(axes: Any, cells: pd.DataFrame, depth: float, types: list[str]) -> None:
    reach = cells["radius_um"] ** 2 - (cells["z_um"] - depth) ** 2
    cut = cells[reach > 0].assign(seen=np.sqrt(reach[reach > 0]))
    look = cut["state"].astype(object).where(cut["type"].isin(types), "other types")
    look = look.mask(cut["fate"].isin(["apoptotic", "necrotic"]), "dead")
    for name, face, rim in _LOOKS:
        chosen = cut[look == name]
        size, places = 2 * chosen["seen"].to_numpy(), chosen[["x_um", "y_um"]].to_numpy()
        discs = EllipseCollection(
            size, size, np.zeros(len(chosen)), units="xy", offsets=places, transOffset=axes.transData
        )
        discs.set(facecolor=face, edgecolor=rim, linewidth=0.8)
        axes.add_collection(discs)


def depth_picture(tissue: Tissue, thickness: NDArray[Any]) -> str:
    """The organ from above, as an imaging device would see it: the tumour on each line of sight. A data URI."""
    figure, axes = _blank(tissue)
    axes.imshow(
        thickness,
        origin="lower",
        extent=_extent(tissue),
        cmap="gray",
        vmin=0,
        vmax=max(thickness.max(), 1e-9),
        interpolation="bilinear",
    )
    return _encoded(figure)


def tumour_thickness(tissue: Tissue, types: list[str]) -> NDArray[Any]:
    """Volume of living tumour cells over each pixel, per area, in um, shape (y, x)."""
    cells = tissue.cells(["x_um", "y_um", "radius_um", "fate", "type"])
    living = cells[cells["fate"].isin(["cycling", "dormant"]) & cells["type"].isin(types)]
    size = tissue.size_um
    edge = max(float(max(size[:2])) / 64, float(min(tissue.spacing_um[:2])))
    counts = [max(1, round(float(size[axis]) / edge)) for axis in (1, 0)]
    volume = 4 / 3 * np.pi * living["radius_um"].to_numpy() ** 3
    sums, _, _ = np.histogram2d(
        living["y_um"], living["x_um"], bins=counts, range=[(0, size[1]), (0, size[0])], weights=volume
    )
    return np.asarray(sums / (size[0] * size[1] / (counts[0] * counts[1])))


def colour_bar(cmap: str) -> str:
    """A strip of a colour map. A data URI."""
    figure = plt.figure(figsize=(2.4, 0.14), dpi=80)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.imshow(np.linspace(0, 1, 128)[None, :], aspect="auto", cmap=cmap)
    axes.set_axis_off()
    return _encoded(figure)


def _extent(tissue: Tissue) -> tuple[float, float, float, float]:
    return 0.0, float(tissue.size_um[0]), 0.0, float(tissue.size_um[1])


def _blank(tissue: Tissue) -> tuple[Any, Any]:
    """Axes that fill a figure with the proportions of the organ, with a bar of 100 um."""
    width, height = float(tissue.size_um[0]), float(tissue.size_um[1])
    figure = plt.figure(figsize=(3.6, max(0.6, 3.6 * height / width)), dpi=110)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, width), ylim=(0, height))
    length = scale_bar_um(tissue)
    for colour, thick in (("black", 5), ("white", 2.5)):
        axes.plot(
            [0.04 * width, 0.04 * width + length],
            [0.05 * height] * 2,
            color=colour,
            linewidth=thick,
            zorder=9,
            solid_capstyle="butt",
        )
    return figure, axes


def scale_bar_um(tissue: Tissue) -> int:
    """The length of the bar in the pictures."""
    return 100 if tissue.size_um[0] < 1500 else 500


def _encoded(figure: Any) -> str:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    plt.close(figure)
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
