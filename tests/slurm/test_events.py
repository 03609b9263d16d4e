"""One job, submitted once, to which everything happens that happens on clusters; it ends with the right bytes. Some twenty
minutes: time limits have a grain of a minute."""

import os
import random
import time
import unittest

from slurm_case import SlurmCase
from interrupted_runs import checkpoints, results
from paget_program import ROOT

BREAST = os.path.join(ROOT, "inputs", "breast.ini")
WORDS = ["--checkpoint.every_wall=5 s", "--run.end=9 day", "--output.snapshot_every=36 hour"]  # the job adds --checkpoint.mtbf


class Events(SlurmCase):
    # Time limits come by themselves: the job has a minute for each start.
    def checkpoint_on_demand(self, job):
        self.cluster.run("scancel", "-s", "USR2", job)

    def stop_on_demand(self, job):
        before = self.starts(job)
        self.cluster.run("scancel", "--batch", "-s", "USR1", job)
        self.await_start(job, before + 1)

    def requeue(self, job):
        before = self.starts(job)
        self.cluster.run("scontrol", "requeue", job)
        self.await_start(job, before + 1)

    def death_of_a_rank(self, job):
        before = self.starts(job)
        self.cluster.run("scancel", "-s", "KILL", f"{job}.0")
        self.await_start(job, before + 1)

    def preemption(self, job):
        before = self.starts(job)
        urgent = self.cluster.submit("--partition=high", "--nodes=4", "--exclusive", "--time=1", "--wrap", "sleep 3",
                                     cwd="/tmp")
        self.cluster.wait(urgent)
        self.await_start(job, before + 1)

    def death_of_a_node(self, job):
        before = self.starts(job)
        node = self.cluster.run("scontrol", "show", "hostnames", self.cluster.describe(job)["NodeList"]).split()[0]
        self.cluster.kill_node(node)
        self.await_start(job, before + 1, timeout=180)
        self.cluster.start_node(node)

    def damaged_checkpoint(self, job):
        """While the job waits for its next start."""
        before = self.starts(job)
        self.cluster.run("scontrol", "requeue", job)
        self.cluster.wait(job, "PENDING", timeout=60)
        newest = checkpoints(self.shop.join("run"))[-1]
        with open(newest, "r+b") as file:
            file.seek(os.path.getsize(newest) // 2)
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 4]))
        self.await_start(job, before + 1)

    def starts(self, job):
        return int(self.cluster.describe(job)["Restarts"])

    def await_start(self, job, count, timeout=120):
        end = time.monotonic() + timeout
        while self.starts(job) < count or self.cluster.state(job) != "RUNNING":
            self.assertNotIn(self.cluster.state(job), ("FAILED", "TIMEOUT", "CANCELLED"), self.log())
            if self.cluster.state(job) == "COMPLETED":
                return
            self.assertLess(time.monotonic(), end, self.log())
            time.sleep(0.5)

    def test_ten_events_and_the_limits_between_them(self):
        expected = self.reference(BREAST, "--checkpoint.mtbf=2 hours", *WORDS, ranks=2)
        events = [self.checkpoint_on_demand, self.stop_on_demand, self.requeue, self.preemption, self.death_of_a_node,
                  self.damaged_checkpoint, self.death_of_a_rank] + 2 * [self.requeue, self.stop_on_demand]
        random.Random(3).shuffle(events)
        folder = self.shop.join("run")
        job = self.submit("preemptible.sbatch", BREAST, *WORDS, PAGET_LAUNCH="srun", MAX_RESTARTS="1000",
                          options=["--partition=low", "--nodes=2", "--ntasks=3", "--time=1", "--signal=B:USR1@10",
                                   "--mem-per-cpu=300M"])
        happened = []
        for event in events:
            self.await_start(job, 0)
            self.await_checkpoint(folder, after=(checkpoints(folder) or [""])[-1], timeout=600, job=job)
            if self.cluster.wait(job, "RUNNING", timeout=120) == "COMPLETED":
                break
            event(job)
            happened.append(event.__name__)
        self.assertEqual(self.cluster.wait(job, timeout=3000), "COMPLETED", self.log())
        print(f"{len(happened)} events in {self.starts(job)} restarts: {', '.join(happened)}")
        self.assertGreaterEqual(len(happened), 10, "the run was over too soon")
        self.assertEqual(results(folder), expected)


if __name__ == "__main__":
    unittest.main()
