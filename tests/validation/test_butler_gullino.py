"""V21, Butler and Gullino 1975: cells per volume in the blood that leaves a tumour over those in arterial blood are
1 + e CO / Q, with e the share that arrests per loop, the cardiac output CO and the tumour's flow Q.

The run begins and ends with empty blood, so cell-minutes in the blood over cells shed are the mean time in the blood; with
it the arterial concentration is S t / V for a source S, and the efferent one larger by S / Q. With 90,000 cells the ratio
has a standard error of 0.3 %; a false alarm of 0.3 % with another seed."""

import unittest

from case_runs import CaseRuns, column, obtained, read_rows, trapezoid

VOLUME_ML, FLOW_ML_PER_MIN, OUTPUT_ML_PER_MIN, ARREST = 14.43, 0.6, 74.0, 0.09


class ButlerGullino(unittest.TestCase):
    def test_ratio(self):
        runs = CaseRuns("butler-gullino.ini")
        self.addCleanup(runs.remove)
        series = read_rows(runs.run("rat"), "series.csv")
        minutes = [60.0 * hours for hours in column(series, "time_h")]
        flowing = column(series, "blood.flowing_cells")
        shed = column(series, "blood.shed")[-1]
        self.assertEqual(flowing[-1], 0.0, "the run must go on until the blood is empty")
        self.assertGreater(shed, 85000.0)
        in_blood_min = trapezoid(minutes, flowing) / shed
        ratio = 1.0 + VOLUME_ML / (FLOW_ML_PER_MIN * in_blood_min)
        expected = 1.0 + ARREST * OUTPUT_ML_PER_MIN / FLOW_ML_PER_MIN
        obtained("V21, efferent over arterial", f"{ratio:.3f}", f"{expected:.3f}")
        self.assertLess(abs(ratio / expected - 1.0), 0.01)


if __name__ == "__main__":
    unittest.main()
