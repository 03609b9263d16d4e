"""V9: how many of 4000 lineages have died out, from a case file.

Exact for a linear birth-death process: P(extinct at t) = d (E - 1) / (b E - d) with E = exp((b - d) t), and its square for
two lineages. A false alarm per check of 0.3 % with another seed."""

import glob
import math
import unittest

import h5py
from case_runs import CaseRuns, column, obtained, read_rows

BIRTHS, DEATHS, HOURS, FOUNDERS = 1.0, 0.5, 4.0, 4000
STEP_H = 0.2 / 60.0


class Lineages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.runs = CaseRuns("lineages.ini")
        cls.addClassCleanup(cls.runs.remove)
        cls.folder = cls.runs.run("lineages")
        with h5py.File(sorted(glob.glob(cls.folder + "/snapshots/0*.h5"))[-1]) as file:
            cells = file["organs/dish/cells"]
            living = cells["fate"][:] < 2
            cls.clones = set(cells["clone"][:][living].tolist())
            cls.living = int(living.sum())

    def test_extinction(self):
        growth = math.exp((BIRTHS - DEATHS) * HOURS)
        one = DEATHS * (growth - 1.0) / (BIRTHS * growth - DEATHS)
        gone = [founder not in self.clones for founder in range(FOUNDERS)]
        pairs = [gone[i] and gone[i + 1] for i in range(0, FOUNDERS, 2)]
        for what, found, expected in (("one lineage", gone, one), ("two lineages", pairs, one**2)):
            share = sum(found) / len(found)
            error = math.sqrt(expected * (1.0 - expected) / len(found))
            obtained(f"V9, extinction of {what}", f"{share:.4f}", f"{expected:.4f} +- {error:.4f}")
            self.assertLess(abs(share - expected), 3.0 * error)

    def test_mean(self):
        growth = math.exp((BIRTHS - DEATHS) * HOURS)
        deviation = math.sqrt((BIRTHS + DEATHS) / (BIRTHS - DEATHS) * growth * (growth - 1.0) / FOUNDERS)
        # A cell has at most one daughter per step, and none of its own in that step.
        lost = STEP_H * HOURS * BIRTHS**2 * growth
        found = self.living / FOUNDERS
        obtained("V9, cells per founder", f"{found:.3f}", f"{growth:.3f} +- {deviation:.3f}")
        self.assertLess(abs(found - growth), 3.0 * deviation + lost)
        self.assertEqual(column(read_rows(self.folder, "series.csv"), "dish.living")[-1], self.living)


if __name__ == "__main__":
    unittest.main()
