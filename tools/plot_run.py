#!/usr/bin/python3
"""Draws a run of Paget as one picture: growth in every organ, circulating cells, seeds, and slices with cells over oxygen.

usage: /usr/bin/python3 tools/plot_run.py RUN_FOLDER [--output PICTURE] [--field oxygen]

Needs python3-h5py, python3-pandas and python3-matplotlib. Reads series.csv, events.csv and the snapshots, also of an
unfinished run.
"""

import argparse
import os
import pathlib
import sys

import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (the backend must be chosen first)
from matplotlib.collections import PatchCollection  # noqa: E402
from matplotlib.lines import Line2D  # noqa: E402
from matplotlib.patches import Circle  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "python"))
import paget  # noqa: E402 (its folder must be known first)

STATES = ("epithelial", "hybrid", "mesenchymal")
STATE_COLOURS = ("#d62728", "#ffb000", "#8e44ad")
CORPSE = "#333333"
KINDS = (*zip(STATES, STATE_COLOURS), ("other types", "#8fb8de"), ("dead", CORPSE))


def days_of(run):
    return run.series["time_h"] / 24


def colour_of(run, organ):
    return f"C{run.organs.index(organ)}"


def columns_of_tumour(run, organ):
    """Where the time series tells types apart (output.types); else none."""
    columns = (f"{organ}.{name}.living" for name in run.lineage.tumour_types)
    return [column for column in columns if column in run.series]


def tells_types(run):
    return any(columns_of_tumour(run, organ) for organ in run.organs)


def draw_growth(axes, run):
    for organ in run.organs:
        living = run.series[columns_of_tumour(run, organ) or [f"{organ}.living"]].sum(axis=1)
        axes.plot(days_of(run), living.where(living > 0), label=organ, color=colour_of(run, organ), lw=2)
    axes.set_yscale("log")
    is_tumour = len(run.case.names("cell")) < 2 or tells_types(run)
    title = "Living tumour cells" if is_tumour else "Living cells of all types"
    axes.set(title=title, xlabel="time [days]", ylabel="cells")
    axes.legend(frameon=False)


def draw_blood(axes, run):
    expected = next(name for name in run.series if name.startswith("blood.expected_in_"))
    volume = expected[len("blood.expected_in_"):-len("_ml")]
    for name, label, style in (("blood.flowing_cells", "flowing", {"color": "#c0392b", "lw": 2}),
                               ("blood.arrested_cells", "arrested in capillaries", {"color": "#7f8c8d", "lw": 2}),
                               (expected, f"expected in {volume} ml", {"color": "#c0392b", "ls": ":"})):
        axes.plot(days_of(run), run.series[name], label=label, **style)
    axes.set(title="Cells in the blood", xlabel="time [days]", ylabel="cells")
    axes.legend(frameon=False)


def draw_seeds(axes, run):
    """Cells that took root, by destination; those of the primary came home."""
    end = days_of(run).iloc[-1]
    seeds = run.events.seeds().frame()
    for organ in run.organs:
        mine = seeds.loc[seeds["destination"] == organ, "time_h"] / 24
        if len(mine) == 0:
            continue
        name = f"{organ} (self-seeding)" if organ == run.primary else organ
        axes.step(np.append(mine, end), np.append(np.arange(1, len(mine) + 1), len(mine)), where="post",
                  label=f"{name}: {len(mine)}", color=colour_of(run, organ), lw=2)
    axes.set(title="Seeds: arrived cells that grow or sleep", xlabel="time [days]", ylabel="seeds", xlim=(0, end))
    axes.set_ylim(bottom=0)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(frameon=False)
    else:
        axes.text(0.5, 0.5, "none", transform=axes.transAxes, ha="center", color="grey")


def draw_slice(axes, tissue, field, limits, tumour_types):
    """The layer of the field that cuts most cells, and those cells, as large as it cuts them."""
    cells = tissue.cells(["x_um", "y_um", "z_um", "radius_um", "state", "fate", "type"])
    depths = (np.arange(tissue.shape[0]) + 0.5) * tissue.spacing_um[2]
    layer = int(np.argmax([np.sum(np.abs(cells["z_um"] - depth) < cells["radius_um"]) for depth in depths]))
    width, height, _ = tissue.size_um
    image = axes.imshow(tissue.field_layer(field, layer), origin="lower", extent=(0, width, 0, height), cmap="viridis",
                        vmin=limits[0], vmax=limits[1])
    reach = cells["radius_um"] ** 2 - (cells["z_um"] - depths[layer]) ** 2
    cut = cells[reach > 0].assign(seen=np.sqrt(reach[reach > 0]))
    kind = cut["state"].astype(object)
    kind[~cut["type"].isin(tumour_types)] = "other types"
    kind[cut["fate"].isin(["apoptotic", "necrotic"])] = "dead"
    for name, colour in KINDS:
        chosen = cut[kind == name]
        circles = [Circle((cell.x_um, cell.y_um), cell.seen) for cell in chosen.itertuples()]
        axes.add_collection(PatchCollection(circles, facecolor=colour, edgecolor="white", linewidth=0.3))
    axes.set(title=f"{tissue.name}: {len(cells)} cells", xlabel="x [µm]", xlim=(0, width), ylim=(0, height))
    return image


def draw_slices(figure, snapshot, field, tumour_types):
    """All organs side by side with one scale."""
    values = [tissue.field(field) for tissue in snapshot.values()]
    limits = (min(v.min() for v in values), max(v.max() for v in values))
    all_axes = list(np.atleast_1d(figure.subplots(1, len(snapshot))))
    for axes, tissue in zip(all_axes, snapshot.values()):
        image = draw_slice(axes, tissue, field, limits, tumour_types)
    unit = next(iter(snapshot.values())).fields[field]
    figure.colorbar(image, ax=all_axes, label=f"{field} [{unit}]", shrink=0.8)
    figure.suptitle(f"Slices through the tissue after {snapshot.time_h / 24:.3g} days")
    handles = [Line2D([], [], marker="o", ls="", color=colour, label=name)
               for name, colour in KINDS]
    all_axes[0].legend(handles=handles, loc="lower left", fontsize="small", framealpha=0.8)


def chosen_field(snapshot, name):
    """Ends the program if there is no such field."""
    fields = list(next(iter(snapshot.values())).fields)
    if name is None:
        return "oxygen" if "oxygen" in fields else fields[0]
    if name not in fields:
        sys.exit(f"there is no field '{name}' in this run. Name one of: {', '.join(fields)}.")
    return name


def open_run(folder):
    """The run, if there is anything to draw; otherwise ends the program with the reason."""
    try:
        run = paget.Run(folder)
        rows = len(run.series)
    except paget.RunError as error:
        sys.exit(str(error))
    if rows == 0 or len(run.snapshots) == 0:
        sys.exit(f"{folder} holds no snapshot (there is no tissue to draw). Wait for the run's first one, or set "
                 "output.snapshot_every.")
    return run


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--output", help="picture to write (default: overview.png in the run's folder)")
    parser.add_argument("--field", help="field of the slices (default: oxygen, or the first)")
    options = parser.parse_args()
    run = open_run(options.folder)
    snapshot = run.snapshots[-1]
    field = chosen_field(snapshot, options.field)
    figure = plt.figure(figsize=(4.4 * max(3, len(run.organs)), 9), constrained_layout=True)
    top, bottom = figure.subfigures(2, 1)
    for axes, draw in zip(top.subplots(1, 3), (draw_growth, draw_blood, draw_seeds)):
        draw(axes, run)
        axes.spines[["top", "right"]].set_visible(False)
    draw_slices(bottom, snapshot, field, run.lineage.tumour_types)
    picture = options.output or os.path.join(options.folder, "overview.png")
    figure.savefig(picture, dpi=110)
    print(f"{picture}: {len(run.series)} rows, {run.events.count()} arrivals, {snapshot.path}")


main()
