"""ParaView draws what the program wrote: a short run of the main job, and vessels that grow."""

import os
import re
import unittest
from concurrent.futures import ThreadPoolExecutor

from paget_program import ROOT, Workshop, paget
from scene_picture import CAN_RENDER, MISSING, ScenePicture


@unittest.skipUnless(CAN_RENDER, MISSING)
class Scene(unittest.TestCase):
    def setUp(self):
        self.shop = Workshop()
        self.addCleanup(self.shop.remove)

    def run_case(self, name, *words):
        outcome = paget("run", os.path.join(ROOT, "inputs", name), f"--output={self.shop.join('run')}", *words)
        self.assertEqual(outcome.code, 0, outcome.err)

    def test_four_organs_of_which_one_has_a_tumour(self):
        self.run_case("breast.ini", "--run.end=2 h")
        scene = ScenePicture(self.shop.join("run"), self.shop.path)
        self.assertEqual(list(scene.places), ["breast", "lung", "bone", "brain"])
        for organ in scene.places:
            self.assertGreater(scene.field_share(organ), 0.3, organ)
        self.assertGreater(scene.cell_pixels("breast"), 1000)
        for organ in ("lung", "bone", "brain"):
            self.assertEqual(scene.cell_pixels(organ), 0, organ)
        self.assertTrue(scene.is_white_elsewhere())

    def test_organs_of_other_heights_have_slices_too(self):
        self.run_case("minimal.ini", "--run.end=6 min", "--organ.lung.size.z=80 um")
        scene = ScenePicture(self.shop.join("run"), self.shop.path)
        for organ in ("breast", "lung"):
            self.assertGreater(scene.field_share(organ), 0.3, organ)

    def test_several_at_a_time(self):
        self.run_case("minimal.ini", "--run.end=6 min")
        folders = [self.shop.join(f"scene{i}") for i in range(3)]
        for folder in folders:
            os.mkdir(folder)
        with ThreadPoolExecutor() as pool:
            scenes = list(pool.map(lambda folder: ScenePicture(self.shop.join("run"), folder), folders))
        for scene in scenes:
            self.assertGreater(scene.field_share("breast"), 0.3)

    def test_a_movie_shows_cells_that_die_before_its_end(self):
        self.run_case("minimal.ini", "--run.end=1 day", "--cell.cancer.death.apoptosis_rate=1 1/hour",
                      "--cell.cancer.death.apoptosis_duration=2 hour")
        movie = self.shop.join("movie")
        scene = ScenePicture(self.shop.join("run"), self.shop.path, "--movie", movie, picture=f"{movie}/000000.png")
        self.assertRegex(scene.said, "24 h; cells: breast 0, lung 0;")
        self.assertGreater(scene.cell_pixels("breast"), 1000)

    def test_a_field_or_column_that_is_not_there_is_named(self):
        self.run_case("breast.ini", "--run.end=6 min")
        with self.assertRaisesRegex(AssertionError, "--field oxigen: this run has no such field. It has .*oxygen"):
            ScenePicture(self.shop.join("run"), self.shop.path, "--field", "oxigen")
        with self.assertRaisesRegex(AssertionError, "--colour stat: cells have no such column. They have .*state"):
            ScenePicture(self.shop.join("run"), self.shop.path, "--colour", "stat")

    def test_vessels_that_grow_and_cells_by_type(self):
        self.run_case("angiogenesis.ini", "--run.end=12 h", "--output.snapshot_every=6 h")
        segments = []
        for time in ("0", "12"):
            scene = ScenePicture(self.shop.join("run"), self.shop.path, "--colour", "type", "--field", "vegf",
                                 "--time", time)
            said = re.search(rf": {time} h; cells: tissue \d+; (\d+) vessel segments", scene.said)
            segments.append(int(said.group(1)))
            self.assertGreater(scene.cell_pixels("tissue"), 10000)
            self.assertGreater(scene.drawn_share("tissue"), 0.3)
            self.assertTrue(scene.is_white_elsewhere())
        self.assertGreater(segments[1], segments[0] + 10)


if __name__ == "__main__":
    unittest.main()
