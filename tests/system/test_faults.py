"""Whatever happens to a run, what it ends with are the bytes of one to which nothing happened."""

import os
import random
import signal
import subprocess
import unittest

from interrupted_runs import Campaign, Job, checkpoints, results
from paget_program import ROOT, Workshop, paget

MINIMAL = os.path.join(ROOT, "inputs", "minimal.ini")
# Cells in the blood from the first hour, outputs that are due at odd times, and a checkpoint after every step.
WORDS = ["--run.end=2 day", "--output.series_every=5 hour", "--output.snapshot_every=17 hour",
         "--cell.cancer.intravasation.rate.epithelial=10 1/day", "--circulation.extravasation=2 1/h",
         "--checkpoint.every=30 min", "--checkpoint.every_wall=0 s"]


def words(*other):
    """WORDS, with other values of some keys."""
    keys = {word.split("=")[0] for word in other}
    return [word for word in WORDS if word.split("=")[0] not in keys] + list(other)


class Faults(unittest.TestCase):
    def setUp(self):
        self.shop = Workshop()
        self.addCleanup(self.shop.remove)

    def reference(self):
        folder = self.shop.join("reference")
        outcome = paget("run", MINIMAL, f"--output={folder}", *WORDS)
        self.assertEqual(outcome.code, 0, outcome.err)
        return results(folder)

    def start(self, folder, *other, ranks=1):
        return Job(["run", MINIMAL, f"--output={folder}", *words(*other)], ranks, self.shop.join("log.txt"))

    def go_on(self, folder, *more, ranks=1, code=0):
        outcome = paget("run", f"--restart={folder}", *more, ranks=ranks)
        self.assertEqual(outcome.code, code, outcome.err)
        return outcome

    def test_kills_at_random_moments(self):
        campaign = Campaign(self.shop, MINIMAL, WORDS, random.Random(5))
        expected = campaign.reference()
        for folder, code, text in campaign.runs_until(kills=8, most_per_run=6):
            self.assertEqual(code, 0, text)
            self.assertEqual(results(folder), expected)

    def test_stopped_by_signals_and_by_the_clock(self):
        expected = self.reference()
        folder = self.shop.join("run")
        job = self.start(folder, ranks=2)
        self.assertTrue(job.wait_until(lambda: len(checkpoints(folder)) > 0))
        job.send(signal.SIGUSR1)
        self.assertEqual(job.wait(), 85, job.text())
        self.assertFalse(os.path.exists(os.path.join(folder, "lock")))
        stopped = self.go_on(folder, "--max-wall-time=1 s", code=85)  # leaves time for one step, however fast it is
        self.assertIn("STOPPED EARLY", stopped.out)
        self.go_on(folder, ranks=3)
        self.assertEqual(results(folder), expected)

    def test_a_checkpoint_on_demand(self):
        folder = self.shop.join("run")
        job = self.start(folder, "--run.end=100 day", "--checkpoint.every=0 h")
        self.assertTrue(job.wait_until(lambda: os.path.exists(os.path.join(folder, "series.csv"))))
        self.assertEqual(checkpoints(folder), [])
        job.send(signal.SIGUSR2)
        self.assertTrue(job.wait_until(lambda: len(checkpoints(folder)) == 1), job.text())
        self.assertTrue(job.runs())
        job.kill_all()

    def test_a_second_run_is_refused_while_the_first_works(self):
        folder = self.shop.join("run")
        job = self.start(folder, "--run.end=100 day", ranks=2)
        self.assertTrue(job.wait_until(lambda: len(checkpoints(folder)) > 0))
        for command in (["run", MINIMAL, f"--output={folder}", "--overwrite"], ["run", f"--restart={folder}"]):
            refused = paget(*command)
            self.assertEqual(refused.code, 1, refused.err)
            self.assertIn("Another run works in", refused.err)
        self.assertTrue(job.runs())
        job.kill_all()
        taken_over = self.go_on(folder, "--max-wall-time=3 s", code=85)
        self.assertIn("taken over", taken_over.err)

    def test_a_full_disk_ends_the_run_and_spares_what_was_there(self):
        expected = self.reference()
        folder = self.shop.join("run")
        job = self.start(folder, ranks=2)
        self.assertTrue(job.wait_until(lambda: len(checkpoints(folder)) > 0))
        job.limit_files(50000)
        self.assertEqual(job.wait(), 4, job.text())
        self.assertIn("File too large", job.text())
        self.assertIn("checkpoint", job.text())
        self.assertGreaterEqual(len(checkpoints(folder)), 1)
        self.go_on(folder)
        self.assertEqual(results(folder), expected)

    def test_a_full_disk_is_waited_out_if_the_case_says_so(self):
        expected = self.reference()
        folder = self.shop.join("run")
        job = self.start(folder, "--checkpoint.on_failure=continue")
        self.assertTrue(job.wait_until(lambda: len(checkpoints(folder)) > 0))
        job.limit_files(50000)
        self.assertTrue(job.wait_until(lambda: "File too large" in job.text()), job.text())
        job.limit_files(None)
        self.assertEqual(job.wait(), 0, job.text())
        found = results(folder)
        for name in ("series.csv", "events.csv"):  # the others name the case, which differs
            self.assertEqual(found[name], expected[name])

    def mount(self, *words, at):
        """Skips the test where this user may not mount anything."""
        done = subprocess.run(["mount", *words, at], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            self.skipTest(f"mount is not allowed here: {done.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", "--lazy", at], check=False, stderr=subprocess.DEVNULL)

    def test_a_small_file_system_that_fills_up(self):
        expected = self.reference()
        disk = self.shop.join("disk")
        os.mkdir(disk)
        self.mount("-t", "tmpfs", "-o", "size=3m", "tmpfs", at=disk)
        folder, filler = os.path.join(disk, "run"), os.path.join(disk, "filler")
        job = self.start(folder)
        self.assertTrue(job.wait_until(lambda: len(checkpoints(folder)) > 0))
        with open(filler, "wb", buffering=0) as file, self.assertRaises(OSError):
            while True:
                file.write(bytes(4096))
        self.assertEqual(job.wait(), 4, job.text())
        self.assertIn("No space left on device", job.text())
        os.remove(filler)
        self.go_on(folder)
        self.assertEqual(results(folder), expected)

    def test_a_folder_that_turns_read_only(self):
        expected = self.reference()
        folder = self.shop.join("run")
        job = self.start(folder, ranks=2)
        self.assertTrue(job.wait_until(lambda: len(checkpoints(folder)) > 0))
        inner = os.path.join(folder, "checkpoints")
        self.mount("--bind", inner, at=inner)
        self.mount("-o", "remount,ro,bind", at=inner)
        self.assertEqual(job.wait(), 4, job.text())
        self.assertIn("Read-only file system", job.text())
        self.assertIn(inner, job.text())
        subprocess.run(["umount", inner], check=True)
        self.go_on(folder)
        self.assertEqual(results(folder), expected)


if __name__ == "__main__":
    unittest.main()
