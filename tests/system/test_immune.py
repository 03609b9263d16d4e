"""Immune attack: the same bytes on any number of ranks and after a restart, and a ledger that tells who came and went."""

import unittest

import one_trajectory
from paget_program import input_text, read_rows

CASE = input_text("immune-attack.ini") + """
[checkpoint]
every = 12 hour
keep = 20
"""


class ImmuneAttack(one_trajectory.OneTrajectory):
    case_text = CASE
    words = ("--run.end=1 day", "--output.series_every=3 hour", "--cell.macrophage.becomes.killer=0.3 1/day",
             "--cell.macrophage.recruitment.rate=2e-6 um^-2.min^-1")
    results = ("series.csv", "state.h5")
    ranks = (2, 3, 4)

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


if __name__ == "__main__":
    unittest.main()
