"""The scripts that draw runs, and the package's examples, make pictures of a run; and say what is wrong with others."""

import importlib.util
import os
import subprocess
import sys
import unittest

from small_runs import ROOT, SHOP, grown_run, lonely_run, minimal_run

import paget

TOOLS = os.path.join(ROOT, "tools")
PNG = b"\x89PNG\r\n\x1a\n"


def call(*words):
    environment = {**os.environ, "PYTHONPATH": os.path.join(TOOLS, "python"), "MPLBACKEND": "Agg"}
    return subprocess.run(
        [sys.executable, "-B", *words], capture_output=True, text=True, check=False, timeout=300, env=environment
    )


def script(name):
    """A script as a module, so that its parts can be called."""
    description = importlib.util.spec_from_file_location(name, os.path.join(TOOLS, f"{name}.py"))
    module = importlib.util.module_from_spec(description)
    description.loader.exec_module(module)
    return module


class Parts(unittest.TestCase):
    def test_axes_have_the_units_of_their_columns(self):
        plot, series = script("plot_series"), paget.Run(grown_run()).series
        for names, label in (
            (["tissue.living", "tissue.born"], "cells"),
            (["tissue.vessels.length_um", "tissue.oxygen.mean_mmHg"], "µm, mmHg"),
            (["tissue.vessels.tips"], "tissue.vessels.tips"),
            (["tissue.ecm.mean"], "density"),
        ):
            self.assertEqual(plot.axis_label(series, names), label)

    def test_a_path_ends_where_a_cell_leaves_its_organ(self):
        folder = SHOP.join("travelled")
        os.makedirs(folder)
        lines = ["time_h,organ,cell,x_um,y_um,z_um", "0,breast,7,10,10,10", "1,breast,7,13,14,10", "2,lung,7,300,20,5"]
        with open(os.path.join(folder, "tracks.csv"), "w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in lines)
        plot = script("plot_tracks")
        self.assertEqual(plot.mean_square(plot.read_paths(folder)), ([0, 60], [0, 25]))


class Pictures(unittest.TestCase):
    def assert_draws(self, script, *words, picture):
        outcome = call(os.path.join(TOOLS, script), *words)
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        with open(picture, "rb") as file:
            self.assertEqual(file.read(8), PNG)
        self.assertGreater(os.path.getsize(picture), 10_000)
        return outcome

    def test_overview(self):
        for name, folder in (("minimal", minimal_run()), ("lonely", lonely_run())):
            picture = SHOP.join(f"overview-{name}.png")
            outcome = self.assert_draws("plot_run.py", folder, "--output", picture, picture=picture)
            self.assertIn("rows", outcome.stdout)

    def test_series(self):
        picture = SHOP.join("series.png")
        self.assert_draws(
            "plot_series.py",
            minimal_run(),
            "--columns",
            "lung.living",
            "--right",
            "lung.oxygen.mean_mmHg",
            "--output",
            picture,
            picture=picture,
        )

    def test_vessels(self):
        picture = SHOP.join("vessels.png")
        self.assert_draws("plot_vessels.py", grown_run(), "--output", picture, picture=picture)

    def test_examples(self):
        for name in ("spread", "oxygen_at_cells"):
            picture = SHOP.join(f"{name}.png")
            self.assert_draws(os.path.join("python", "examples", f"{name}.py"), minimal_run(), picture, picture=picture)

    def test_what_is_wrong_is_told(self):
        for script, words, message in (
            ("plot_run.py", [SHOP.path], "holds no case.ini"),
            ("plot_series.py", [SHOP.path, "--columns", "x"], "holds no case.ini"),
            ("plot_run.py", [minimal_run(), "--field", "nosuch"], "there is no field 'nosuch' in this run"),
            ("plot_series.py", [minimal_run(), "--columns", "x"], "no column 'x'"),
            ("plot_vessels.py", [SHOP.path], "holds no case.ini"),
            ("plot_vessels.py", [minimal_run()], "no organ's vessels grow"),
            ("plot_tracks.py", [SHOP.path], "tracks.csv is missing"),
        ):
            outcome = call(os.path.join(TOOLS, script), *words)
            self.assertEqual(outcome.returncode, 1, script)
            self.assertIn(message, outcome.stderr)
            self.assertNotIn("Traceback", outcome.stderr)


if __name__ == "__main__":
    unittest.main()
