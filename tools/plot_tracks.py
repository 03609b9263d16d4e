#!/usr/bin/env python3
"""Draws how cells moved (tracks.csv, see docs/outputs.md): their paths from where each began, and how far they came.

usage: tools/plot_tracks.py RUN_FOLDER... [--titles TEXT...] [--paths 60] [--walk SPEED PERSISTENCE] [--output picture.png]

A panel of paths per run, then one with the mean square displacements of all of them. --walk adds that of a persistent
walk in space, 2 v^2 P (t - P (1 - exp(-t/P))), with speed [um/min] and persistence [min].
"""

import argparse
import csv
import math
import os
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (the backend comes first)

# Told apart by colour-blind readers (Okabe and Ito), and by their dashes in print.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7"]
DASHES = ["-", "--", "-.", ":"]


def read_paths(folder):
    """Minutes and displacements [um] of every cell from its first place, by organ and cell: places of a cell that went
    through the blood into another organ are in that one's coordinates.
    """
    path = os.path.join(folder, "tracks.csv")
    if not os.path.exists(path):
        sys.exit(f"{path} is missing. Run the case with --output.tracks_every='5 min'.")
    paths = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            place = [60 * float(row["time_h"]), float(row["x_um"]), float(row["y_um"]), float(row["z_um"])]
            paths.setdefault((row["organ"], row["cell"]), []).append(place)
    if not paths:
        sys.exit(f"{path} holds no cell (none was in tissue at those times, or the run has not come to the first).")
    return [[[t - path[0][0], x - path[0][1], y - path[0][2], z - path[0][3]] for t, x, y, z in path]
            for path in paths.values()]


def mean_square(paths):
    sums = {}
    for path in paths:
        for t, x, y, z in path:
            total, count = sums.get(round(t, 6), (0.0, 0))
            sums[round(t, 6)] = (total + x * x + y * y + z * z, count + 1)
    times = sorted(sums)
    return times, [sums[t][0] / sums[t][1] for t in times]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", help="folders of runs")
    parser.add_argument("--titles", nargs="+", help="one per run (default: its folder)")
    parser.add_argument("--paths", type=int, default=60, help="how many are drawn")
    parser.add_argument("--walk", nargs=2, type=float, metavar=("SPEED", "PERSISTENCE"), help="closed form to compare")
    parser.add_argument("--output", help="picture to write (default: tracks.png in the first run's folder)")
    words = parser.parse_args()
    titles = words.titles or words.folders
    if len(titles) != len(words.folders):
        parser.error("give one title per run")
    if words.paths < 1:
        parser.error("--paths must be at least 1")
    if words.walk and not all(value > 0 for value in words.walk):
        parser.error("--walk needs a speed and a persistence above zero")
    runs = [read_paths(folder) for folder in words.folders]
    figure, panels = plt.subplots(1, len(runs) + 1, figsize=(3.2 * (len(runs) + 1), 3.2), constrained_layout=True)
    reach = max(max(abs(x), abs(y)) for paths in runs for path in paths[:words.paths] for _, x, y, _ in path) or 1.0
    for i, (axes, paths, title) in enumerate(zip(panels[:-1], runs, titles, strict=True)):
        for path in paths[:words.paths]:
            axes.plot([p[1] for p in path], [p[2] for p in path], color=COLOURS[i % 4], lw=0.6, alpha=0.7)
        axes.set(title=title, xlabel="x from the start [µm]", ylabel="y [µm]", aspect="equal", xlim=(-reach, reach),
                 ylim=(-reach, reach))
        times, squares = mean_square(paths)
        panels[-1].plot(times, squares, DASHES[i % 4], color=COLOURS[i % 4], label=title, lw=1.8)
    if words.walk:
        speed, persistence = words.walk
        panels[-1].plot(times, [2 * speed**2 * persistence * (t - persistence * (1 - math.exp(-t / persistence)))
                                for t in times], "k:", label="closed form", lw=1.4)
    panels[-1].set(xlabel="time [min]", ylabel="mean square displacement [µm²]")
    panels[-1].legend(frameon=False, fontsize=8)
    for axes in panels:
        axes.title.set_fontsize(10)
        axes.grid(alpha=0.3)
    figure.savefig(words.output or os.path.join(words.folders[0], "tracks.png"), dpi=95)


if __name__ == "__main__":
    main()
