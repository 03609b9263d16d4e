"""V8: two equal cells with PhysiCell's default forces come to rest at 16.024 um, 0.9524 of the sum of their radii."""

import unittest

from case_runs import CaseRuns, obtained, read_rows


class RestDistance(unittest.TestCase):
    def test_from_both_sides(self):
        runs = CaseRuns("rest-distance.ini")
        self.addCleanup(runs.remove)
        tracks = read_rows(runs.run("pairs"), "tracks.csv")
        last = max(float(row["time_h"]) for row in tracks)
        start = sorted(float(row["x_um"]) for row in tracks if float(row["time_h"]) == 0.0)
        places = sorted(float(row["x_um"]) for row in tracks if float(row["time_h"]) == last)
        self.assertEqual(len(places), 4)
        self.assertLess(start[1] - start[0], 16.0)
        self.assertGreater(start[3] - start[2], 16.1)
        for pair, distance in (("nearer", places[1] - places[0]), ("farther", places[3] - places[2])):
            obtained(f"V8, rest distance from {pair}, um", f"{distance:.4f}", 16.024)
            self.assertLess(abs(distance / 16.024 - 1.0), 1e-3)


if __name__ == "__main__":
    unittest.main()
