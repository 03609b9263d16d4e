"""V11: cells that walk at random and divide where there is room spread as fronts with the speed 2 sqrt(D r) of Fisher's
equation, -10 to +5 %; and within as much of it after the corrections for single cells, one larger, one smaller."""

import math
import os
import unittest

import h5py
import numpy as np

from case_runs import CaseRuns, obtained

DIFFUSIVITY = 0.6  # um^2/min
GROWTH = math.log(2.0) / (8.0e4 / 60.0)  # 1/min
EDGE = 10.0  # of a point [um]
CAPACITY = 30
ACROSS = 8  # points
DAY = 1440.0  # min


def speed_um_per_day():
    return 2.0 * math.sqrt(DIFFUSIVITY * GROWTH) * DAY


def shares_with_cells(cells):
    """Fronts in which less than one of N cells does not count are slower: the leading term of Brunet and Derrida 1997 (Phys
    Rev E 56:2597), and with the next one of Brunet et al. 2006 (Phys Rev E 73:056126)."""
    logarithm = math.log(cells)
    return [1.0 - math.pi**2 / (2.0 * width**2) for width in (logarithm, logarithm + 3.0 * math.log(logarithm))]


def front_um(snapshot):
    """Mean distance from the middle at which columns of points are half full, to both sides."""
    with h5py.File(snapshot) as file:
        x = np.array(file["organs/strip/cells/position"]).reshape(-1, 3)[:, 0]
    counts = np.bincount((x / EDGE).astype(int), minlength=240)
    full = np.nonzero(counts >= 0.5 * CAPACITY * ACROSS)[0]
    return 0.5 * EDGE * (full[-1] + 1 - full[0])


class Fisher(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.runs = CaseRuns("fisher.ini")
        cls.addClassCleanup(cls.runs.remove)
        folder = os.path.join(cls.runs.run("strip"), "snapshots")
        cls.fronts = [front_um(os.path.join(folder, f"{number:06d}.h5")) for number in range(8)]

    def test_speed_of_the_front(self):
        # From day 7.5 on, when the front has forgotten how it began.
        speed = np.polyfit([7.5, 10.0, 12.5, 15.0, 17.5], self.fronts[3:], 1)[0]
        reach = math.sqrt(DIFFUSIVITY / GROWTH)
        continuum = speed_um_per_day()
        least, most = (share * continuum for share in shares_with_cells(CAPACITY * ACROSS * reach / EDGE))
        obtained("V11, speed of the front [um/day]", f"{speed:.1f}",
                 f"{continuum:.1f} of a continuum, {least:.1f} to {most:.1f} of single cells")
        self.assertTrue(0.90 * continuum < speed < 1.05 * continuum)
        self.assertTrue(0.90 * least < speed < 1.05 * most)

    def test_front_goes_at_a_constant_speed(self):
        early = (self.fronts[5] - self.fronts[3]) / 5.0
        late = (self.fronts[7] - self.fronts[5]) / 5.0
        obtained("V11, speed in two halves [um/day]", f"{early:.1f}, {late:.1f}", "the same")
        self.assertLess(abs(early - late), 0.15 * late)


if __name__ == "__main__":
    unittest.main()
