"""What tests of jobs share: a cluster for all of them, a workshop for each."""

import os
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "system"))

from interrupted_runs import checkpoints, results  # noqa: E402
from paget_program import PROGRAM, ROOT, Workshop, paget  # noqa: E402
from slurm_cluster import Cluster, missing_programs  # noqa: E402


@unittest.skipIf(missing_programs(), f"SLURM is not installed here: {missing_programs()} (apt-get install slurm-wlm munge)")
class SlurmCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster()
        cls.addClassCleanup(cls.cluster.stop)

    def setUp(self):
        self.shop = Workshop()
        self.addCleanup(self.shop.remove)

    def reference(self, case, *words, ranks=1):
        """Results of a run to which nothing happens."""
        folder = self.shop.join("reference")
        outcome = paget("run", case, f"--output={folder}", "--overwrite", *words, ranks=ranks, timeout=3600)
        self.assertEqual(outcome.code, 0, outcome.err)
        return results(folder)

    def script(self, name):
        return os.path.join(ROOT, "jobs", name)

    def submit(self, script, *words, options=(), **environment):
        environment = {"PAGET": PROGRAM, "FOLDER": self.shop.join("run"), **environment}
        return self.cluster.submit(*options, self.script(script), *words, cwd=self.shop.path, environment=environment)

    def log(self):
        text = ""
        for name in sorted(os.listdir(self.shop.path)):
            if name.endswith(".out"):
                with open(self.shop.join(name), encoding="utf-8", errors="replace") as file:
                    text += f"--- {name}\n{file.read()}"
        return text

    def await_checkpoint(self, folder, after="", timeout=180, job=None):
        """Until there is a checkpoint later than that one, or the job, if it is named, has completed; the newest one."""
        end = time.monotonic() + timeout
        while not checkpoints(folder) or checkpoints(folder)[-1] <= after:
            if job is not None and self.cluster.state(job) == "COMPLETED":
                break
            self.assertLess(time.monotonic(), end, self.log())
            time.sleep(0.05)
        return checkpoints(folder)[-1]
