"""Organs are cut anew where ranks compute unevenly: that helps, and changes no byte."""

import json
import os
import unittest

from paget_program import Workshop, paget, read_bytes

# A few cells in the middle that multiply among many that rest: what was planned at the start does not last.
CASE = """
[run]
end = 30 hour
step = 30 min
[mechanics]
step = 2 min
[field.oxygen]
unit = mmHg
blood = 45 mmHg
permeability = 6e4 um/min
[cell.quick]
cycle.model = live
cycle.live.rate = 0.15 1/hour
cycle.pressure_limit = 100
cycle.oxygen_saturation = 5 mmHg
[cell.quiet]
cycle.model = live
cycle.live.rate = 0 1/hour
[organ.breast]
size.x = 400 um
size.y = 400 um
size.z = 400 um
vessels.source = capillary_bed
founders.type = quick
founders.count = 100
residents.quiet = 1500
[organ.lung]
size.x = 160 um
size.y = 160 um
size.z = 160 um
vessels.source = capillary_bed
[bed.breast]
flow_share = 1
[bed.lung]
fed_by = veins
drains_to = arteries
[bed.rest]
flow_share = 99
[output]
series_every = 10 hour
"""


class Balance(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shop = Workshop()
        cls.addClassCleanup(cls.shop.remove)
        cls.case = cls.shop.write("case.ini", CASE)

    def run_case(self, name, ranks, *words):
        folder = self.shop.join(name)
        outcome = paget("run", self.case, f"--output={folder}", *words, ranks=ranks, timeout=900)
        self.assertEqual(outcome.code, 0, outcome.err)
        with open(os.path.join(folder, "summary.json"), encoding="utf-8") as file:
            return folder, outcome, json.load(file)

    def test_a_tumour_that_grows_is_spread_over_the_ranks(self):
        alone, outcome_alone, summary_alone = self.run_case("alone", 1)
        self.assertEqual(summary_alone["balance"], [])
        still, outcome_still, summary_still = self.run_case("still", 3, "--balance.every=0 h")
        self.assertEqual(summary_still["balance"][:-1], [])
        moved, outcome_moved, summary_moved = self.run_case("moved", 3, "--balance.every=5 h")
        looks = summary_moved["balance"]
        self.assertTrue(any("cut_anew" in look for look in looks), looks)
        self.assertIn("organs are cut anew", outcome_moved.out)
        seconds = sum(look["cut_anew"]["seconds"] for look in looks if "cut_anew" in look)
        self.assertGreater(summary_moved["performance"]["parts"]["balance"]["max_s"], 0.9 * seconds)
        self.assertLess(looks[-1]["imbalance"], 1.25, (looks, summary_still["balance"]))
        self.assertLess(looks[-1]["imbalance"], summary_still["balance"][-1]["imbalance"] - 0.1)
        self.assertEqual(summary_moved["performance"]["voxel_solves"], summary_alone["performance"]["voxel_solves"])
        for folder, outcome in ((still, outcome_still), (moved, outcome_moved)):
            self.assertEqual(outcome.state_hash(), outcome_alone.state_hash())
            for name in ("series.csv", "events.csv"):
                self.assertEqual(read_bytes(folder, name), read_bytes(alone, name), name)


if __name__ == "__main__":
    unittest.main()
