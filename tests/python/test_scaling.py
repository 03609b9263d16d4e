"""tools/scaling: series of tiny runs on this machine, members that fail, laws that are known, boxes that grow."""

import contextlib
import csv
import io
import json
import os
import stat
import subprocess
import sys
import unittest

import numpy as np
from small_runs import MINIMAL, ROOT, SHOP
from paget_program import MPIEXEC, PROGRAM

from paget_scaling.command import main
from paget_scaling.enlarging import keys_of, prime_factors, stretch
from paget_scaling.laws import fit_power, fit_time
from paget_scaling.layouts import OrganLayout, parse_check

TISSUE = os.path.join(ROOT, "inputs", "scaling", "tissue.ini")
SMALL = ["--", "--run.end=2 hour"]
LAUNCH = "--launch=" + " ".join(MPIEXEC) + " -n {ranks}"

CHECKED = """The case 'a.ini' is good. On 8 ranks:

organ                voxels voxel, um    vessels      cells     soil  ranks
breast             32x16x16        20         64        150        1  0-2,6 (cut 2x2x1)
lung               16x16x16      12.5        125          0      0.1  2 (cut 1x1x1)

fields       oxygen [mmHg]
"""


def scaling(*words):
    """Exit code and everything that the command said."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main(list(words))
    return code, said.getvalue()


def moody_launcher():
    """A launcher that ends 3 ranks with an error and lets 4 sleep."""
    path = SHOP.write(
        "moody",
        "#!/bin/bash\nranks=$1; shift\n"
        "if [ $ranks = 3 ]; then echo 'a node has died'; exit 7; fi\n"
        "if [ $ranks = 4 ]; then exec sleep 600; fi\n"
        f'exec {" ".join(MPIEXEC)} -n $ranks "$@"\n',
    )
    os.chmod(path, stat.S_IRWXU)
    return f"--launch={path} {{ranks}}"


def write_strong(name, ranks, *options):
    folder = SHOP.join(name)
    code, said = scaling("strong", MINIMAL, folder, f"--ranks={ranks}", f"--paget={PROGRAM}", *options, *SMALL)
    assert code == 0, said
    return folder


class LocalSeries(unittest.TestCase):
    def test_a_strong_series_from_end_to_end(self):
        folder = write_strong("strong", "1,2", "--repeats=2")
        _, said = scaling("run", folder, LAUNCH, "--most=1")
        self.assertEqual(said.count("p0000"), 1)
        self.assertEqual(scaling("run", folder, LAUNCH)[0], 0)
        code, said = scaling("collect", folder)
        self.assertEqual(code, 0, said)
        self.assertIn("4 of 4 members are done; their bytes are equal", said)
        with open(os.path.join(folder, "scaling.json"), encoding="utf-8") as file:
            result = json.load(file)
        with open(os.path.join(folder, "scaling.csv"), encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([row["member"] for row in rows], [row["member"] for row in result["members"]])
        with open(os.path.join(folder, "members", "p00002-r1", "run", "summary.json"), encoding="utf-8") as file:
            performance = json.load(file)["performance"]
        row = next(row for row in result["members"] if row["member"] == "p00002-r1")
        organs = performance["parts"]["organs"].values()
        collectives = sum(organ["cells"]["collectives"] for organ in organs)
        self.assertAlmostEqual(row["cells.collectives"], collectives / 2 / performance["steps"])
        self.assertEqual(row["wall_s"], performance["wall_s"])
        for picture in ("times.png", "communication.png"):
            self.assertGreater(os.path.getsize(os.path.join(folder, picture)), 10000)

    def test_a_reader_that_goes_away_stops_nothing(self):
        folder = write_strong("unheard", "1")
        self.assertEqual(scaling("run", folder, LAUNCH)[0], 0)
        reading, writing = os.pipe()
        os.close(reading)
        command = [sys.executable, os.path.join(ROOT, "tools", "scaling"), "collect", folder]
        told = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False, text=True)
        os.close(writing)
        self.assertEqual((told.returncode, told.stderr), (0, ""))
        self.assertTrue(os.path.exists(os.path.join(folder, "times.png")))

    def test_members_that_fail_are_named_and_the_rest_goes_on(self):
        folder = write_strong("failing", "1,2,3,4", "--time-limit=30")
        code, said = scaling("run", folder, moody_launcher())
        self.assertEqual(code, 1)
        self.assertIn("p00003-r1: failed (exit code 7)", said)
        self.assertIn("| a node has died", said)
        self.assertIn("p00004-r1: timed out", said)
        code, said = scaling("collect", folder)
        self.assertEqual(code, 1)
        self.assertIn("p00003-r1: failed (exit code 7); left out", said)
        self.assertIn("2 of 4 members are done; their bytes are equal", said)
        self.assertTrue(os.path.exists(os.path.join(folder, "times.png")))

        done = os.path.join(folder, "members", "p00002-r1", "run", "summary.json")
        before = os.stat(done).st_mtime_ns
        _, said = scaling("run", folder, LAUNCH)  # again: only what is missing
        self.assertIn("p00002-r1: done before", said)
        self.assertIn("p00003-r1: done, ", said)
        self.assertEqual(os.stat(done).st_mtime_ns, before)
        self.assertEqual(scaling("collect", folder)[0], 0)

    def test_other_bytes_are_found(self):
        folder = write_strong("other", "1,2")
        scaling("run", folder, LAUNCH)
        with open(os.path.join(folder, "members", "p00002-r1", "run", "series.csv"), "a", encoding="utf-8") as file:
            file.write("0\n")
        code, said = scaling("collect", folder)
        self.assertEqual(code, 1)
        self.assertRegex(said, "other bytes: p00002-r1: series.csv [0-9a-f]{16}, but [0-9a-f]{16} in p00001-r1")

    def test_a_series_is_extended_but_never_mixed(self):
        folder = write_strong("extended", "1")
        write_strong("extended", "2", "--repeats=2")
        with open(os.path.join(folder, "series.json"), encoding="utf-8") as file:
            series = json.load(file)
        self.assertEqual((series["ranks"], series["repeats"]), ([1, 2], 2))
        code, said = scaling("strong", TISSUE, folder, "--ranks=1", f"--paget={PROGRAM}", *SMALL)
        self.assertEqual(code, 2)
        self.assertIn("holds another series", said)

    def test_wrong_input_is_refused_with_a_remedy(self):
        empty = SHOP.join("nothing")
        for words, answer in (
            (["run", empty], "holds no series"),
            (["strong", empty, empty, "--ranks=1"], "cannot be read"),
            (["strong", MINIMAL, empty, "--ranks=1", "--paget=/no/paget"], "does not start"),
            (["strong", MINIMAL, empty, "--ranks=1", f"--paget={PROGRAM}", "--", "--run.ned=1"], "unknown key"),
            (["weak", MINIMAL, empty, "--ranks=2,3", f"--paget={PROGRAM}"], "no multiple of the first 2"),
        ):
            with self.subTest(words):
                code, said = scaling(*words)
                self.assertEqual(code, 2, said)
                self.assertIn(answer, said)
        self.assertFalse(os.path.exists(empty))

    def test_numbers_that_make_no_series_are_refused(self):
        for option in ("--ranks=0,2", "--ranks=two", "--repeats=0", "--time-limit=-1", "--time-limit=nan"):
            said = io.StringIO()
            with self.assertRaises(SystemExit) as ended, contextlib.redirect_stderr(said):
                main(["strong", MINIMAL, SHOP.join("none"), "--ranks=1", option])
            self.assertEqual(ended.exception.code, 2, option)
            self.assertIn(f"argument {option.split('=')[0]}: '", said.getvalue())

    def test_help_teaches(self):
        with self.assertRaises(SystemExit) as ended, contextlib.redirect_stdout(io.StringIO()) as said:
            main(["--help"])
        self.assertEqual(ended.exception.code, 0)
        for word in ("strong", "weak", "run", "submit", "collect", "residents"):
            self.assertIn(word, said.getvalue())


class WeakSeries(unittest.TestCase):
    def test_boxes_and_cells_grow_with_the_ranks(self):
        folder = SHOP.join("weak")
        words = ["--", "--run.end=6 min", "--organ.dish.size.x=320 um", "--organ.dish.size.y=320 um",
                 "--organ.dish.size.z=320 um", "--organ.dish.residents.tumour=500"]  # fmt: skip
        code, said = scaling("weak", TISSUE, folder, "--ranks=1,2,4", f"--paget={PROGRAM}", *words)
        self.assertEqual(code, 0, said)
        with open(os.path.join(folder, "series.json"), encoding="utf-8") as file:
            series = json.load(file)
        self.assertEqual({size["voxels_per_rank"] for size in series["sizes"].values()}, {4096.0})
        self.assertEqual([size["cells_at_start"] for size in series["sizes"].values()], [500, 1000, 2000])
        self.assertEqual(series["larger"]["4"], ["--organ.dish.size.x=640 um", "--organ.dish.size.y=640 um",
                                                 "--organ.dish.residents.tumour=2000"])  # fmt: skip
        scaling("run", folder, LAUNCH)
        code, said = scaling("collect", folder)
        self.assertEqual(code, 0, said)

    def test_cells_at_given_places_cannot_be_enlarged(self):
        case = os.path.join(ROOT, "inputs", "community", "pushing.ini")
        code, said = scaling("weak", case, SHOP.join("file"), "--ranks=1,2", f"--paget={PROGRAM}")
        self.assertEqual(code, 2)
        self.assertIn("founders.file", said)

    def test_prime_factors_go_to_the_shortest_axis(self):
        self.assertEqual(prime_factors(360), [5, 3, 3, 2, 2, 2])
        self.assertEqual(stretch((1, 1, 1), 8, "xyz"), (2, 2, 2))
        self.assertEqual(stretch((1, 1, 1), 12, "xyz"), (3, 2, 2))
        self.assertEqual(stretch((4, 1, 1), 4, "xyz"), (1, 2, 2))
        self.assertEqual(stretch((1, 1, 1), 6, "xy"), (3, 2, 1))

    def test_keys_come_from_included_files_and_the_command_line(self):
        SHOP.write("part.ini", "[organ.a]\nfounders.count = 5\nresidents.b = 7 # seven\n")
        case = SHOP.write("whole.ini", "include = part.ini\n[organ]\na.residents.b = 8\n")
        keys = keys_of(case, ["--organ.a.founders.count=9"])
        self.assertEqual(keys["organ.a.residents.b"], "8")
        self.assertEqual(keys["organ.a.founders.count"], "9")


class Layouts(unittest.TestCase):
    def test_what_check_prints_is_read(self):
        layout = parse_check(CHECKED, 8)
        self.assertEqual([organ.name for organ in layout.organs], ["breast", "lung"])
        self.assertEqual((layout.voxels, layout.cells, layout.idle), (32 * 256 + 4096, 150, 4))

    def test_cut_faces_are_those_that_are_counted_one_by_one(self):
        organ = OrganLayout("a", (8, 4, 6), 20.0, 0, frozenset(range(12)), (2, 2, 3))
        owner = np.zeros(organ.voxels, int)
        for axis in range(3):
            part = np.arange(organ.voxels[axis]) * organ.cut[axis] // organ.voxels[axis]
            owner += np.expand_dims(part, [a for a in range(3) if a != axis]) * 10**axis
        faces = sum(int((np.diff(owner, axis=axis) != 0).sum()) for axis in range(3))
        self.assertEqual(organ.cut_faces(), 2 * faces)


class Laws(unittest.TestCase):
    def test_a_known_time_law_is_found_within_its_band(self):
        ranks = np.repeat([1.0, 2, 4, 8, 16, 32, 64], 3)
        true = 0.5 + 100.0 / ranks + 0.2 * np.log2(ranks)
        noise = np.random.default_rng(3).normal(0.0, 0.01, len(ranks))
        law = fit_time("strong", ranks, true * (1 + noise))
        self.assertAlmostEqual(law.coefficients["work/p"], 100.0, delta=2.0)
        low, high = law.band([256.0])
        self.assertLess(low[0], 0.5 + 100 / 256 + 0.2 * 8)
        self.assertGreater(high[0], 0.5 + 100 / 256 + 0.2 * 8)
        self.assertAlmostEqual(law.at([1.0])[0], 100.5, delta=2.0)

    def test_a_law_that_misses_the_times_is_not_followed(self):
        near = fit_time("weak", [1, 1, 2, 2], [10.0, 10.1, 10.4, 10.5])
        far = fit_time("weak", [1, 1, 2, 2], [0.35, 0.36, 1.27, 1.26])
        self.assertTrue(near.describes)
        self.assertFalse(far.describes)

    def test_a_weak_law_counts_from_the_first_member(self):
        ranks = np.array([8.0, 16, 32, 64, 128])
        law = fit_time("weak", ranks, 2.0 + 0.3 * np.log2(ranks / 8))
        self.assertAlmostEqual(law.coefficients["constant"], 2.0, delta=0.05)
        self.assertAlmostEqual(law.coefficients["log2 p"], 0.3, delta=0.05)

    def test_a_power_law_and_its_error(self):
        x = np.geomspace(1e2, 1e6, 9)
        noise = np.random.default_rng(5).normal(0.0, 0.02, len(x))
        law = fit_power("bytes", "voxels", x, 7.0 * x ** (2 / 3) * np.exp(noise))
        self.assertAlmostEqual(law.exponent, 2 / 3, delta=3 * law.error)
        self.assertLess(law.error, 0.01)
        self.assertIsNone(fit_power("bytes", "voxels", [5.0, 5.0], [1.0, 2.0]))
        self.assertTrue(np.isnan(fit_power("bytes", "voxels", [1.0, 2.0], [1.0, 2.0]).error))

    def test_one_rank_count_gives_no_law(self):
        self.assertIsNone(fit_time("strong", [2, 2], [1.0, 1.1]))


if __name__ == "__main__":
    unittest.main()
