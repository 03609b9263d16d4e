"""The main job with every mechanism on: the same bytes on any number of ranks and after a restart, and a closed ledger."""

import unittest

import one_trajectory
from paget_program import input_text, read_rows

# Made eager, so that every mechanism acts within hours.
CASE = (input_text("breast-everything.ini")
        .replace("0.1 1/day to 2 1/day, half at 0.5\n", "20 1/day to 40 1/day, half at 0.5\n")
        .replace("intravasation to 2 1/day", "intravasation to 40 1/day")
        .replace("recruitment.rate = 1e-8", "recruitment.rate = 2e-6")
        .replace("attack.cancer.rate = 0.9 1/day", "attack.cancer.rate = 1 1/min")
        .replace("recruitment.threshold = 0.1 ng/ml", "recruitment.threshold = 0.01 ng/ml")
        .replace("half at 50 min, hill 8", "half at 5 min, hill 8")) + """
[checkpoint]
every = 4 hour
keep = 20
"""


class Everything(one_trajectory.OneTrajectory):
    case_text = CASE
    words = ("--run.end=12 hour", "--output.series_every=4 hour", "--output.snapshot_every=12 hour",
             "--circulation.extravasation=2 1/h", "--organ.breast.vessels.spacing=60 um",
             "--cell.cancer.intravasation.cluster_probability=0.5")
    results = ("series.csv", "series.h5", "events.csv", "state.h5")
    ranks = (2, 3, 4, 8)
    restart_after_hours = 8
    restart_ranks = 3

    def test_every_mechanism_acts(self):
        last = {name: float(value) for name, value in read_rows(self.reference, "series.csv")[-1].items()}
        for name in ("breast.recruited", "breast.left", "breast.died.killed", "lung.niche", "lung.arrived", "breast.born",
                     "breast.hybrid.cycling"):
            self.assertGreater(last[name], 0, name)
        self.assertGreater(len(read_rows(self.reference, "events.csv")), 20)


if __name__ == "__main__":
    unittest.main()
