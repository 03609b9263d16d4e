"""Rules: the same bytes on any number of ranks and after a restart; mistakes are refused before anything is written."""

import os
import shutil
import unittest

import one_trajectory
from paget_program import Workshop, input_text, paget, read_bytes, read_rows

# The rules name signals of all sorts; three of them raise one behaviour, in an order that is not the alphabet's.
RULES = """
[rules]
zest     = cancer: oxygen increases cycle_entry from 2e-4 1/min to 4e-3 1/min, half at 20 mmHg, hill 2.5
appetite = cancer: volume increases cycle_entry to 4e-3 1/min, half at 2400 um^3, hill 3.1
middle   = cancer: age increases cycle_entry to 4e-3 1/min, half at 9 h
crowding = cancer: pressure decreases cycle_entry to 0 1/min, half at 0.5, hill 2
hunger   = cancer: oxygen decreases necrosis from 1e-3 1/min to 0 1/min, half at 19 mmHg
old      = cancer: age increases apoptosis to 1e-3 1/min, half at 1 day
change   = cancer: oxygen decreases to_hybrid from 2 1/day to 0 1/day, half at 25 mmHg
flight   = cancer: hybrid increases speed to 0.4 um/min, half at 0.5
sharing  = cancer: contact_cancer decreases oxygen_uptake to 1 1/min, half at 6
alarm    = cancer: oxygen_gradient increases signal_secretion from 0 to 5 ng/ml*um^3/min, half at 0.02 mmHg/um
far      = cancer: vessel_distance increases apoptosis to 1e-3 1/min, half at 60 um
bump     = cancer: contact_cancer increases speed to 0.4 um/min, half at 3
cling    = cancer: in_breast decreases intravasation to 0.2 1/day, half at 0.5
dissolve = cancer: pressure increases matrix_degradation from 0 to 5, half at 0.3
mend     = cancer: contact_dead increases matrix_deposition to 0.1 1/min, half at 0.2
unsteady = cancer: age increases mutation to 0.5, half at 6 h
bold     = cancer: trait_mmp1 increases speed to 0.4 um/min, half at 0.8, hill 8
loose    = cancer: oxygen decreases adhesion to 0.1 um/min, half at 20 mmHg, hill 3.3
firm     = cancer: age increases repulsion to 16 um/min, half at 6 h
door     = cancer: niche increases extravasation from 0.02 1/h to 3 1/h, half at 0.2, hill 1.7
nest     = cancer: niche increases signal_secretion to 5 ng/ml*um^3/min, half at 0.05
calm     = cancer: pressure decreases speed to 0 um/min, half at 1
"""
CASE = input_text("minimal.ini").replace("step = 1 min", "step = 2 min").replace(
    "[cell.cancer]", "[field.signal]\nunit = ng/ml\ndiffusivity = 6000 um^2/min\ndecay = 0.01 1/min\n\n[matrix]\ninitial = 0.5\n"
    "membrane_degradation = 0.05 1/min\n\n[cell.cancer]\nmotility.speed.epithelial = 0.1 um/min").replace(
        "soil = 0.5", "soil = 0.5\nniche.prepared_by = breast\nniche.preparation = 3 1/h\nniche.half_cells = 50") + RULES + """
[checkpoint]
every = 12 hour
keep = 20
"""


class Rules(one_trajectory.OneTrajectory):
    case_text = CASE
    words = ("--run.end=1 day", "--output.series_every=3 hour")

    def test_every_rule_is_felt(self):
        self.assertEqual(len(read_rows(self.reference, "series.csv")), 9)
        for line in RULES.strip().splitlines()[1:]:
            name = line.split()[0]
            without = self.shop.write(f"{name}.ini", CASE.replace(line + "\n", ""))
            _, outcome = self.run_whole(f"without_{name}", case=without)
            self.assertNotEqual(outcome.state_hash(), self.whole.state_hash(), name)

    def test_the_resolved_case_gives_the_same_run(self):
        case = self.shop.join("resolved.ini")
        shutil.copy(os.path.join(self.reference, "case.ini"), case)
        folder, _ = self.run_whole("resolved", case=case)
        self.assert_same_results(folder)

    def test_a_rule_on_the_command_line(self):
        line = next(line for line in RULES.splitlines() if line.startswith("calm"))
        case = self.shop.write("terse.ini", CASE.replace(line + "\n", ""))
        folder, _ = self.run_whole("terse", "--rules.calm=" + line.split(" = ")[1], case=case)
        self.assert_same_results(folder)


class WrongRules(unittest.TestCase):
    def setUp(self):
        self.shop = Workshop()
        self.addCleanup(self.shop.remove)

    def refuse(self, old, new, *texts):
        self.assertIn(old, CASE)
        text = CASE.replace(old, new)
        line = next(k for k, (was, now) in enumerate(zip(CASE.splitlines(), text.splitlines()), 1) if was != now)
        case = self.shop.write("case.ini", text)
        for command in ("check", "run"):
            outcome = paget(command, case, *([f"--output={self.shop.join('out')}"] if command == "run" else []),
                            cwd=self.shop.path)
            self.assertEqual(outcome.code, 1, outcome.err)
            for said in (f"case.ini:{line}: rules.", *texts):
                self.assertIn(said, outcome.err)
            self.assertEqual(os.listdir(self.shop.path), ["case.ini"], "nothing may be written")

    def test_a_misspelt_signal(self):
        self.refuse("cancer: pressure decreases speed", "cancer: presure decreases speed", "no signal 'presure'",
                    "Use one of: pressure, volume", "oxygen")

    def test_an_import_on_the_command_line(self):
        case = self.shop.write("case.ini", CASE)
        self.shop.write("more.csv", "cancer,pressure,increases,necrosis,0.01,1,4,0\n")
        outcome = paget("check", case, "--rules.hunger=off", "--rules.import=more.csv", cwd=self.shop.path)
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertIn("up to 0.01 1/min by pressure (half at 1, hill 4)", outcome.out)

    def test_a_wrong_unit(self):
        self.refuse("half at 19 mmHg", "half at 3 um", "rules.hunger", "'um' has the wrong dimension", "mmHg")

    def test_a_contradiction(self):
        self.refuse("oxygen decreases necrosis", "oxygen increases necrosis", "rules.hunger: contradicts",
                    "'necrosis' of 'cancer'", "Exchange the words or the values")


if __name__ == "__main__":
    unittest.main()
