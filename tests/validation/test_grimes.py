"""V5, Grimes et al. 2014: oxygen in a spheroid of radius R that consumes it at a constant rate a until it is gone,
p = a/(6D) (r^2 + 2 rn^3/r - 3 rn^2), whose radius rn without oxygen follows from that at the surface,
r_l^2 + rn^2 (3 - 2 rn/R) = R^2 with r_l^2 = 6 D p(R) / a."""

import math
import unittest

import h5py
import numpy as np
from case_runs import CaseRuns, obtained

D_UM2_PER_S = 2000.0
HALF_SATURATION = 0.05  # mmHg
# Uptake [1/s] and oxygen at the walls [mmHg], for spheroids that are about 1.1, 1.4 and 2 times r_l.
SPHEROIDS = ((400.0, 199.0), (600.0, 219.0), (1320.0, 326.0))


def core_radius(limit, outer):
    """The positive root of r_l^2 + rn^2 (3 - 2 rn/R) = R^2, by bisection; 0 if oxygen reaches the middle."""
    low, high = 0.0, outer
    if limit >= outer:
        return 0.0
    for _ in range(80):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if limit**2 + middle**2 * (3.0 - 2.0 * middle / outer) < outer**2 else (low, middle)
    return low


class Spheroid:
    """Oxygen and cells of a run; lengths in um from the middle."""

    def __init__(self, folder, uptake):
        with h5py.File(folder + "/snapshots/000000.h5") as file:
            self.oxygen = file["organs/dish/fields/oxygen"][:]
            places = file["organs/dish/cells/position"][:].reshape(-1, 3)
            radius = file["organs/dish/cells/radius"][:]
        edge = self.oxygen.shape[0]
        self.h = 800.0 / edge
        centres = (np.arange(edge) + 0.5) * self.h - 400.0
        z, y, x = np.meshgrid(centres, centres, centres, indexing="ij")
        self.r = np.sqrt(x * x + y * y + z * z)
        # Of a ball that is filled evenly the mean distance from the middle is 3/4 of the radius.
        self.outer = 4.0 / 3.0 * np.linalg.norm(places - 400.0, axis=1).mean()
        self.rate = uptake * HALF_SATURATION * (radius**3).sum() / self.outer**3
        self.surface = self.oxygen[np.abs(self.r - self.outer) < 0.5 * self.h].mean()
        self.limit = math.sqrt(6.0 * D_UM2_PER_S * self.surface / self.rate)

    def profile(self, r, core):
        return self.rate / (6.0 * D_UM2_PER_S) * (r**2 + 2.0 * core**3 / r - 3.0 * core**2)


class Grimes(unittest.TestCase):
    def check(self, spheroid):
        core = core_radius(spheroid.limit, spheroid.outer)
        rim = (spheroid.r > core + 2.0 * spheroid.h) & (spheroid.r < spheroid.outer - 2.0 * spheroid.h)
        r, found = spheroid.r[rim], spheroid.oxygen[rim]
        candidates = np.linspace(0.5 * core, 1.5 * core, 2001)
        fitted = min(candidates, key=lambda rn: float(((spheroid.profile(r, rn) - found) ** 2).sum()))
        obtained(f"V5, radius without oxygen at R/r_l = {spheroid.outer / spheroid.limit:.3f} "
                 f"(R {spheroid.outer:.1f} um, {spheroid.surface:.1f} mmHg, {spheroid.rate:.1f} mmHg/s)",
                 f"{fitted / spheroid.limit:.4f} r_l", f"{core / spheroid.limit:.4f} r_l")
        self.assertGreater(core, 50.0, "the case must have a core")
        self.assertLess(abs(fitted / core - 1.0), 0.03)
        # Shell by shell: the box around the ball is a cube, so oxygen at the surface depends on the direction.
        shell = np.floor(r / spheroid.h).astype(int)
        count = np.maximum(np.bincount(shell), 1)
        worst = float(np.abs(np.bincount(shell, spheroid.profile(r, core) - found) / count).max()) / spheroid.surface
        obtained("V5, largest deviation of a shell's mean over the oxygen at the surface", f"{worst:.4f}", 0)
        self.assertLess(worst, 0.03)
        inside = spheroid.oxygen[spheroid.r < core - 2.0 * spheroid.h]
        self.assertLess(float(inside.mean()), 0.03 * spheroid.surface)

    def test_core_and_profile(self):
        runs = CaseRuns("grimes.ini")
        self.addCleanup(runs.remove)
        for uptake, walls in SPHEROIDS:
            with self.subTest(uptake=uptake):
                folder = runs.run(f"uptake{uptake}", f"--cell.cancer.oxygen.uptake={uptake} 1/s",
                                  f"--field.oxygen.wall_value={walls} mmHg")
                self.check(Spheroid(folder, uptake))


if __name__ == "__main__":
    unittest.main()
