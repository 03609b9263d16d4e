#!/usr/bin/python3
"""Draws columns of a run's time series (series.csv, see docs/outputs.md), of one run or of several under each other.

usage: tools/plot_series.py RUN_FOLDER... --columns NAME... [--right NAME...] [--log] [--output picture.png]
       tools/plot_series.py RUN_FOLDER... --compare --columns NAME... [--labels TEXT...]   a panel per column, a line per run
"""

import argparse
import os
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (the backend comes first)

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "python"))
import paget  # noqa: E402 (its folder must be known first)

# Told apart by colour-blind readers (Okabe and Ito), and by their dashes in print.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"]
DASHES = ["-", "--", "-.", ":"]


def read_series(folder):
    try:
        series = paget.Run(folder).series
    except paget.RunError as error:
        sys.exit(str(error))
    if series.empty:
        sys.exit(f"{folder}/series.csv holds no row yet. Wait for the run's first output.")
    return series


def values(series, name):
    if name not in series:
        sys.exit(f"series.csv has no column '{name}'. It has: {', '.join(series)}.")
    return series[name]


def draw(axes, series, words, title):
    days = series["time_h"] / 24
    right = axes.twinx() if words.right else None
    style = 0
    for side, names in ((axes, words.columns), (right, words.right)):
        for name in names:
            side.plot(days, values(series, name), label=name, color=COLOURS[style % len(COLOURS)],
                      linestyle=DASHES[style % len(DASHES)], linewidth=1.8)
            style += 1
        if names:
            side.set_ylabel(", ".join(names) if side is right else axis_label(series, names))
    if words.log:
        axes.set_yscale("symlog", linthresh=1)
    axes.set_title(title, loc="left", fontsize=10)
    axes.grid(alpha=0.3)
    return [line for side in (axes, right) if side for line in side.get_lines()]


def unit_of(series, column):
    """What a column counts or is measured in; nothing for pure numbers."""
    unit = "density" if ".ecm." in column else series.attrs["units"][column]
    return {"1": "", "unknown": "", "um": "µm", "um3": "µm³"}.get(unit, unit)


def axis_label(series, names):
    """The units of columns that share an axis, or their names where they have none."""
    units = dict.fromkeys(unit_of(series, name) for name in names)
    return ", ".join(filter(None, units)) or ", ".join(names)


def compare(folders, words, titles):
    """A panel per column with a line per run."""
    names = words.columns
    figure, panels = plt.subplots(1, len(names), figsize=(3.3 * len(names) + 0.4, 3.2), squeeze=False,
                                  constrained_layout=True)
    series = [read_series(folder) for folder in folders]
    for axes, name, label in zip(panels[0], names, words.labels or names, strict=True):
        for i, rows in enumerate(series):
            axes.plot(values(rows, "time_h") / 24, values(rows, name), label=titles[i],
                      color=COLOURS[i % len(COLOURS)], linestyle=DASHES[i % len(DASHES)], linewidth=1.8)
        unit = unit_of(series[0], name)
        axes.set(title=label, xlabel="time [days]", ylabel=f"[{unit}]" if unit else "")
        axes.title.set_fontsize(10)
        axes.grid(alpha=0.3)
        if words.log and unit == "cells":
            axes.set_yscale("symlog", linthresh=1)
    panels[0, 0].legend(frameon=False, fontsize=8)
    return figure


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", help="folders of runs")
    parser.add_argument("--columns", nargs="+", required=True, help="columns of series.csv")
    parser.add_argument("--right", nargs="+", default=[], help="columns with an axis of their own on the right")
    parser.add_argument("--log", action="store_true", help="logarithmic from one cell on")
    parser.add_argument("--titles", nargs="+", help="one per run (default: its folder)")
    parser.add_argument("--compare", action="store_true", help="a panel per column, in which all runs are lines")
    parser.add_argument("--labels", nargs="+", help="with --compare: one per column (default: its name)")
    parser.add_argument("--output", help="picture to write (default: series.png in the first run's folder)")
    words = parser.parse_args()
    titles = words.titles or words.folders
    if len(titles) != len(words.folders):
        parser.error("give one title per run")
    if words.labels and (not words.compare or len(words.labels) != len(words.columns)):
        parser.error("give one label per column, with --compare")
    if words.compare:
        figure = compare(words.folders, words, titles)
        figure.savefig(words.output or os.path.join(words.folders[0], "series.png"), dpi=100)
        return
    figure, panels = plt.subplots(len(words.folders), 1, figsize=(7, 0.6 + 2.9 * len(words.folders)), sharex=True,
                                  sharey=True, squeeze=False, constrained_layout=True)
    for axes, folder, title in zip(panels[:, 0], words.folders, titles, strict=True):
        lines = draw(axes, read_series(folder), words, title)
    panels[0, 0].legend(lines, [line.get_label() for line in lines], frameon=False, fontsize=9, loc="upper left")
    panels[-1, 0].set_xlabel("days")
    figure.savefig(words.output or os.path.join(words.folders[0], "series.png"), dpi=110)


if __name__ == "__main__":
    main()
