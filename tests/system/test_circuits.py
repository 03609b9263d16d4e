"""Circuits of genes: the same bytes on any number of ranks and after a restart; what they are is not exchanged on the way."""

import glob
import os
import shutil
import unittest

import h5py
from paget_program import Workshop, input_text, paget, read_bytes, read_rows

# The teaching case, made restless: cells crawl, so that circuits change ranks.
CASE = input_text("emt-circuit.ini").replace("motility.speed.hybrid = 0 um/min", "motility.speed.hybrid = 0.3 um/min") + """
[checkpoint]
every = 24 hour
keep = 20
"""
SHORT = ["--run.end=4 day", "--output.snapshot_every=2 day"]
RESULTS = ["series.csv", "events.csv", "state.h5"]
TICKS_PER_HOUR = 60000


class Circuits(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shop = Workshop()
        cls.addClassCleanup(cls.shop.remove)
        cls.case = cls.shop.write("circuits.ini", CASE)
        cls.reference = cls.shop.join("reference")
        cls.whole = paget("run", cls.case, f"--output={cls.reference}", *SHORT)
        assert cls.whole.code == 0, cls.whole.err

    def assert_same_results(self, folder):
        for name in RESULTS:
            self.assertEqual(read_bytes(folder, name), read_bytes(self.reference, name), name)

    def earlier(self, name):
        """A copy of the run as it was after one day."""
        folder = self.shop.join(name)
        shutil.copytree(self.reference, folder)
        for path in glob.glob(os.path.join(folder, "checkpoints", "*.h5")):
            if int(os.path.basename(path)[:-3]) > 24 * TICKS_PER_HOUR:
                os.remove(path)
        self.assertEqual(len(glob.glob(os.path.join(folder, "checkpoints", "*.h5"))), 1)
        return folder

    def test_cells_change_by_their_circuits(self):
        last = read_rows(self.reference, "series.csv")[-1]
        self.assertGreater(float(last["hysteretic_dish.mesenchymal.cycling"]), 0.0)
        self.assertGreater(float(last["committed_dish.hybrid.cycling"]), 0.0)
        self.assertEqual(float(last["committed_dish.mesenchymal.cycling"]), 0.0, "that takes eight days")

    def test_the_same_bytes_on_two_and_five_ranks(self):
        for ranks in (2, 5):
            folder = self.shop.join(f"ranks{ranks}")
            outcome = paget("run", self.case, f"--output={folder}", *SHORT, ranks=ranks)
            self.assertEqual(outcome.code, 0, outcome.err)
            self.assertEqual(outcome.state_hash(), self.whole.state_hash())
            self.assert_same_results(folder)

    def test_the_same_bytes_after_a_restart(self):
        folder = self.earlier("again")
        outcome = paget("run", f"--restart={folder}", ranks=3)
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertEqual(outcome.state_hash(), self.whole.state_hash())
        self.assert_same_results(folder)

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
