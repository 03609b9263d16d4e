"""The main job as it is: the whole cascade, self-seeding included, and its picture by ParaView. Minutes long."""

import os
import unittest

from paget_program import ROOT, Workshop, paget, read_rows
from scene_picture import CAN_RENDER, MISSING, ScenePicture

# Left, top, right, bottom of each organ in a picture of 1600 x 900, as seen (no second person has agreed yet).
PLACES = {"breast": [243, 326, 677, 868], "lung": [739, 275, 987, 584], "bone": [853, 464, 1101, 773],
          "brain": [625, 86, 874, 396]}


class MainJob(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shop = Workshop()
        cls.addClassCleanup(cls.shop.remove)
        cls.outcome = paget("run", os.path.join(ROOT, "inputs", "breast.ini"), f"--output={cls.shop.join('run')}",
                            ranks=2, timeout=1500)

    def setUp(self):
        self.assertEqual(self.outcome.code, 0, self.outcome.err)

    @unittest.skipUnless(CAN_RENDER, MISSING)
    def test_paraview_shows_four_organs_with_cells_and_oxygen(self):
        scene = ScenePicture(self.shop.join("run"), self.shop.path)
        self.assertEqual(scene.places, PLACES)
        self.assertTrue(scene.is_white_elsewhere())
        for organ in ("lung", "bone", "brain"):
            self.assertGreater(scene.field_share(organ), 0.3, organ)
        self.assertGreater(scene.field_share("breast"), 0.05)  # most of it is behind the tumour
        self.assertGreater(scene.cell_pixels("breast"), 40000)
        for organ, least in (("lung", 500), ("bone", 100), ("brain", 30)):
            self.assertGreater(scene.cell_pixels(organ), least, organ)

    def test_seeds_three_organs_and_the_primary(self):
        self.assertIn("ledger: closed", self.outcome.out)
        rooted = {}
        for event in read_rows(self.shop.join("run"), "events.csv"):
            if event["fate"] != "apoptotic":
                rooted[event["destination"]] = rooted.get(event["destination"], 0) + 1
        for organ in ("lung", "bone", "brain", "breast"):
            self.assertGreaterEqual(rooted.get(organ, 0), 1, f"{organ}: {rooted}")


if __name__ == "__main__":
    unittest.main()
