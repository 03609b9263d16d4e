"""Immune attack: the same bytes on any number of ranks and after a restart, and a ledger that tells who came and went."""

import glob
import os
import shutil
import unittest

from paget_program import Workshop, input_text, paget, read_bytes, read_rows

CASE = input_text("immune-attack.ini") + """
[checkpoint]
every = 12 hour
keep = 20
"""
SHORT = ["--run.end=1 day", "--output.series_every=3 hour", "--cell.macrophage.becomes.killer=0.3 1/day",
         "--cell.macrophage.recruitment.rate=2e-6 um^-2.min^-1"]
RESULTS = ["series.csv", "state.h5"]
TICKS_PER_HOUR = 60000


class ImmuneAttack(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shop = Workshop()
        cls.addClassCleanup(cls.shop.remove)
        cls.case = cls.shop.write("immune.ini", CASE)
        cls.reference = cls.shop.join("reference")
        cls.whole = paget("run", cls.case, f"--output={cls.reference}", *SHORT)
        assert cls.whole.code == 0, cls.whole.err

    def assert_same_results(self, folder):
        for name in RESULTS:
            self.assertEqual(read_bytes(folder, name), read_bytes(self.reference, name), name)

    def run_whole(self, name, *words, ranks=1):
        folder = self.shop.join(name)
        outcome = paget("run", self.case, f"--output={folder}", *SHORT, *words, ranks=ranks)
        self.assertEqual(outcome.code, 0, outcome.err)
        return folder, outcome

    def test_everything_happens_and_adds_up(self):
        last = read_rows(self.reference, "series.csv")[-1]
        count = {name: int(last["tissue." + name]) for name in
                 ("living", "founded", "born", "arrived", "recruited", "shed", "left", "died.killed", "died.apoptosis",
                  "died.necrosis", "died.drug", "died.failed_to_colonise")}
        for name in ("recruited", "left", "died.killed", "born", "living"):
            self.assertGreater(count[name], 0, name)
        died = sum(value for name, value in count.items() if name.startswith("died."))
        self.assertEqual(count["founded"] + count["born"] + count["arrived"] + count["recruited"],
                         count["living"] + died + count["shed"] + count["left"])

    def test_every_part_is_felt(self):
        for key in ("cell.killer.attack.tumour.rate=0 1/min", "cell.killer.attack.attachment=0.1 1/min",
                    "cell.killer.attack.detachment=0.1 1/min", "cell.killer.attack.exhaustion=0 1/min",
                    "cell.macrophage.phagocytosis.rate=0 1/min", "cell.killer.recruitment.rate=1e-6 um^-2.min^-1",
                    "cell.killer.recruitment.threshold=0.25", "cell.killer.attack.recovery=0.1 1/min"):
            _, outcome = self.run_whole("without_" + key.split("=")[0], "--" + key)
            self.assertNotEqual(outcome.state_hash(), self.whole.state_hash(), key)

    def test_the_same_bytes_on_two_three_and_four_ranks(self):
        for ranks in (2, 3, 4):
            folder, outcome = self.run_whole(f"ranks{ranks}", ranks=ranks)
            self.assertEqual(outcome.state_hash(), self.whole.state_hash())
            self.assert_same_results(folder)

    def test_the_same_bytes_after_a_restart(self):
        folder = self.shop.join("again")
        shutil.copytree(self.reference, folder)
        for name in glob.glob(os.path.join(folder, "checkpoints", "*.h5")):
            if int(os.path.basename(name)[:-3]) > 12 * TICKS_PER_HOUR:
                os.remove(name)
        self.assertEqual(len(glob.glob(os.path.join(folder, "checkpoints", "*.h5"))), 1)
        outcome = paget("run", f"--restart={folder}", ranks=2)
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertEqual(outcome.state_hash(), self.whole.state_hash())
        self.assert_same_results(folder)


if __name__ == "__main__":
    unittest.main()
