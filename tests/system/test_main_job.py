"""The main job as it is: the whole cascade, self-seeding included. Minutes long."""

import os
import unittest

from paget_program import ROOT, Workshop, paget, read_rows


class MainJob(unittest.TestCase):
    def test_seeds_three_organs_and_the_primary(self):
        shop = Workshop()
        self.addCleanup(shop.remove)
        outcome = paget("run", os.path.join(ROOT, "inputs", "breast.ini"), f"--output={shop.join('run')}", ranks=2,
                        timeout=1500)
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertIn("ledger: closed", outcome.out)
        rooted = {}
        for event in read_rows(shop.join("run"), "events.csv"):
            if event["fate"] != "apoptotic":
                rooted[event["destination"]] = rooted.get(event["destination"], 0) + 1
        for organ in ("lung", "bone", "brain", "breast"):
            self.assertGreaterEqual(rooted.get(organ, 0), 1, f"{organ}: {rooted}")


if __name__ == "__main__":
    unittest.main()
