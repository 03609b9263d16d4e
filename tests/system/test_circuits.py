"""Circuits of genes: the same bytes on any number of ranks and after a restart; what they are is not exchanged on the way."""

import os
import unittest

import h5py
import one_trajectory
from paget_program import input_text, paget, read_bytes, read_rows

# The teaching case, made restless: cells crawl, so that circuits change ranks.
CASE = input_text("emt-circuit.ini").replace("motility.speed.hybrid = 0 um/min", "motility.speed.hybrid = 0.3 um/min") + """
[checkpoint]
every = 24 hour
keep = 20
"""


class Circuits(one_trajectory.OneTrajectory):
    case_text = CASE
    words = ("--run.end=4 day", "--output.snapshot_every=2 day")
    ranks = (2, 5)
    restart_after_hours = 24
    restart_ranks = 3

    def test_cells_change_by_their_circuits(self):
        last = read_rows(self.reference, "series.csv")[-1]
        self.assertGreater(float(last["hysteretic_dish.mesenchymal.cycling"]), 0.0)
        self.assertGreater(float(last["committed_dish.hybrid.cycling"]), 0.0)
        self.assertEqual(float(last["committed_dish.mesenchymal.cycling"]), 0.0, "that takes eight days")

    def test_another_circuit_is_refused_at_a_restart_but_not_another_input(self):
        folder = self.earlier("changed")
        outcome = paget("run", f"--restart={folder}", "--cell.hysteretic.transition.model=mir34_mir200")
        self.assertEqual(outcome.code, 1, outcome.err)
        self.assertIn("mir34_mir200, does not use it", outcome.err)
        branch = self.shop.join("branch")
        outcome = paget("run", f"--restart={folder}", f"--fork={branch}",
                        "--cell.hysteretic.transition.snail_full=200000")
        self.assertEqual(outcome.code, 0, outcome.err)
        last = read_rows(branch, "series.csv")[-1]
        self.assertEqual(float(last["hysteretic_dish.mesenchymal.cycling"]), 0.0)

    def test_snapshots_show_them(self):
        with h5py.File(os.path.join(self.reference, "snapshots", "000000.h5")) as file:
            self.assertAlmostEqual(file["organs/hysteretic_dish/cells/mir200"][0], 18668.0, delta=1.0)
            self.assertGreater(file["organs/committed_dish/cells/zeb"][0], 0.0)
            self.assertEqual(file["organs/hazardous_dish/cells/zeb"][:].max(), 0.0)
        self.assertIn(b"000001.h5:/organs/committed_dish/cells/zeb", read_bytes(self.reference, "cells.xmf"))


if __name__ == "__main__":
    unittest.main()
