"""Curves of a series. Colours are Okabe and Ito's, each with a mark and a dash of its own, so that they survive grey."""

from __future__ import annotations

from typing import Any, Optional

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (the backend must be chosen first)
import numpy as np  # noqa: E402

from .laws import Array, TimeLaw  # noqa: E402
from .measures import PARTS, Row  # noqa: E402

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#882255", "#666666", "#999999")
MARKS = ("o", "s", "^", "D", "v", "P", "X", "*")
DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (1, 1)), (0, (3, 1, 1, 1)), (0, (7, 3)))
HATCHES = ("", "//", "\\\\", "xx", "..", "++", "oo", "**", "--")


def best_of(rows: list[Row], name: str) -> tuple[Array, Array]:
    """The least value of each rank count: other programs only add to a time."""
    ranks = sorted({row["ranks"] for row in rows})
    return np.array(ranks, float), np.array([min(r[name] for r in rows if r["ranks"] == p) for p in ranks])


def _axes(axes: Any, x_label: str, y_label: str, title: str) -> None:
    axes.set_xlabel(x_label)
    axes.set_ylabel(y_label)
    axes.set_title(title, loc="left", fontsize=10)
    axes.grid(True, which="major", color="#dddddd", linewidth=0.6)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _rank_axis(axes: Any, ranks: Array) -> None:
    axes.set_xscale("log", base=2)
    axes.xaxis.set_major_formatter(matplotlib.ticker.FuncFormatter(lambda value, _: f"{value:.0f}"))
    if len(ranks) < 12:
        axes.set_xticks(ranks)


def _speed(axes: Any, kind: str, rows: list[Row], law: Optional[TimeLaw], farthest: float) -> None:
    p, best = best_of(rows, "step.s")
    scale = p[0] if kind == "strong" else 1.0
    if law is not None and law.describes:
        fine = np.geomspace(p[0], farthest, 100)
        low, high = (np.maximum(edge, 1e-3 * best[0] / farthest) for edge in law.band(fine))
        axes.fill_between(
            fine,
            scale * best[0] / high,
            scale * best[0] / low,
            color="#bbbbbb",
            alpha=0.5,
            linewidth=0,
            label="model, 5 to 95 %",
        )
        axes.plot(fine, scale * best[0] / law.at(fine), color="#555555", linestyle="--", label="model")
    if kind == "strong":
        axes.plot([p[0], p[-1]], [p[0], p[-1]], color="black", linewidth=0.8, linestyle=":", label="ideal")
    else:
        axes.axhline(1.0, color="black", linewidth=0.8, linestyle=":", label="ideal")
    axes.plot(
        [r["ranks"] for r in rows],
        [scale * best[0] / r["step.s"] for r in rows],
        linestyle="none",
        marker="o",
        markerfacecolor="none",
        color=COLOURS[0],
        label="members",
    )
    axes.plot(p, scale * best[0] / best, marker="o", color=COLOURS[0], label="best of repeats")
    _rank_axis(axes, p)
    if kind == "strong":
        axes.set_yscale("log", base=2)
    else:
        axes.set_ylim(0.0, 1.2 * max(1.0, *(scale * best[0] / r["step.s"] for r in rows)))
    title = "Speed-up of the coupling steps" if kind == "strong" else "Efficiency of the coupling steps"
    _axes(axes, "ranks", "speed-up" if kind == "strong" else "efficiency", title)
    axes.legend(frameon=False, fontsize=8)


def _efficiency(axes: Any, kind: str, rows: list[Row]) -> None:
    for i, (name, label) in enumerate((("step.s", "coupling steps"), ("wall_s", "whole run"))):
        p, best = best_of(rows, name)
        ideal = best[0] * p[0] / p if kind == "strong" else best[0]
        axes.plot(p, ideal / best, marker=MARKS[i], linestyle=DASHES[i], color=COLOURS[i], label=label)
    axes.axhline(1.0, color="black", linewidth=0.8, linestyle=":")
    axes.set_ylim(bottom=0.0)
    _rank_axis(axes, p)
    _axes(axes, "ranks", "efficiency", "Parallel efficiency")
    axes.legend(frameon=False, fontsize=8)


def _parts(axes: Any, rows: list[Row]) -> None:
    p, _ = best_of(rows, "wall_s")
    chosen = [min((r for r in rows if r["ranks"] == ranks), key=lambda r: float(r["wall_s"])) for ranks in p]
    bottom = np.zeros(len(p))
    for i, part in enumerate(PARTS):
        height = np.array([row[f"{part}.s"] for row in chosen])
        if height.sum() < 0.002 * sum(row["wall_s"] for row in chosen):
            continue
        axes.bar(
            range(len(p)),
            height,
            bottom=bottom,
            color=COLOURS[i],
            hatch=HATCHES[i],
            edgecolor="white",
            linewidth=0.4,
            label=part,
        )
        bottom += height
    mpi = np.array([sum(row[f"{part}.mpi_s"] for part in PARTS) for row in chosen])
    axes.plot(range(len(p)), mpi, color="black", marker="_", markersize=16, linestyle="none", label="of it in MPI")
    axes.set_xticks(range(len(p)), [f"{n:.0f}" for n in p])
    _axes(axes, "ranks", "seconds, mean of ranks", "Time per part")
    axes.legend(frameon=False, fontsize=8)


def _amounts(axes: Any, rows: list[Row], amount: str, y_label: str, title: str) -> None:
    several = [row for row in rows if row["ranks"] > 1]
    shown = [("step", "whole step"), ("fields", "fields"), ("cells", "cells")]
    for i, (part, label) in enumerate(shown):
        for suffix, dash in (("", DASHES[0]), ("_of_busiest", DASHES[1])):
            p, values = best_of(several, f"{part}.{amount}{suffix}")
            if (values > 0).all():
                axes.plot(
                    p,
                    values,
                    marker=MARKS[i],
                    linestyle=dash,
                    color=COLOURS[i],
                    markerfacecolor="none" if suffix else COLOURS[i],
                    label=label + (", busiest rank" if suffix else ", mean"),
                )
    _rank_axis(axes, p)
    axes.set_yscale("log")
    axes.set_ylim(bottom=0.12 * axes.get_ylim()[0])  # room for the legend
    _axes(axes, "ranks", y_label, title)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(fontsize=7, frameon=False, loc="lower left")


def _surface(axes: Any, rows: list[Row]) -> None:
    """Bytes against the surface that a rank shares with others; proportional is a line at 45 degrees."""
    several = [row for row in rows if row["ranks"] > 1]
    for i, part in enumerate(("step", "fields", "cells")):
        x = np.array([row["cut_faces_per_rank"] for row in several])
        y = np.array([row[f"{part}.message_bytes"] for row in several])
        if (y > 0).all():
            axes.plot(x, y, linestyle="none", marker=MARKS[i], color=COLOURS[i], label=part)
            line = np.array([x.min(), x.max()])
            axes.plot(line, y[x.argmax()] * line / x.max(), color=COLOURS[i], linewidth=0.8, linestyle=DASHES[i])
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.xaxis.set_minor_formatter(matplotlib.ticker.NullFormatter())
    _axes(
        axes, "cut faces of voxels per rank", "bytes per rank and step", "Bytes and cut surface (lines: proportional)"
    )
    if axes.get_legend_handles_labels()[0]:
        axes.legend(frameon=False, fontsize=8)


def draw_times(path: str, kind: str, rows: list[Row], law: Optional[TimeLaw], farthest: float) -> None:
    figure, axes = plt.subplots(1, 3, figsize=(13, 4), layout="constrained")
    _speed(axes[0], kind, rows, law, farthest)
    _efficiency(axes[1], kind, rows)
    _parts(axes[2], rows)
    figure.savefig(path, dpi=110)
    plt.close(figure)


def draw_communication(path: str, rows: list[Row]) -> None:
    figure, axes = plt.subplots(1, 3, figsize=(13, 4), layout="constrained")
    _amounts(axes[0], rows, "messages", "messages per rank and step", "Messages")
    _amounts(axes[1], rows, "message_bytes", "bytes per rank and step", "Bytes in messages")
    _surface(axes[2], rows)
    figure.savefig(path, dpi=110)
    plt.close(figure)
