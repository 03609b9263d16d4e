"""V10, Conger and Ziskin 1983: a spheroid with a dividing crust of constant thickness d grows by dR/dt = k d (1 - d/R + d^2/3R^2),
which tends to k d: its radius is linear in time. R is that of a ball with the cells' mean distance from the middle, d that
of a crust that holds the share of cells with less waste than stops the cycle by half; both are measured in snapshots."""

import glob
import unittest

import h5py
import numpy as np
from case_runs import CaseRuns, obtained

RATE_PER_DAY, THRESHOLD = 0.06 * 24.0, 0.8


def measure(path):
    """Day, radius and crust [um]."""
    with h5py.File(path) as file:
        waste = file["organs/dish/fields/waste"][:]
        places = file["organs/dish/cells/position"][:].reshape(-1, 3)
        voxel = file["organs/dish"].attrs["spacing_x_um"]
        day = file.attrs["time_h"] / 24.0
    i, j, k = np.minimum((places / voxel).astype(int), np.array(waste.shape)[::-1] - 1).T
    radius = 4.0 / 3.0 * np.linalg.norm(places - places.mean(axis=0), axis=1).mean()
    dividing = (waste[k, j, i] < THRESHOLD).mean()
    return float(day), radius, radius * (1.0 - (1.0 - dividing) ** (1.0 / 3.0))


class SpheroidGrowth(unittest.TestCase):
    def test_radius_is_linear_in_time(self):
        runs = CaseRuns("spheroid-growth.ini")
        self.addCleanup(runs.remove)
        folder = runs.run("spheroid", ranks=2, timeout=14000)
        days, radii, crusts = np.array([measure(path) for path in sorted(glob.glob(folder + "/snapshots/0*.h5"))]).T
        for day, radius, crust in zip(days, radii, crusts):
            print(f"day {day:.1f}: radius {radius:.1f} um, crust {crust:.1f} um", flush=True)
        late = days >= 2.0
        crust = crusts[late].mean()
        self.assertLess(np.abs(crusts[late] / crust - 1.0).max(), 0.15, "the crust must be constant")
        speed, at_zero = np.polyfit(days[late], radii[late], 1)
        away = np.abs(np.polyval((speed, at_zero), days[late]) - radii[late]).max()
        obtained("V10, largest distance of the radius from a straight line", f"{away:.2f} um", "0")
        self.assertLess(away, 0.02 * radii[-1])
        expected = (RATE_PER_DAY * crusts * (1.0 - crusts / radii + crusts**2 / (3.0 * radii**2)))[late].mean()
        obtained("V10, speed of the surface", f"{speed:.2f} um/day", f"{expected:.2f} um/day")
        self.assertLess(abs(speed / expected - 1.0), 0.15)


if __name__ == "__main__":
    unittest.main()
