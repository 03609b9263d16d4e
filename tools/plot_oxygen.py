#!/usr/bin/python3
"""Draws oxygen in an organ through whose vessels blood flows: a slice with the vessels, and the points of a table of
published values against the run's.

usage: /usr/bin/python3 tools/plot_oxygen.py RUN_FOLDER --table CSV --box X Y Z [--output PICTURE]

The table has a heading and columns x_um, y_um, z_um, po2_mmHg; its box stands in the organ's middle. Needs
python3-h5py, python3-pandas and python3-matplotlib. Reads the last snapshot.
"""

import argparse
import os
import pathlib
import sys

import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (the backend must be chosen first)
from matplotlib.collections import LineCollection  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "python"))
import paget  # noqa: E402 (its folder must be known first)


class Oxygen:
    """The last snapshot of a run with one organ."""

    def __init__(self, folder):
        tissue = next(iter(paget.Run(folder).snapshots[-1].values()))
        self.name = tissue.name
        self.field = tissue.field("oxygen").transpose(2, 1, 0)
        self.spacing = tissue.spacing_um
        self.blood = tissue.blood("oxygen")
        vessels = tissue.vessels()
        self.lines = vessels.iloc[:, :6].to_numpy().reshape(-1, 2, 3)
        self.radius = vessels["radius_um"].to_numpy()

    def size(self):
        return self.spacing * self.field.shape

    def at(self, points):
        """Linear interpolation between the centres of voxels."""
        place = points / self.spacing - 0.5
        low = np.floor(place).astype(int)
        share = place - low
        value = np.zeros(len(points))
        for corner in range(8):
            up = np.array([corner >> axis & 1 for axis in range(3)])
            weight = np.prod(np.where(up, share, 1.0 - share), axis=1)
            value += weight * self.field[tuple((low + up).T)]
        return value


def draw_slice(axes, oxygen, box):
    corner = 0.5 * (oxygen.size() - box)
    layer = oxygen.field.shape[2] // 2
    extent = [-corner[0], oxygen.size()[0] - corner[0], -corner[1], oxygen.size()[1] - corner[1]]
    low, high = 0.0, max(oxygen.blood.max(), oxygen.field.max())
    picture = axes.imshow(oxygen.field[:, :, layer].T, origin="lower", extent=extent, cmap="inferno", vmin=low, vmax=high)
    lines = LineCollection(oxygen.lines[:, :, :2] - corner[:2], cmap="inferno", norm=picture.norm,
                           linewidths=0.35 * oxygen.radius, array=oxygen.blood)
    rims = LineCollection(oxygen.lines[:, :, :2] - corner[:2], colors="white", linewidths=0.35 * oxygen.radius + 1.2)
    axes.add_collection(rims)
    axes.add_collection(lines)
    axes.add_patch(plt.Rectangle((0, 0), box[0], box[1], fill=False, edgecolor="white", linestyle=":"))
    axes.set(xlabel="x [um]", ylabel="y [um]",
             title=f"tissue at z = {(layer + 0.5) * oxygen.spacing[2] - corner[2]:.0f} um; vessels at all depths")
    plt.colorbar(picture, ax=axes, label="oxygen [mmHg]", shrink=0.85)


def draw_scatter(axes, oxygen, table, box):
    points = table[:, :3] + 0.5 * (oxygen.size() - box)
    found = oxygen.at(points)
    published = table[:, 3]
    most = 1.05 * max(found.max(), published.max())
    r = np.corrcoef(found, published)[0, 1]
    axes.plot([0, most], [0, most], color="0.6", linewidth=1)
    axes.plot(published, found, ".", markersize=3, color="#1f4e9c")
    axes.set(xlim=(0, most), ylim=(0, most), aspect="equal", xlabel="published [mmHg]", ylabel="Paget [mmHg]",
             title=f"mean {found.mean():.2f} for {published.mean():.2f} mmHg, r = {r:.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--table", required=True)
    parser.add_argument("--box", nargs=3, type=float, required=True)
    parser.add_argument("--output")
    words = parser.parse_args()
    oxygen = Oxygen(words.folder)
    table = np.loadtxt(words.table, delimiter=",", skiprows=1)
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.6), gridspec_kw={"width_ratios": [1.25, 1]})
    draw_slice(left, oxygen, np.array(words.box))
    draw_scatter(right, oxygen, table, np.array(words.box))
    figure.tight_layout()
    figure.savefig(words.output or os.path.join(words.folder, "oxygen.png"), dpi=110)


if __name__ == "__main__":
    main()
