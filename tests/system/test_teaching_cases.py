"""The cases of inputs/ are in order, and those that teach a mechanism show what they say. Seeds are fixed."""

import glob
import os
import unittest

from paget_program import ROOT, Workshop, paget, read_rows

INPUTS = os.path.join(ROOT, "inputs")


class TeachingCases(unittest.TestCase):
    def setUp(self):
        self.shop = Workshop()
        self.addCleanup(self.shop.remove)

    def grow(self, case, name, *words):
        folder = self.shop.join(name)
        outcome = paget("run", os.path.join(INPUTS, case), f"--output={folder}", *words)
        self.assertEqual(outcome.code, 0, outcome.err)
        return folder

    def test_every_case_is_in_order(self):
        parts = [os.path.join(INPUTS, folder, "") for folder in ("bodies", "cells", "fields")]  # test_soil checks them
        cases = sorted(case for case in glob.glob(os.path.join(INPUTS, "**", "*.ini"), recursive=True)
                       if not case.startswith(tuple(parts)))
        self.assertGreater(len(cases), 20)
        without_data = 0
        for case in cases:
            outcome = paget("check", case)
            if outcome.code != 0 and ".dat" in outcome.err:
                without_data += 1  # measured networks, which are not part of the project
                continue
            self.assertEqual(outcome.code, 0, f"{case}: {outcome.err}")
        print(f"{len(cases)} cases, {without_data} of them without their data")
        self.assertLess(without_data, 5)

    def test_a_prepared_leg_takes_more_cells_and_lets_more_grow(self):
        last = read_rows(self.grow("niche.ini", "legs"), "series.csv")[-1]
        self.assertGreater(float(last["left_leg.niche"]), 0.8)
        self.assertGreater(int(last["left_leg.arrived"]), 1.5 * int(last["right_leg.arrived"]))
        self.assertGreater(int(last["left_leg.living"]), 3 * int(last["right_leg.living"]))

    def test_only_what_wakes_comes_back_after_a_treatment(self):
        awake = read_rows(self.grow("dormancy.ini", "waking"), "series.csv")
        asleep = read_rows(self.grow("dormancy.ini", "asleep", "--organ.bone.wake_rate=0 1/day"), "series.csv")
        untreated = read_rows(self.grow("dormancy.ini", "untreated", "--drug.chemotherapy.doses=0", "--run.end=12 day"),
                              "series.csv")
        after = next(i for i, row in enumerate(awake) if float(row["time_h"]) >= 12 * 24)
        self.assertEqual(int(awake[after]["breast.living"]), 0)
        self.assertGreater(int(untreated[-1]["breast.living"]), 1000)
        self.assertGreater(int(awake[after]["bone.epithelial.dormant"]), 30, "sleepers outlive the drug")
        self.assertGreater(int(awake[-1]["bone.living"]), 10 * int(awake[after]["bone.living"]))
        self.assertLessEqual(int(asleep[-1]["bone.living"]), int(asleep[after]["bone.living"]))

    def test_clusters_found_more_than_their_number_says(self):
        together = read_rows(self.grow("clusters.ini", "together"), "events.csv")
        alone = read_rows(self.grow("clusters.ini", "alone", "--cell.cancer.intravasation.cluster_probability=0"),
                          "events.csv")
        in_clusters = sum(int(row["cluster_size"]) > 1 for row in together)
        self.assertGreater(in_clusters, 2 * (len(together) - in_clusters), "though most events are single cells")
        self.assertGreater(len(together), 4 * len(alone))

    def test_lymph_brings_cells_to_the_node_and_later_to_the_blood(self):
        rows = read_rows(self.grow("lymph.ini", "lymph"), "series.csv")
        last = rows[-1]
        self.assertGreater(int(last["axilla.arrived"]), 1.2 * int(last["lung.arrived"]))
        self.assertGreater(int(last["lung.arrived"]), 0)
        self.assertGreater(max(int(row["blood.lymph_cells"]) for row in rows), 5)
        without = read_rows(self.grow("lymph.ini", "blood", "--organ.breast.lymph_share=0"), "series.csv")
        self.assertEqual(int(without[-1]["axilla.arrived"]), 0)
        self.assertEqual(max(int(row["blood.lymph_cells"]) for row in without), 0)

    def test_vessels_grow_into_a_tumour_and_feed_it(self):
        grown = read_rows(self.grow("angiogenesis.ini", "grown"), "series.csv")
        alone = read_rows(self.grow("angiogenesis.ini", "alone",
                                    "--organ.tissue.angiogenesis.sprouting=0 um^-1.min^-1"), "series.csv")
        treated = read_rows(self.grow("angiogenesis.ini", "treated", "--drug.bevacizumab.doses=1"), "series.csv")
        self.assertGreater(int(grown[-1]["tissue.vessels.fusions"]), 3)
        self.assertGreater(float(grown[-1]["tissue.vessels.flowing_um"]),
                           1.3 * float(grown[0]["tissue.vessels.flowing_um"]))
        self.assertEqual(int(alone[-1]["tissue.vessels.sprouts"]), 0)
        self.assertLess(int(treated[-1]["tissue.vessels.sprouts"]), 0.5 * int(grown[-1]["tissue.vessels.sprouts"]))
        self.assertGreater(int(grown[-1]["tissue.living"]), 1.1 * int(alone[-1]["tissue.living"]))
        self.assertLess(int(treated[-1]["tissue.living"]), int(grown[-1]["tissue.living"]))


if __name__ == "__main__":
    unittest.main()
