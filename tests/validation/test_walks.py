"""V7: mean square displacement of walks in the plane and in space, from case files; 3 standard errors, a false alarm in
0.3 % per check with another seed."""

import glob
import math
import unittest

import h5py
import numpy as np
from case_runs import CaseRuns, obtained


def places_of(path):
    """Minutes, and places in the order of ids."""
    with h5py.File(path) as file:
        cells = file["organs/dish/cells"]
        order = np.argsort(cells["id"][:])
        return 60.0 * float(file.attrs["time_h"]), cells["position"][:].reshape(-1, 3)[order]


class Walks(unittest.TestCase):
    def displacements(self, case, name, *words):
        """Mean square displacement and its standard error, by minutes."""
        runs = CaseRuns(case)
        self.addCleanup(runs.remove)
        paths = sorted(glob.glob(runs.run(name, *words) + "/snapshots/0*.h5"))
        _, start = places_of(paths[0])
        self.assertGreaterEqual(len(start), 10000)
        found = {}
        for path in paths[1:]:
            minutes, places = places_of(path)
            squares = ((places - start) ** 2).sum(axis=1)
            found[round(minutes)] = squares.mean(), squares.std() / math.sqrt(len(squares))
        return found

    def check(self, what, found, expected, allowed=0.0):
        mean, error = found
        obtained(f"V7, {what}, um^2", f"{mean:.5g} +- {error:.2g} (z {(mean - expected) / error:.1f})", f"{expected:.5g}")
        self.assertLess(abs(mean - expected), 3.0 * error + allowed * expected)
        self.assertLess(error, 0.012 * expected, "the check must be sharp")

    def test_in_the_plane(self):
        for diffusivity, expected in ((0.6, 3456.0), (0.3, 1728.0)):
            speed = math.sqrt(4.0 * diffusivity / 40.0)
            found = self.displacements("walk-plane.ini", f"plane{diffusivity}",
                                       f"--cell.walker.motility.speed.epithelial={speed!r} um/min")
            self.check(f"plane, D = {diffusivity} um^2/min, a day", found[1440], expected)

    def test_persistent_in_space(self):
        v, p = 0.4755, 15.0
        found = self.displacements("walk-persistent.ini", "space")
        for minutes in (15, 90):
            expected = 2.0 * v * v * p * (minutes - p * (1.0 - math.exp(-minutes / p)))
            # Headings are constant for a minute: that adds at most 0.1 % to the continuous formula.
            self.check(f"persistent, {minutes} min", found[minutes], expected, 0.001)


if __name__ == "__main__":
    unittest.main()
