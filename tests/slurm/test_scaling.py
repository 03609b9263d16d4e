"""A scaling series as jobs of a real SLURM, with a member whose job fails and one that the cluster has no room for."""

import json
import os
import subprocess
import sys
import unittest

from slurm_case import SlurmCase
from paget_program import PROGRAM, ROOT
from test_faults import MINIMAL

SCALING = os.path.join(ROOT, "tools", "scaling")


class ScalingSeries(SlurmCase):
    def scaling(self, *words, code=0):
        done = subprocess.run(["bash", "-c", f'. {self.cluster.folder}/env.sh; exec "$@"', "bash", sys.executable, SCALING,
                               *words], cwd=self.shop.path, capture_output=True, text=True, timeout=600, check=False)  # fmt: skip
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout

    def test_a_series_goes_on_without_the_members_that_fail(self):
        folder = self.shop.join("series")
        self.scaling("strong", MINIMAL, folder, "--ranks=1,2,3,64", f"--paget={PROGRAM}", "--", "--run.end=1 day")
        with open(os.path.join(folder, "preamble.sh"), "w", encoding="utf-8") as file:  # as a node that dies
            file.write('[ "$SLURM_NTASKS" != 3 ] || { echo "the module is not there"; exit 3; }\n')
        said = self.scaling("submit", folder, "--wait")
        self.assertIn("p00064-r1: not taken", said)
        said = self.scaling("collect", folder, code=1)
        self.assertIn("2 of 4 members are done; their bytes are equal", said)
        self.assertIn("p00064-r1: failed", said)
        self.assertRegex(said, r"p00003-r1: FAILED \(job \d+\); left out")
        self.assertIn("| the module is not there", said)
        with open(os.path.join(folder, "scaling.json"), encoding="utf-8") as file:
            self.assertEqual([row["ranks"] for row in json.load(file)["members"]], [1, 2])

        os.remove(os.path.join(folder, "preamble.sh"))
        said = self.scaling("submit", folder, "--wait")  # again: only what is missing
        self.assertIn("p00002-r1: done before", said)
        self.assertIn("3 of 4 members are done", self.scaling("collect", folder, code=1))


if __name__ == "__main__":
    unittest.main()
