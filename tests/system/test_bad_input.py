"""Bad input: one clear error, exit code 1, at once, nothing half-written, on 1 and on 4 ranks."""

import os
import unittest

from paget_program import Workshop, input_text, paget

MINIMAL = input_text("minimal.ini")

# name: (what is changed in the case, words added to the command, texts that the message must hold)
CASES = {
    "unknown key": (MINIMAL + "\n[organ.lung2]\n[organ.lung]\nsoyl = 0.4\n", [], ["organ.lung.soyl", "organ.lung.soil"]),
    "unknown field": (MINIMAL.replace("[organ.lung]", "[organ.lung]\noxigen.decay = 1 1/min"), [],
                      ["organ.lung.oxigen.decay", "oxygen"]),
    "wrong unit": (MINIMAL.replace("decay = 0.1 1/min", "decay = 0.1 um"), [], ["field.oxygen.decay", "dimension"]),
    "wrong unit of a field": (MINIMAL.replace("blood = 45 mmHg", "blood = 45 kg"), [], ["blood", "dimension"]),
    "not a number": (MINIMAL.replace("soil = 0.5", "soil = good"), [], ["organ.lung.soil", "not a number"]),
    "out of range": (MINIMAL.replace("soil = 0.5", "soil = 1.5"), [], ["organ.lung.soil", "1.5"]),
    "wrong choice": (MINIMAL.replace("cycle.model = live", "cycle.model = alive"), [], ["cycle.model", "live"]),
    "broken line": (MINIMAL + "\nthis is no key\n", [], ["this is no key"]),
    "broken section": (MINIMAL + "\n[organ.\n", [], ["[organ."]),
    "given twice": (MINIMAL.replace("soil = 0.5", "soil = 0.5\nsoil = 0.6"), [], ["organ.lung.soil", "twice"]),
    "no organ": ("[run]\nend = 1 day\n", [], ["organ"]),
    "empty file": ("", [], ["organ"]),
    "no founders": (MINIMAL.replace("founders.count = 60", "founders.count = 0"), [], ["founders"]),
    "unknown cell type": (MINIMAL.replace("founders.type = cancer", "founders.type = canser"), [],
                          ["canser", "cancer"]),
    "too many founders": (MINIMAL.replace("founders.count = 60", "founders.count = 99999"), [], ["do not fit"]),
    "not a whole number of voxels": (MINIMAL.replace("[organ.lung]", "[organ.lung]\nsize.x = 333 um"), [],
                                     ["organ.lung.size.x", "320", "340"]),
    "voxels too small for cells": (MINIMAL.replace("[organ.lung]", "[organ.lung]\nvoxel = 2 um"), [], ["voxel"]),
    "organ without a bed": (MINIMAL + "\n[organ.liver]\n", [], ["liver", "bed"]),
    "no lung in the graph": (MINIMAL.replace("fed_by = veins", "fed_by = arteries"), [], ["veins"]),
    "loop in the graph": (MINIMAL + "\n[bed.gut]\ndrains_to = liver\n[bed.liver]\ndrains_to = gut\n", [], ["gut"]),
    "drains nowhere": (MINIMAL.replace("drains_to = arteries", "drains_to = artery"), [], ["artery"]),
    "network file missing": (MINIMAL.replace("vessels.source = capillary_bed\nvessels.spacing = 80 um\nsoil = 0.5",
                                             "vessels.source = file\nvessels.file = none.dat"), [], ["none.dat"]),
    "network file unreadable": (MINIMAL.replace("vessels.source = capillary_bed\nvessels.spacing = 80 um\nsoil = 0.5",
                                                "vessels.source = file\nvessels.file = bad.dat"), [], ["bad.dat"]),
    "bad key on the command line": (MINIMAL, ["--organ.lung.soil=much"], ["organ.lung.soil", "not a number"]),
    "unknown option": (MINIMAL, ["--outptu=x"], ["outptu"]),
    "value missing": (MINIMAL, ["--organ.lung.soil"], ["organ.lung.soil"]),
    "two case files": (MINIMAL, ["more.ini"], ["more.ini"]),
}


class BadInput(unittest.TestCase):
    def setUp(self):
        self.shop = Workshop()
        self.addCleanup(self.shop.remove)
        self.shop.write("bad.dat", "title\nnot a box\n")

    def refuse(self, words, ranks, texts):
        outcome = paget("run", *words, f"--output={self.shop.join('run')}", ranks=ranks, cwd=self.shop.path)
        said = [line for line in outcome.err.splitlines() if line.startswith("paget")]
        self.assertEqual(outcome.code, 1, outcome.err)
        self.assertEqual(len(said), 1, f"one message, not one per rank:\n{outcome.err}")
        for text in texts:
            self.assertIn(text, outcome.err)
        self.assertFalse(os.path.exists(self.shop.join("run")), "nothing may be written")
        # Two seconds are promised; processor time does not depend on what else the machine does.
        self.assertLess(outcome.cpu_seconds, 2.0 * ranks)
        return outcome

    def test_every_kind(self):
        for name, (text, words, messages) in CASES.items():
            case = self.shop.write("case.ini", text)
            for ranks in (1, 4) if name in ("unknown key", "loop in the graph", "network file unreadable") else (1,):
                with self.subTest(name, ranks=ranks):
                    self.refuse([case, *words], ranks, messages)

    def test_file_and_line_are_named(self):
        text = MINIMAL + "\n[organ.lung]\nsoyl = 1\n"
        line = text.splitlines().index("soyl = 1") + 1
        self.refuse([self.shop.write("case.ini", text)], 1, [f"case.ini:{line}:"])

    def test_all_errors_at_once(self):
        text = MINIMAL.replace("soil = 0.5", "soil = 7").replace("decay = 0.1 1/min", "decay = 1 kg")
        self.refuse([self.shop.write("case.ini", text)], 1, ["organ.lung.soil", "field.oxygen.decay"])

    def test_missing_file(self):
        for ranks in (1, 4):
            self.refuse(["no-such.ini"], ranks, ["no-such.ini", "No such file"])

    def test_a_folder_instead_of_a_file(self):
        self.refuse([self.shop.path], 1, ["folder"])

    def test_unwritable_output(self):
        case = self.shop.write("case.ini", MINIMAL)
        for ranks in (1, 4):  # below a regular file nobody can make a folder, not even root
            outcome = paget("run", case, f"--output={case}/run", ranks=ranks)
            self.assertEqual(outcome.code, 1, outcome.err)
            self.assertIn("cannot be used", outcome.err)

    def test_misspelt_solver_option(self):
        case = self.shop.write("case.ini", MINIMAL)
        for ranks in (1, 2):
            outcome = paget("run", case, f"--output={self.shop.join('run')}", "-lung_oxygen_ksp_rtoll", "1e-9",
                            ranks=ranks)
            self.assertEqual(outcome.code, 1, outcome.err)
            self.assertIn("-lung_oxygen_ksp_rtoll", outcome.err)

    def test_solver_option_for_an_organ_that_is_not_there(self):
        outcome = paget("run", self.shop.write("case.ini", MINIMAL), f"--output={self.shop.join('run')}",
                        "-liver_oxygen_ksp_rtol", "1e-9")
        self.assertEqual(outcome.code, 1, outcome.err)
        self.assertIn("'-liver_oxygen_ksp_rtol' is read by no solver", outcome.err)

    def test_a_field_whose_name_is_a_word_of_keys(self):
        for name in ("matrix", "residents", "becomes"):
            self.refuse([self.shop.write(f"{name}.ini", MINIMAL + f"\n[field.{name}]\n")], 1,
                        [f"[field.{name}]: the name '{name}' is a word of the key"])

    def test_a_word_that_nothing_explains(self):
        self.assertEqual(paget("explain", "nonsense").code, 1)
        for word in ("run.end", "pressure", "turning_into"):
            self.assertEqual(paget("explain", word).code, 0, word)


class RunFolders(unittest.TestCase):
    def setUp(self):
        self.shop = Workshop()
        self.addCleanup(self.shop.remove)
        self.case = self.shop.write("case.ini", MINIMAL)
        self.words = ["run", self.case, f"--output={self.shop.join('run')}", "--run.end=1 hour"]

    def test_an_earlier_run_is_kept_unless_told_otherwise(self):
        self.assertEqual(paget(*self.words).code, 0)
        first = paget(*self.words)
        self.assertEqual(first.code, 1)
        self.assertIn("--overwrite", first.err)
        self.assertEqual(paget(*self.words, "--overwrite", "--seed=5").code, 0)

    def test_foreign_folders_are_never_touched(self):
        os.mkdir(self.shop.join("run"))
        self.shop.write("run/thesis.tex", "years of work")
        refused = paget(*self.words, "--overwrite")
        self.assertEqual(refused.code, 1)
        self.assertIn("holds no run of Paget", refused.err)
        self.assertEqual(os.listdir(self.shop.join("run")), ["thesis.tex"])


if __name__ == "__main__":
    unittest.main()
