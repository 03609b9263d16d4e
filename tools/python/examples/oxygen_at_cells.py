#!/usr/bin/python3
"""How much oxygen the living cells of the primary tumour have, by their distance from the nearest vessel, at the first
and the last snapshot.

usage: PYTHONPATH=tools/python /usr/bin/python3 tools/python/examples/oxygen_at_cells.py RUN_FOLDER PICTURE
"""

import sys

import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (the backend must be chosen first)

import paget  # noqa: E402


def distance_um(points, vessels):
    """From each point, shape (n, 3), to the nearest wall of a vessel."""
    nearest = np.full(len(points), np.inf)
    for segment in vessels.itertuples(index=False):
        start, end = np.array(segment[:3]), np.array(segment[3:6])
        along = np.clip((points - start) @ (end - start) / np.sum((end - start) ** 2), 0, 1)
        apart = np.linalg.norm(points - (start + along[:, None] * (end - start)), axis=1)
        nearest = np.minimum(nearest, np.maximum(0, apart - segment.radius_um))
    return nearest


def living_cells(tissue):
    """Places, with the distance to vessels and the oxygen in the voxel that holds the cell."""
    cells = tissue.cells(["x_um", "y_um", "z_um", "fate"])
    places = cells.loc[cells["fate"].isin(["cycling", "dormant"]), ["x_um", "y_um", "z_um"]].to_numpy()
    voxels = np.minimum(places // tissue.spacing_um, np.array(tissue.shape[::-1]) - 1).astype(int)
    oxygen = tissue.field("oxygen")[voxels[:, 2], voxels[:, 1], voxels[:, 0]]
    return distance_um(places, tissue.vessels()), oxygen


def main(folder, picture):
    run = paget.Run(folder)
    figure, axes = plt.subplots(figsize=(7, 4.5), constrained_layout=True)
    for snapshot, colour, marker in ((run.snapshots[0], "#0072B2", "o"), (run.snapshots[-1], "#D55E00", "^")):
        tissue = snapshot[run.primary]
        distance, oxygen = living_cells(tissue)
        axes.plot(
            distance,
            oxygen,
            marker,
            color=colour,
            markersize=3,
            alpha=0.5,
            label=f"day {snapshot.time_h / 24:g}: {len(oxygen)} cells, mean {oxygen.mean():.3g}",
        )
    axes.set(
        xlabel="distance from the nearest vessel [µm]",
        ylabel=f"oxygen [{tissue.fields['oxygen']}]",
        title=f"Living cells of the {run.primary}",
    )
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False, markerscale=2, loc="lower left")
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(picture, dpi=110)


if __name__ == "__main__":
    main(*sys.argv[1:])
