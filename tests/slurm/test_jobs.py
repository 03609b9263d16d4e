"""The job scripts on a real SLURM: submitted once, finished in the end, with the bytes of an uninterrupted run."""

import time
import unittest

from slurm_case import SlurmCase
from interrupted_runs import results
from paget_program import PROGRAM
from test_faults import MINIMAL, WORDS, words


class Jobs(SlurmCase):
    def test_a_job_goes_on_by_itself_after_every_stop(self):
        expected = self.reference(MINIMAL, *words("--run.end=6 day"))
        for launcher in ("srun", "mpirun"):
            with self.subTest(launcher):
                folder = self.shop.join(launcher)
                job = self.submit("run.sbatch", MINIMAL, *words("--run.end=6 day"), PAGET_LAUNCH=launcher, FOLDER=folder,
                                  options=["--nodes=2", "--ntasks=3"])
                self.await_checkpoint(folder)
                self.cluster.run("scancel", "--batch", "-s", "USR1", job)  # as SLURM does before the limit
                self.cluster.wait(job, "PENDING", "COMPLETED", timeout=60)
                self.cluster.wait(job, "RUNNING", "COMPLETED", timeout=60)
                self.assertEqual(self.cluster.wait(job, "COMPLETED"), "COMPLETED", self.log())
                self.assertEqual(results(folder), expected)
                self.assertIn("continues", self.log())

    def test_an_array_of_four(self):
        job = self.submit("array.sbatch", MINIMAL, options=["--array=1-4", "--ntasks=1"],
                          FOLDER=self.shop.join("seed"))
        for task in range(1, 5):
            self.assertEqual(self.cluster.wait(f"{job}_{task}"), "COMPLETED", self.log())
        self.assertEqual(len({results(self.shop.join(f"seed-{task}"))["series.csv"] for task in range(1, 5)}), 4)

    def test_a_chain(self):
        expected = self.reference(MINIMAL, *WORDS)
        text = self.cluster.run(self.script("chain.sh"), "3", MINIMAL, *WORDS, cwd=self.shop.path,
                                environment={"PAGET": PROGRAM, "FOLDER": self.shop.join("run"),
                                             "SBATCH_ARGS": "--ntasks=2"})
        jobs = [line.split()[1].rstrip(",") for line in text.splitlines()]
        self.await_checkpoint(self.shop.join("run"))
        self.cluster.run("scancel", "--batch", "-s", "USR1", jobs[0])
        for job in jobs:
            self.assertEqual(self.cluster.wait(job), "COMPLETED", self.log())
        self.assertEqual(results(self.shop.join("run")), expected)
        self.assertIn("nothing to do", self.log())

    def test_a_cancelled_job_is_continued_by_the_next(self):
        expected = self.reference(MINIMAL, *WORDS)
        folder = self.shop.join("run")
        first = self.submit("run.sbatch", MINIMAL, *WORDS, options=["--ntasks=2"])
        self.await_checkpoint(folder)
        self.cluster.run("scancel", first)
        self.assertEqual(self.cluster.wait(first), "CANCELLED")
        time.sleep(6)  # a job must not start itself again after that
        self.assertEqual(self.cluster.state(first), "CANCELLED", self.log())
        second = self.submit("run.sbatch", MINIMAL, *WORDS, options=["--ntasks=3"])
        self.assertEqual(self.cluster.wait(second), "COMPLETED", self.log())
        self.assertEqual(results(folder), expected)

    def test_a_second_job_in_the_same_folder_is_refused(self):
        folder = self.shop.join("run")
        first = self.submit("run.sbatch", MINIMAL, *words("--run.end=100 day"), options=["--nodelist=n1", "--ntasks=1"])
        self.await_checkpoint(folder)
        second = self.submit("run.sbatch", MINIMAL, *words("--run.end=100 day"), options=["--nodelist=n2", "--ntasks=1"])
        self.assertEqual(self.cluster.wait(second), "FAILED")
        self.assertEqual(self.cluster.describe(second)["ExitCode"], "1:0")
        self.assertIn(f"SLURM job {first}", self.log())
        self.assertEqual(self.cluster.state(first), "RUNNING")
        self.cluster.run("scancel", first)
        self.cluster.wait(first)


if __name__ == "__main__":
    unittest.main()
