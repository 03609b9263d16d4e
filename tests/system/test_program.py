"""The program as a user meets it: commands, solver options, a new organ, measured vessels, faults."""

import json
import os
import re
import signal
import subprocess
import tempfile
import time
import unittest

import h5py

from paget_program import MPIEXEC, PROGRAM, ROOT, Workshop, input_text, paget, read_rows

BREAST = os.path.join(ROOT, "inputs", "breast.ini")
MINIMAL = os.path.join(ROOT, "inputs", "minimal.ini")
VESSELS = os.path.join(ROOT, "..", "shared", "data", "vessels")


class Commands(unittest.TestCase):
    def test_help_teaches(self):
        outcome = paget("--help")
        self.assertEqual(outcome.code, 0)
        for text in ("run", "check", "explain", "mpirun", "--overwrite", "Exit codes"):
            self.assertIn(text, outcome.out)

    def test_version_names_the_libraries(self):
        outcome = paget("--version")
        self.assertEqual(outcome.code, 0)
        for library in ("PETSc", "HDF5", "MPI"):
            self.assertIn(library, outcome.out)

    def test_check_plans_for_any_number_of_ranks(self):
        for ranks in (1, 3, 8, 100):
            outcome = paget("check", BREAST, f"--ranks={ranks}")
            self.assertEqual(outcome.code, 0, outcome.err)
            for text in ("breast", "lung", "bone", "brain", "memory", f"On {ranks} rank"):
                self.assertIn(text, outcome.out)

    def test_explain_knows_signals_and_behaviours_of_rules(self):
        self.assertIn("damage\n    signal of rules: ", paget("explain", "damage").out)
        self.assertIn("behaviour of rules: speed of crawling", paget("explain", "speed").out)
        self.assertIn("cell.<cell>.motility.speed", paget("explain", "speed").out)
        self.assertIn("Rules have a word 'cycle_entry'.", paget("explain", "cycle_entri").out)

    def test_rules_are_told_and_idle_ones_warned_of_once(self):
        with tempfile.TemporaryDirectory() as folder:
            case = os.path.join(folder, "case.ini")
            with open(case, "w", encoding="utf-8") as file:
                file.write(input_text("minimal.ini") + "\n[rules]\nd = cancer: damage increases apoptosis to 1 1/hour, "
                           "half at 50 min\n")
            line = input_text("minimal.ini").count("\n") + 3
            said = f"paget: warning: {case}:{line}: rules.d: no cell type damages 'cancer'"
            checked = paget("check", case)
            self.assertIn("rules, as they were understood\n  cancer: apoptosis is ", checked.out)
            self.assertIn("by damage (half at 50 min, hill 4)\n", checked.out)
            ran = paget("run", case, "--run.end=1 hour", f"--output={os.path.join(folder, 'run')}", ranks=2)
            for outcome in (checked, ran):
                self.assertEqual(outcome.code, 0, outcome.err)
                self.assertEqual(outcome.err.count(said), 1, outcome.err)
            again = paget("run", f"--restart={os.path.join(folder, 'run')}", "--run.end=2 hour")
            self.assertEqual(again.code, 0, again.err)
            self.assertNotIn("warning", again.err)

    def test_explain_names_unit_range_and_source(self):
        outcome = paget("explain", "organ.*.oxygen*")
        self.assertEqual(outcome.code, 0)
        for text in ("diffusivity", "um^2/min", "range", "source", "PhysiCell"):
            self.assertIn(text, outcome.out)

    def test_parameter_page_is_up_to_date(self):
        with open(os.path.join(ROOT, "docs", "parameters.md"), encoding="utf-8") as file:
            self.assertEqual(file.read(), paget("explain", "--markdown").out,
                             "docs/parameters.md is old: paget explain --markdown > docs/parameters.md")


class Runs(unittest.TestCase):
    def setUp(self):
        self.shop = Workshop()
        self.addCleanup(self.shop.remove)

    def run_case(self, case, *words, ranks=1, code=0):
        outcome = paget("run", case, f"--output={self.shop.join('run')}", "--overwrite", *words, ranks=ranks)
        self.assertEqual(outcome.code, code, outcome.err)
        return outcome

    def test_minimal_case_grows_and_spreads(self):
        self.run_case(MINIMAL)
        rows = read_rows(self.shop.join("run"), "series.csv")
        with open(self.shop.join("run", "summary.json"), encoding="utf-8") as file:
            summary = json.load(file)
        self.assertEqual(len(rows), 11)
        self.assertGreater(len(read_rows(self.shop.join("run"), "events.csv")), 0)
        self.assertTrue(summary)

    def test_performance_adds_up(self):
        for ranks in (1, 3):
            outcome = self.run_case(MINIMAL, "--run.end=12 hour", "--output.series_every=30 min", ranks=ranks)
            self.assertIn("voxel solves per second", outcome.out)
            with open(self.shop.join("run", "summary.json"), encoding="utf-8") as file:
                summary = json.load(file)
            performance = summary["performance"]
            parts = dict(performance["parts"])
            uses = [use for organ in parts.pop("organs").values() for use in organ.values()] + list(parts.values())
            spent = sum(use["mean_s"] * use["ranks"] for use in uses)
            in_mpi = sum(use["mpi_s"] * use["ranks"] for use in uses)
            self.assertLessEqual(spent, performance["wall_s"] * ranks)
            self.assertGreater(spent, 0.5 * performance["wall_s"] * ranks) # nothing large is left out
            self.assertAlmostEqual(performance["mpi_share"] * performance["wall_s"] * ranks, in_mpi, places=6)
            self.assertGreaterEqual(performance["load_imbalance"], 1.0)
            self.assertEqual(sum(use["messages"] > 0 for use in uses) > 0, ranks > 1)
            rows = read_rows(self.shop.join("run"), "series.csv") # one per step, and the start
            self.assertEqual(len(rows), performance["steps"] + 1)
            cells = [sum(int(row[name]) for name in row if re.search(r"\.(epithelial|hybrid|mesenchymal)\.", name))
                     for row in rows]
            self.assertEqual(performance["cell_steps"], sum(cells[1:]))
            solves = sum(organ["field_solves"] for organ in summary["organs"].values())
            self.assertGreater(performance["voxel_solves"], solves)
            self.assertGreater(performance["measuring_share"], 0.0)
            # Ranks that share processors have their processor time taken, which is a call of the system each time, and
            # these steps take a millisecond.
            self.assertLess(performance["measuring_share"], 0.01 if ranks == 1 else 0.1)
            self.assertIsNone(performance["field_bandwidth_share"]) # measured in runs of a minute and more

    def test_resolved_case_gives_the_same_run(self):
        first = self.run_case(MINIMAL, "--run.end=12 hour", "--seed=9").state_hash()
        os.rename(self.shop.join("run", "case.ini"), self.shop.join("again.ini"))
        outcome = paget("run", self.shop.join("again.ini"), f"--output={self.shop.join('second')}")
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertEqual(outcome.state_hash(), first)

    def test_a_liver_is_a_section(self):
        case = self.shop.write("liver.ini", input_text("breast.ini") + "\n[organ.liver]\nsize.x = 160 um\n"
                               "vessels.source = capillary_bed\nsoil = 0.3\nvegf.decay = 2e-4 1/s\n")
        self.run_case(case, "--run.end=2 hour", ranks=5)
        with h5py.File(self.shop.join("run", "state.h5"), "r") as file:
            self.assertEqual(file["/organs/liver/fields/oxygen"].shape, (16, 16, 8))

    def test_two_dimensional_organs(self):
        flat = input_text("minimal.ini").replace("[organ.breast]", "[organ.breast]\nsize.z = 20 um").replace(
            "[organ.lung]", "[organ.lung]\nsize.z = 20 um")
        case = self.shop.write("flat.ini", flat)
        self.run_case(case, "--run.end=1 day", ranks=3)
        with h5py.File(self.shop.join("run", "state.h5"), "r") as file:
            self.assertEqual(set(file["/organs/breast/cells/z"][...]), {10.0})

    def test_solver_options_of_one_field(self):
        default = self.run_case(MINIMAL, "--run.end=2 hour").state_hash()
        tight = self.run_case(MINIMAL, "--run.end=2 hour", "-lung_oxygen_ksp_rtol", "1e-12").state_hash()
        self.assertNotEqual(default, tight)
        for solver in ("jacobi", "gamg", "hypre", "bjacobi"):
            self.run_case(MINIMAL, "--run.end=2 hour", "-breast_oxygen_pc_type", solver, ranks=2)

    def test_a_solve_that_does_not_converge_ends_the_run(self):
        outcome = self.run_case(MINIMAL, "--run.end=2 hour", "-breast_oxygen_pc_type", "jacobi",
                                "-breast_oxygen_ksp_max_it", "2", ranks=2, code=2)
        for text in ("breast", "oxygen", "residual"):
            self.assertIn(text, outcome.err)

    def test_a_signal_stops_after_the_step_with_whole_outputs(self):
        command = [*MPIEXEC, "-n", "2", PROGRAM, "run", BREAST, f"--output={self.shop.join('run')}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            deadline = time.monotonic() + 60
            while not os.path.exists(self.shop.join("run", "series.csv")) and time.monotonic() < deadline:
                time.sleep(0.1)
            process.send_signal(signal.SIGUSR1)
            process.communicate(timeout=120)
        self.assertEqual(process.returncode, 85)
        self.assertTrue(os.path.exists(self.shop.join("run", "summary.json")))
        self.assertGreaterEqual(len(read_rows(self.shop.join("run"), "series.csv")), 1)
        self.assertFalse(os.path.exists(self.shop.join("run", "lock")))


@unittest.skipUnless(os.path.isdir(VESSELS), "data not present: ../shared/data/vessels")
class MeasuredVessels(unittest.TestCase):
    def test_case_runs_and_vessels_stand_where_the_file_puts_them(self):
        shop = Workshop()
        self.addCleanup(shop.remove)
        outcome = paget("run", os.path.join(ROOT, "inputs", "measured-vessels.ini"), f"--output={shop.join('run')}",
                        "--run.end=2 hour", ranks=2)
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertTrue(os.path.getsize(shop.join("run", "vessels.xmf")) > 0)


if __name__ == "__main__":
    unittest.main()
