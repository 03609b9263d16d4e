"""The main case, killed four times on 1, 4, 3, 8 ranks and ended on 2, has the bytes of the run that was left alone."""

import os
import unittest

from paget_program import ROOT, Workshop, paget, read_bytes, read_rows
from test_restart import RESULTS, checkpoints, run_until_killed
from test_trajectory import EAGER

BREAST = os.path.join(ROOT, "inputs", "breast.ini")
KEYS = [key for key in EAGER if not key.startswith("--run.end")] + [
    "--run.end=24 hour", "--checkpoint.every=1 h", "--checkpoint.keep=30", "--output.tracks_every=3 h"]


class MainCase(unittest.TestCase):
    def test_chain(self):
        shop = Workshop()
        self.addCleanup(shop.remove)
        reference, folder = shop.join("reference"), shop.join("chain")
        whole = paget("run", BREAST, f"--output={reference}", *KEYS, ranks=2, timeout=3000)
        self.assertEqual(whole.code, 0, whole.err)
        rows = read_rows(reference, "series.csv")
        arrested = next(key for key in rows[0] if "arrested" in key)
        self.assertGreater(max(float(row[arrested]) for row in rows), 5)
        words = ["run", BREAST, f"--output={folder}", *KEYS]
        for hour, ranks in [(4, 1), (9, 4), (15, 3), (20, 8)]:
            err = run_until_killed(words, hour, folder, ranks, timeout=3000)
            self.assertIn(hour, checkpoints(folder), err)
            words = ["run", f"--restart={folder}"]
        outcome = paget("run", f"--restart={folder}", ranks=2, timeout=3000)
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertEqual(outcome.state_hash(), whole.state_hash())
        for name in RESULTS:
            self.assertEqual(read_bytes(folder, name), read_bytes(reference, name), name)
        for name in os.listdir(os.path.join(reference, "snapshots")):
            self.assertEqual(read_bytes(folder, "snapshots", name), read_bytes(reference, "snapshots", name), name)


if __name__ == "__main__":
    unittest.main()
