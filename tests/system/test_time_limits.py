"""Whatever the time limit, a run stops before it with a checkpoint. Each run is killed at its limit, as SLURM would. Minutes
long; PAGET_LIMITS sets another number of them."""

import os
import random
import subprocess
import time
import unittest

from interrupted_runs import checkpoints
from paget_program import PROGRAM, Workshop
from test_faults import MINIMAL, words


class TimeLimits(unittest.TestCase):
    def test_fifty_random_limits(self):
        shop = Workshop()
        self.addCleanup(shop.remove)
        limits, unused = random.Random(11), []
        endless = words("--run.end=1000 day", "--checkpoint.every=0 h")
        for number in range(int(os.environ.get("PAGET_LIMITS", "50"))):
            folder, limit_s = shop.join(f"run{number}"), limits.uniform(3.0, 12.0)
            start = time.monotonic()
            done = subprocess.run([PROGRAM, "run", MINIMAL, f"--output={folder}", *endless,
                                   f"--max-wall-time={limit_s:.3f} s"], timeout=limit_s, capture_output=True, check=False)
            unused.append(limit_s - (time.monotonic() - start))
            self.assertEqual(done.returncode, 85, done.stderr)
            self.assertEqual(len(checkpoints(folder)), 1)
        print(f"{len(unused)} limits of 3 to 12 s: unused were {min(unused):.2f} to {max(unused):.2f} s, "
              f"{sum(unused) / len(unused):.2f} s on average")


if __name__ == "__main__":
    unittest.main()
