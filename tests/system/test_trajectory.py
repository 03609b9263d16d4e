"""Promise 1: the same input and seed give the same bytes on any number of ranks; organs that exchange nothing are alone."""

import os
import unittest

import h5py

from paget_program import ROOT, Workshop, input_text, paget, read_bytes, read_rows

BREAST = os.path.join(ROOT, "inputs", "breast.ini")

# The main job, made to shed from the first hour, so that a short run has every kind of event in it.
EAGER = ["--run.end=16 hour", "--output.series_every=4 hour", "--output.snapshot_every=8 hour",
         "--cell.cancer.intravasation.rate.epithelial=20 1/day", "--cell.cancer.intravasation.rate.hybrid=20 1/day",
         "--cell.cancer.intravasation.rate.mesenchymal=20 1/day", "--cell.cancer.intravasation.cluster_probability=0.5",
         "--circulation.extravasation=2 1/h", "--organ.breast.vessels.spacing=60 um"]

RESULTS = ["series.csv", "series.h5", "events.csv", "state.h5"]


class SameBytes(unittest.TestCase):
    def setUp(self):
        self.shop = Workshop()
        self.addCleanup(self.shop.remove)

    def run_eager(self, ranks, *more):
        folder = self.shop.join(f"ranks{ranks}")
        outcome = paget("run", BREAST, f"--output={folder}", *EAGER, *more, ranks=ranks)
        self.assertEqual(outcome.code, 0, outcome.err)
        return folder, outcome.state_hash()

    def test_on_1_to_8_ranks(self):
        reference, expected = self.run_eager(1)
        events = read_rows(reference, "events.csv")
        self.assertGreater(len(events), 20, "the case must have arrivals, or the comparison is empty")
        self.assertGreaterEqual(len({event["destination"] for event in events}), 3)
        for ranks in (2, 3, 4, 5, 6, 7, 8):
            folder, found = self.run_eager(ranks)
            with self.subTest(ranks=ranks):
                self.assertEqual(found, expected)
                for name in RESULTS:
                    self.assertEqual(read_bytes(folder, name), read_bytes(reference, name), name)

    def test_another_seed_is_another_run(self):
        _, first = self.run_eager(1)
        _, second = self.run_eager(2, "--seed=2")
        self.assertNotEqual(first, second)


TWO_ORGANS = """
[run]
end = 1 day
step = 30 min
[mechanics]
step = 1 min
[field.oxygen]
unit = mmHg
walls = held
wall_value = 38 mmHg
[cell.cancer]
oxygen.uptake = 10 1/min
cycle.model = live
cycle.oxygen_saturation = 38 mmHg
motility.speed.epithelial = 0.2 um/min
[bed.lung]
fed_by = veins
drains_to = arteries
[bed.rest]
flow_share = 1
"""

ORGAN = """
[organ.{name}]
size.x = {size} um
founders.type = cancer
founders.count = {founders}
[bed.{name}]
flow_share = 1
"""


class Independence(unittest.TestCase):
    def setUp(self):
        self.shop = Workshop()
        self.addCleanup(self.shop.remove)

    def run_organs(self, name, organs, ranks):
        case = self.shop.write(name + ".ini", TWO_ORGANS + "".join(ORGAN.format(**organ) for organ in organs))
        folder = self.shop.join(f"{name}-{ranks}")
        outcome = paget("run", case, f"--output={folder}", ranks=ranks)
        self.assertEqual(outcome.code, 0, outcome.err)
        return os.path.join(folder, "state.h5")

    def assert_same_organ(self, left, right, organ):
        def collect(path):
            found = {}
            with h5py.File(path, "r") as file:
                file[f"/organs/{organ}"].visititems(
                    lambda name, item: found.update({name: item[...].tobytes()}) if hasattr(item, "shape") else None)
            return found
        a, b = collect(left), collect(right)
        self.assertGreater(len(a), 20)
        self.assertEqual(a.keys(), b.keys())
        for name in a:
            self.assertEqual(a[name], b[name], name)

    def test_organs_that_exchange_nothing_equal_each_run_alone(self):
        kidney = {"name": "kidney", "size": 320, "founders": 40}
        thyroid = {"name": "thyroid", "size": 480, "founders": 70}
        for ranks in (1, 3):
            both = self.run_organs("both", [kidney, thyroid], ranks)
            self.assert_same_organ(both, self.run_organs("kidney", [kidney], ranks), "kidney")
            self.assert_same_organ(both, self.run_organs("thyroid", [thyroid], ranks), "thyroid")
            self.assert_same_organ(both, self.run_organs("other_order", [thyroid, kidney], ranks), "thyroid")


if __name__ == "__main__":
    unittest.main()
