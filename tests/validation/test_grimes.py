"""V5, Grimes et al. 2014: oxygen in a spheroid of radius R that consumes it at a constant rate a until it is gone,
p = a/(6D) (r^2 + 2 rn^3/r - 3 rn^2), whose radius rn without oxygen follows from that at the surface,
r_l^2 + rn^2 (3 - 2 rn/R) = R^2 with r_l^2 = 6 D p(R) / a."""

import math
import unittest

import h5py
import numpy as np
from case_runs import CaseRuns, obtained

D_UM2_PER_S = 2000.0
FULL_RATE = 600.0 * 0.05  # mmHg/s where cells fill the volume


def core_radius(limit, outer):
    """The positive root of r_l^2 + rn^2 (3 - 2 rn/R) = R^2, by bisection; 0 if oxygen reaches the middle."""
    low, high = 0.0, outer
    if limit >= outer:
        return 0.0
    for _ in range(80):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if limit**2 + middle**2 * (3.0 - 2.0 * middle / outer) < outer**2 else (low, middle)
    return low


class Grimes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        runs = CaseRuns("grimes.ini")
        cls.addClassCleanup(runs.remove)
        with h5py.File(runs.run("spheroid") + "/snapshots/000000.h5") as file:
            cls.oxygen = file["organs/dish/fields/oxygen"][:]
            cls.places = file["organs/dish/cells/position"][:].reshape(-1, 3)
            cls.radius = file["organs/dish/cells/radius"][:]
        edge = cls.oxygen.shape[0]
        cls.h = 800.0 / edge
        centres = (np.arange(edge) + 0.5) * cls.h - 400.0
        z, y, x = np.meshgrid(centres, centres, centres, indexing="ij")
        cls.r = np.sqrt(x * x + y * y + z * z)
        distances = np.linalg.norm(cls.places - 400.0, axis=1)
        # Of a ball that is filled evenly the mean distance from the middle is 3/4 of the radius.
        cls.outer = 4.0 / 3.0 * distances.mean()
        filled = (4.0 / 3.0 * math.pi * cls.radius**3).sum() / (4.0 / 3.0 * math.pi * cls.outer**3)
        cls.rate = FULL_RATE * filled

    def test_core_and_profile(self):
        near = np.abs(self.r - self.outer) < 0.5 * self.h
        surface = self.oxygen[near].mean()
        limit = math.sqrt(6.0 * D_UM2_PER_S * surface / self.rate)
        core = core_radius(limit, self.outer)
        rim = (self.r > core + 2.0 * self.h) & (self.r < self.outer - 2.0 * self.h)
        r, found = self.r[rim], self.oxygen[rim]

        def profile(rn):
            return self.rate / (6.0 * D_UM2_PER_S) * (r**2 + 2.0 * rn**3 / r - 3.0 * rn**2)

        candidates = np.linspace(0.5 * core, 1.5 * core, 2001)
        fitted = min(candidates, key=lambda rn: float(((profile(rn) - found) ** 2).sum()))
        obtained(f"V5, radius without oxygen at R/r_l = {self.outer / limit:.3f} (R {self.outer:.1f} um, {surface:.1f} mmHg)",
                 f"{fitted / limit:.4f} r_l", f"{core / limit:.4f} r_l")
        self.assertGreater(self.outer / limit, 1.2, "the case must have a core")
        self.assertLess(abs(fitted / core - 1.0), 0.03)
        # Shell by shell: the box around the ball is a cube, so oxygen at the surface depends on the direction.
        shell = np.floor(r / self.h).astype(int)
        count = np.maximum(np.bincount(shell), 1)
        worst = float(np.abs(np.bincount(shell, profile(core) - found) / count).max()) / surface
        obtained("V5, largest deviation of a shell's mean over the oxygen at the surface", f"{worst:.4f}", 0)
        self.assertLess(worst, 0.03)
        self.assertLess(float(self.oxygen[self.r < core - 2.0 * self.h].mean()), 0.03 * surface)


if __name__ == "__main__":
    unittest.main()
