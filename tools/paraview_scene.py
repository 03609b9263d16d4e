#!/usr/bin/env pvpython
"""Renders a run of Paget with ParaView: all organs, named, a slice of one field, cells as spheres, vessels as lines.

usage: pvpython tools/paraview_scene.py RUN_FOLDER [--field oxygen] [--colour state] [--time HOURS] [--output scene.png]
       pvpython tools/paraview_scene.py RUN_FOLDER --movie FOLDER    one picture per snapshot, and FOLDER/movie.gif

Without a display (DISPLAY not set) it starts one of its own, with Xvfb (Debian's package xvfb).
The default time is the last snapshot's. Colours keep their meaning throughout a movie.
"""

import argparse
import atexit
import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys

import numpy as np
from paraview import simple as pv

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "python"))
import paget  # noqa: E402 (found by the line above)
from paget.tissue import FATES, STATES  # noqa: E402

# Told apart by colour-blind readers (Okabe and Ito), in the order of their use.
COLOURS = ("#D55E00", "#56B4E9", "#CC79A7", "#E69F00", "#0072B2", "#009E73", "#F0E442", "#000000")
LOOKED_FROM = np.array([-0.25, -0.50, 0.83])  # obliquely from above
LEGENDS = 0.16  # share of the width that legends get
MARGIN = 1.06


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--field", default="oxygen")
    parser.add_argument("--colour", default="state",
                        help="what colours cells: state, type, fate, clone, age, journeys, organ_of_birth, pressure, radius")
    parser.add_argument("--time", type=float, default=None, help="in hours; the nearest snapshot is taken")
    parser.add_argument("--output", default="scene.png")
    parser.add_argument("--movie", metavar="FOLDER", help="pictures of all snapshots")
    parser.add_argument("--size", default="1600x900", help="of a picture, in pixels")
    parser.add_argument("--places", metavar="FILE", help="write where each organ is in the picture, in pixels, as JSON")
    options = parser.parse_args()
    try:
        options.width, options.height = (int(part) for part in options.size.split("x"))
    except ValueError:
        parser.error(f"--size {options.size}: write WIDTHxHEIGHT, for example 1600x900")
    return options


def end_with_parent():
    """In a child: the kernel ends it with its parent, also where ParaView aborts and nothing is tidied up."""
    ask_for_signal_at_death = 1  # PR_SET_PDEATHSIG
    ctypes.CDLL(None).prctl(ask_for_signal_at_death, signal.SIGTERM)


def ensure_display():
    """ParaView draws through X, also into files: on a node without a screen, a virtual one that ends with this script."""
    if os.environ.get("DISPLAY"):
        return
    if not shutil.which("Xvfb"):
        sys.exit("DISPLAY is not set and Xvfb is not installed: ParaView cannot draw. On Debian: apt install xvfb")
    reading, writing = os.pipe()
    # Not one of the first ten displays: MPI programs that start look at those (hwloc seeks graphics cards there), and are
    # ended if the server goes meanwhile. Without -noreset the server starts over when ParaView's first look at it ends,
    # and refuses it meanwhile.
    display = f":{100 + os.getpid() % 50000}"
    server = subprocess.Popen(["Xvfb", display, "-displayfd", str(writing), "-noreset", "-nolisten", "tcp",
                               "-screen", "0", "1280x1024x24"],
                              pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              preexec_fn=end_with_parent)
    atexit.register(server.terminate)
    os.close(writing)
    with os.fdopen(reading) as answer:  # the number comes when the server is ready
        number = answer.readline().strip()
    if not number:
        sys.exit("Xvfb did not start: ParaView cannot draw")
    os.environ["DISPLAY"] = f":{number}"


def reader_of(folder, name):
    """A reader of one of the run's XDMF files. The path is absolute: some of VTK's readers need that."""
    path = os.path.abspath(os.path.join(folder, name))
    if not os.path.exists(path):
        sys.exit(f"{path} is not there (it is written with the first snapshot of a run)")
    reader = pv.XDMFReader(FileNames=[path])
    reader.UpdatePipelineInformation()
    return reader


class Camera:
    """Looks at all organs along parallel rays, so that sizes compare; fills the picture beside the legends."""

    def __init__(self, snapshot, width, height):
        self.size = np.array([width, height])
        self.away = LOOKED_FROM / np.linalg.norm(LOOKED_FROM)
        right = np.cross([0.0, 0.0, 1.0], self.away)
        self.right = right / np.linalg.norm(right)
        self.up = np.cross(self.away, self.right)
        corners = np.concatenate([self.corners(organ) for organ in snapshot.values()])
        low, high = self.flat(corners).min(axis=0), self.flat(corners).max(axis=0)
        room = self.size * [1.0 - LEGENDS, 0.92]  # time and title stand above
        self.um_per_pixel = MARGIN * max((high - low) / room)
        self.middle = (low + high) / 2 + self.um_per_pixel * self.size * [LEGENDS / 2, 0.03]
        self.depth = float(np.ptp(corners @ self.away)) + 1.0

    @staticmethod
    def corners(organ):
        unit = np.stack(np.meshgrid([0, 1], [0, 1], [0, 1]), axis=-1).reshape(-1, 3)
        return organ.scene_um + unit * organ.size_um

    def flat(self, points):
        return np.stack([points @ self.right, points @ self.up], axis=-1)

    def pixels(self, organ):
        """Left, top, right, bottom of the organ in the picture."""
        places = (self.flat(self.corners(organ)) - self.middle) / self.um_per_pixel + self.size / 2
        (left, bottom), (right, top) = places.min(axis=0), places.max(axis=0)
        return [round(float(x)) for x in (left, self.size[1] - top, right, self.size[1] - bottom)]

    def aim(self, view):
        focus = self.middle[0] * self.right + self.middle[1] * self.up
        view.CameraParallelProjection = 1
        view.CameraFocalPoint = list(focus)
        view.CameraPosition = list(focus + 4 * self.depth * self.away)
        view.CameraViewUp = list(self.up)
        view.CameraParallelScale = self.um_per_pixel * self.size[1] / 2


def rgb(colour):
    return [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]


def show_legend(view, display, name, title, place):
    display.SetScalarBarVisibility(view, True)
    bar = pv.GetScalarBar(pv.GetColorTransferFunction(name), view)
    bar.Title = title
    bar.ComponentTitle = ""
    bar.WindowLocation = place
    bar.TitleColor = bar.LabelColor = [0, 0, 0]
    bar.TitleFontSize = bar.LabelFontSize = 18
    bar.AutomaticLabelFormat = 0
    bar.LabelFormat = bar.RangeLabelFormat = "%-#6.3g"


def middle_slice(fields, number, organ):
    """A slice through the middle of one organ: organs differ in height. `number` is its place among them, from 1."""
    block = pv.ExtractBlock(Input=fields)
    block.Selectors = [f"/Root/*[{number}]"]  # blocks of the same organ have other names at other times
    cut = pv.Slice(Input=block, SliceType="Plane")
    cut.SliceType.Origin = list(organ.scene_um + organ.size_um / 2)
    cut.SliceType.Normal = [0, 0, 1]
    return cut


def show_field(view, fields, snapshot, name, unit):
    """A slice through the middle of every organ, coloured by the field, and the outlines of the organs."""
    fields.CellArrayStatus = [name]
    cut = pv.GroupDatasets(Input=[middle_slice(fields, i, organ) for i, organ in enumerate(snapshot.values(), 1)])
    display = pv.Show(cut, view)
    pv.ColorBy(display, ("CELLS", name))
    display.RescaleTransferFunctionToDataRangeOverTime()
    pv.GetColorTransferFunction(name).ApplyPreset("Viridis (matplotlib)", True)
    show_legend(view, display, name, name if unit == "1" else f"{name} [{unit}]", "Lower Right Corner")
    display.Opacity = 0.6
    box = pv.Show(fields, view)
    box.SetRepresentationType("Outline")
    pv.ColorBy(box, None)
    box.AmbientColor = box.DiffuseColor = [0.3, 0.3, 0.3]


def names_of(run, colour):
    """What the numbers of a column of cells stand for, or nothing where they are amounts."""
    return {"state": STATES, "fate": FATES, "type": run.case.names("cell"), "organ_of_birth": run.organs}.get(colour)


def show_cells(view, cells, colour, names):
    """Spheres of the cells' own size. (ParaView draws nothing for points alone.)"""
    glyph = pv.Glyph(Input=cells, GlyphType="Sphere")
    glyph.GlyphMode = "All Points"
    glyph.ScaleArray = ["POINTS", "radius"]
    glyph.ScaleFactor = 2.0  # the sphere's own radius is one half
    glyph.GlyphType.ThetaResolution = 12
    glyph.GlyphType.PhiResolution = 12
    display = pv.Show(glyph, view)
    pv.ColorBy(display, ("POINTS", colour))
    table = pv.GetColorTransferFunction(colour)
    if names:
        table.InterpretValuesAsCategories = 1
        table.Annotations = [text for number, name in enumerate(names) for text in (str(number), name)]
        table.IndexedColors = [part for n in range(len(names)) for part in rgb(COLOURS[n % len(COLOURS)])]
    else:
        display.RescaleTransferFunctionToDataRangeOverTime()
    show_legend(view, display, colour, f"cells: {colour.replace('_', ' ')}", "Upper Right Corner")


def show_vessels(view, vessels):
    display = pv.Show(vessels, view)
    pv.ColorBy(display, None)
    display.SetRepresentationType("Wireframe")
    display.AmbientColor = display.DiffuseColor = [0.60, 0.05, 0.05]
    display.LineWidth = 1.5
    display.Opacity = 0.45


def show_names(view, snapshot):
    """Each organ's name beside its leftmost edge, where no other organ stands behind it."""
    for name, organ in snapshot.items():
        label = pv.Show(pv.Text(Text=name), view)
        label.TextPropMode = "Billboard 3D Text"
        label.Justification = "Right"
        label.BillboardPosition = list(organ.scene_um + organ.size_um * [-0.03, 1.0, 0.0])
        label.Color = [0, 0, 0]
        label.FontSize = 20


def chosen_snapshots(run, options):
    if not run.snapshots:
        sys.exit(f"{options.folder} holds no snapshot yet. Set output.snapshot_every, or wait for the first.")
    if options.movie:
        return list(run.snapshots)
    return [run.snapshots[-1] if options.time is None else run.snapshots.at(options.time)]


def fullest(snapshots):
    """The one with most cells, and the last of such."""
    return max(reversed(snapshots), key=lambda snapshot: sum(organ.cell_count for organ in snapshot.values()))


def build_view(options, run, sources, snapshot):
    units = {name: unit for organ in snapshot.values() for name, unit in organ.fields.items()}
    if options.field not in units:
        sys.exit(f"--field {options.field}: this run has no such field. It has {', '.join(sorted(units))}.")
    fields, cells, vessels = sources
    view = pv.CreateView("RenderView")
    view.ViewSize = [options.width, options.height]
    view.UseColorPaletteForBackground = 0
    view.Background = [1, 1, 1]
    view.OrientationAxesVisibility = 0
    show_field(view, fields, snapshot, options.field, units[options.field])
    if cells.GetDataInformation().GetNumberOfPoints() > 0:
        if cells.PointData.GetArray(options.colour) is None:
            sys.exit(f"--colour {options.colour}: cells have no such column. They have {', '.join(cells.PointData.keys())}.")
        show_cells(view, cells, options.colour, names_of(run, options.colour))
    if vessels.GetDataInformation().GetNumberOfPoints() > 0:
        show_vessels(view, vessels)
    show_names(view, snapshot)
    return view


def write_movie(folder, pictures):
    from PIL import Image

    frames = [Image.open(picture).convert("P", palette=Image.Palette.ADAPTIVE) for picture in pictures]
    path = os.path.join(folder, "movie.gif")
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=400, loop=0)
    print(f"{path}: {len(frames)} pictures")


def main():
    options = arguments()
    ensure_display()
    try:
        run = paget.Run(options.folder)
        snapshots = chosen_snapshots(run, options)
        camera = Camera(snapshots[-1], options.width, options.height)
    except paget.RunError as error:
        sys.exit(str(error))
    sources = [reader_of(options.folder, name) for name in ("fields.xmf", "cells.xmf", "vessels.xmf")]
    for source in sources:
        source.UpdatePipeline(snapshots[-1].time_h)
    sources[1].UpdatePipeline(fullest(snapshots).time_h)  # for a movie: all cells may have died by the last
    view = build_view(options, run, sources, snapshots[-1])
    clock = pv.Text()
    label = pv.Show(clock, view)
    label.Color = [0, 0, 0]
    camera.aim(view)
    if options.movie:
        os.makedirs(options.movie, exist_ok=True)
    pictures = []
    for snapshot in snapshots:
        view.ViewTime = snapshot.time_h
        clock.Text = f"{snapshot.time_h:g} h"
        picture = os.path.join(options.movie, f"{snapshot.number:06d}.png") if options.movie else options.output
        pv.SaveScreenshot(picture, view, ImageResolution=[options.width, options.height])
        pictures.append(picture)
        cells = ", ".join(f"{name} {organ.cell_count}" for name, organ in snapshot.items())
        sources[2].UpdatePipeline(snapshot.time_h)
        segments = sources[2].GetDataInformation().GetNumberOfCells()
        print(f"{picture}: {snapshot.time_h:g} h; cells: {cells}; {segments} vessel segments", flush=True)
    if options.movie:
        write_movie(options.movie, pictures)
    if options.places:
        places = {name: camera.pixels(organ) for name, organ in snapshots[-1].items()}
        with open(options.places, "w", encoding="utf-8") as file:
            json.dump(places, file, indent=1)


main()
