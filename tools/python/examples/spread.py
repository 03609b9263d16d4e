#!/usr/bin/python3
"""When which organ was reached: living cells of every organ, and under them each arrival by what became of it.

usage: PYTHONPATH=tools/python /usr/bin/python3 tools/python/examples/spread.py RUN_FOLDER PICTURE
"""

import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (the backend must be chosen first)

import paget  # noqa: E402

COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]  # Okabe and Ito
FATES = {"grows": ("o", "grew"), "sleeps": ("s", "fell asleep"), "dies": ("x", "died")}


def draw_growth(axes, run):
    days = run.series["time_h"] / 24
    for organ, colour in zip(run.organs, COLOURS):
        living = run.series[f"{organ}.living"]
        axes.plot(days, living.where(living > 0), label=organ, color=colour, linewidth=2)
    axes.set(yscale="log", ylabel="living cells")
    axes.legend(frameon=False, loc="upper left")


def draw_arrivals(axes, run):
    for fate, (marker, label) in FATES.items():
        arrivals = run.events.where(fate=fate).frame()
        rows = arrivals["destination"].map(run.organs.index)
        axes.scatter(
            arrivals["time_h"] / 24,
            rows,
            marker=marker,
            label=f"{label} ({len(arrivals)})",
            alpha=0.7,
            color={"grows": "#009E73", "sleeps": "#0072B2", "dies": "#555555"}[fate],
        )
    axes.set(xlabel="days", yticks=range(len(run.organs)), yticklabels=run.organs, ylim=(-0.5, len(run.organs) - 0.5))
    axes.set_title("arrivals", loc="left", fontsize=10)
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(0, 0.95))


def main(folder, picture):
    run = paget.Run(folder)
    figure, (upper, lower) = plt.subplots(
        2, 1, figsize=(8, 6), sharex=True, height_ratios=[2, 1.2], constrained_layout=True
    )
    draw_growth(upper, run)
    draw_arrivals(lower, run)
    for axes in (upper, lower):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(picture, dpi=110)


if __name__ == "__main__":
    main(*sys.argv[1:])
