"""The main job with every mechanism on: the same bytes on any number of ranks and after a restart, and a closed ledger."""

import glob
import os
import shutil
import unittest

from paget_program import Workshop, input_text, paget, read_bytes, read_rows

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
SHORT = ["--run.end=12 hour", "--output.series_every=4 hour", "--output.snapshot_every=12 hour",
         "--circulation.extravasation=2 1/h", "--organ.breast.vessels.spacing=60 um",
         "--cell.cancer.intravasation.cluster_probability=0.5"]
RESULTS = ["series.csv", "series.h5", "events.csv", "state.h5"]
TICKS_PER_HOUR = 60000


class Everything(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shop = Workshop()
        cls.addClassCleanup(cls.shop.remove)
        cls.case = cls.shop.write("everything.ini", CASE)
        cls.reference, cls.hash = cls.live("reference", 1)

    @classmethod
    def live(cls, name, ranks):
        folder = cls.shop.join(name)
        outcome = paget("run", cls.case, f"--output={folder}", *SHORT, ranks=ranks, timeout=900)
        assert outcome.code == 0, outcome.err
        return folder, outcome.state_hash()

    def assert_same_results(self, folder):
        for name in RESULTS:
            self.assertEqual(read_bytes(folder, name), read_bytes(self.reference, name), name)

    def test_every_mechanism_acts(self):
        last = {name: float(value) for name, value in read_rows(self.reference, "series.csv")[-1].items()}
        for name in ("breast.recruited", "breast.left", "breast.died.killed", "lung.niche", "lung.arrived", "breast.born",
                     "breast.hybrid.cycling"):
            self.assertGreater(last[name], 0, name)
        self.assertGreater(len(read_rows(self.reference, "events.csv")), 20)

    def test_same_bytes_on_any_number_of_ranks(self):
        for ranks in (2, 3, 4, 8):
            with self.subTest(ranks=ranks):
                folder, found = self.live(f"ranks{ranks}", ranks)
                self.assertEqual(found, self.hash)
                self.assert_same_results(folder)

    def test_a_restart_goes_on_to_the_same_bytes(self):
        folder = self.shop.join("resumed")
        shutil.copytree(self.reference, folder)
        late = [path for path in glob.glob(os.path.join(folder, "checkpoints", "*.h5"))
                if int(os.path.basename(path).split(".")[0]) > 8 * TICKS_PER_HOUR]
        self.assertGreater(len(late), 0)
        for path in late:
            os.remove(path)
        outcome = paget("run", f"--restart={folder}", ranks=3, timeout=900)
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertEqual(outcome.state_hash(), self.hash)
        self.assert_same_results(folder)


if __name__ == "__main__":
    unittest.main()
