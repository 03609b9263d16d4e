"""Vessels that grow: the same bytes on any number of ranks and after a restart, and every part of it is felt."""

import unittest

import one_trajectory
from paget_program import input_text, read_rows

KEYS = """
angiogenesis.field = vegf
angiogenesis.sprouting = 4e-4 um^-1.min^-1
angiogenesis.threshold = 0.02 ng/ml
angiogenesis.half = 1 ng/ml
angiogenesis.gradient_half = 0.002 ng/ml/um
angiogenesis.branching = 4 1/day
angiogenesis.branching_age = 3 hour
angiogenesis.speed = 40 um/h
angiogenesis.stagnation = 18 hour
angiogenesis.regression = 4 1/day
angiogenesis.collapse_pressure = 0.8
angiogenesis.reopening_pressure = 0.5
angiogenesis.starvation = 6 hour
angiogenesis.blocker = bevacizumab
"""

BEFORE, AFTER = input_text("angiogenesis.ini").split("angiogenesis.field = vegf")
CASE = BEFORE + KEYS + AFTER.split("angiogenesis.blocker = bevacizumab")[1] + """
[checkpoint]
every = 12 hour
keep = 20
"""


class Angiogenesis(one_trajectory.OneTrajectory):
    case_text = CASE
    words = ("--run.end=36 hour", "--drug.bevacizumab.doses=1", "--drug.bevacizumab.first_dose=18 hour",
             "--cell.tumour.intravasation.rate.epithelial=0.2 1/day", "--output.snapshot_every=12 hour")
    results = ("series.csv", "events.csv", "state.h5", "vessels.xmf", "snapshots/000002.h5")
    ranks = (2, 3, 4)
    restart_ranks = 3

    def test_everything_happens(self):
        rows = read_rows(self.reference, "series.csv")
        for name in ("sprouts", "branches", "fusions", "starved", "regressed", "collapses"):
            self.assertGreater(int(rows[-1]["tissue.vessels." + name]), 0, name)
        for name in ("tips", "collapsed_um"):
            self.assertGreater(max(float(row["tissue.vessels." + name]) for row in rows), 0, name)
        self.assertTrue(any(float(row["tissue.vessels.length_um"]) > float(row["tissue.vessels.flowing_um"])
                            for row in rows))
        self.assertGreater(int(rows[-1]["tissue.shed"]), 0)

    def test_every_part_is_felt(self):
        for key in ("interval=2 hour", "half=2 ng/ml", "threshold=0.1 ng/ml", "sprout_distance=80 um", "radius=3 um", "speed=30 um/h",
                    "gradient_half=0.1 ng/ml/um", "random_speed=0 um/h", "persistence=30 min", "branching=0 1/day",
                    "fusion_reach=2 um", "maturation=3 1/day", "destabilisation=0 1/day", "entry_factor=40",
                    "least_shear=1000 Pa", "regression=0 1/day", "collapse_pressure=0.6", "blocker=none"):
            with self.subTest(key=key):
                name, value = key.split("=")
                lines = [line for line in CASE.splitlines() if not line.startswith(f"angiogenesis.{name} =")]
                lines.insert(lines.index("angiogenesis.field = vegf"), f"angiogenesis.{name} = {value}")
                case = self.shop.write(name + ".ini", "\n".join(lines) + "\n")
                _, outcome = self.run_whole("with_" + name, case=case)
                self.assertNotEqual(outcome.state_hash(), self.whole.state_hash(), key)


if __name__ == "__main__":
    unittest.main()
