#!/usr/bin/env pvpython
"""Renders a run of Paget with ParaView: all organs side by side, a slice of one field, cells as spheres, vessels as lines.

usage: pvpython tools/paraview_scene.py RUN_FOLDER [--field oxygen] [--colour state] [--time HOURS] [--output scene.png]

Needs an X display; without one: xvfb-run -a pvpython tools/paraview_scene.py ...
The default time is the last snapshot's.
"""

import argparse
import os
import sys

from paraview import simple as pv

STATE_COLOURS = (0.90, 0.25, 0.20, 0.95, 0.75, 0.20, 0.55, 0.20, 0.75)  # epithelial, hybrid, mesenchymal


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--field", default="oxygen")
    parser.add_argument("--colour", default="state", help="attribute of cells that colours them")
    parser.add_argument("--time", type=float, default=None, help="in hours")
    parser.add_argument("--output", default="scene.png")
    parser.add_argument("--size", default="1600x800")
    return parser.parse_args()


def reader_of(folder, name):
    """A reader of one of the run's XDMF files. The path is absolute: some of VTK's readers need that."""
    path = os.path.abspath(os.path.join(folder, name))
    if not os.path.exists(path):
        sys.exit(f"{path} is not there (it is written with the first snapshot of a run)")
    reader = pv.XDMFReader(FileNames=[path])
    reader.UpdatePipelineInformation()
    return reader


def show_legend(view, display, name, place):
    display.SetScalarBarVisibility(view, True)
    bar = pv.GetScalarBar(pv.GetColorTransferFunction(name), view)
    bar.WindowLocation = place
    bar.TitleColor = bar.LabelColor = [0, 0, 0]
    bar.TitleFontSize = bar.LabelFontSize = 18


def show_field(view, fields, name):
    """A slice through the middle of the scene, coloured by the field, and the outlines of the organs."""
    fields.CellArrayStatus = [name]
    bounds = fields.GetDataInformation().GetBounds()
    middle = [(bounds[2 * axis] + bounds[2 * axis + 1]) / 2 for axis in range(3)]
    cut = pv.Slice(Input=fields, SliceType="Plane")
    cut.SliceType.Origin = middle
    cut.SliceType.Normal = [0, 0, 1]
    display = pv.Show(cut, view)
    pv.ColorBy(display, ("CELLS", name))
    display.RescaleTransferFunctionToDataRange(True)
    pv.GetColorTransferFunction(name).ApplyPreset("Viridis (matplotlib)", True)
    show_legend(view, display, name, "Lower Right Corner")
    display.Opacity = 0.9
    box = pv.Show(fields, view)
    box.SetRepresentationType("Outline")
    pv.ColorBy(box, None)
    box.AmbientColor = box.DiffuseColor = [0.3, 0.3, 0.3]


def show_cells(view, cells, colour):
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
    if colour == "state":
        table.InterpretValuesAsCategories = 1
        table.Annotations = ["0", "epithelial", "1", "hybrid", "2", "mesenchymal"]
        table.IndexedColors = STATE_COLOURS
    else:
        display.RescaleTransferFunctionToDataRange(True)
    show_legend(view, display, colour, "Upper Right Corner")


def show_vessels(view, vessels):
    display = pv.Show(vessels, view)
    pv.ColorBy(display, None)
    display.SetRepresentationType("Wireframe")
    display.AmbientColor = display.DiffuseColor = [0.75, 0.10, 0.10]
    display.LineWidth = 1.5
    display.Opacity = 0.35


def main():
    options = arguments()
    width, height = (int(part) for part in options.size.split("x"))
    fields = reader_of(options.folder, "fields.xmf")
    cells = reader_of(options.folder, "cells.xmf")
    vessels = reader_of(options.folder, "vessels.xmf")
    times = list(fields.TimestepValues) if hasattr(fields.TimestepValues, "__len__") else [fields.TimestepValues]
    time = times[-1] if options.time is None else min(times, key=lambda t: abs(t - options.time))
    for source in (fields, cells):
        source.UpdatePipeline(time)
    vessels.UpdatePipeline()

    view = pv.CreateView("RenderView")
    view.ViewSize = [width, height]
    view.ViewTime = time
    view.UseColorPaletteForBackground = 0
    view.Background = [1, 1, 1]
    view.OrientationAxesVisibility = 0
    show_field(view, fields, options.field)
    if cells.GetDataInformation().GetNumberOfPoints() > 0:
        show_cells(view, cells, options.colour)
    if vessels.GetDataInformation().GetNumberOfPoints() > 0:
        show_vessels(view, vessels)
    label = pv.Show(pv.Text(Text=f"{time:g} h"), view)
    label.Color = [0, 0, 0]
    view.ResetCamera()
    camera = view.GetActiveCamera()
    camera.Elevation(-60)
    view.ResetCamera()
    camera.Zoom(1.5)
    pv.Render(view)
    pv.SaveScreenshot(options.output, view, ImageResolution=[width, height])
    print(f"{options.output}: {time:g} h, {cells.GetDataInformation().GetNumberOfPoints()} cells, "
          f"{vessels.GetDataInformation().GetNumberOfCells()} vessel segments")


main()
