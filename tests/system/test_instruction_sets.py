"""Promise 1 across processors: builds for x86-64, x86-64-v3 (AVX2) and x86-64-v4 (AVX-512) give the same bytes. Compiles
the program three times, so minutes long."""

import os
import subprocess
import unittest

import paget_program
from paget_program import ROOT, Workshop, paget, read_bytes
from test_trajectory import BREAST, EAGER, RESULTS

# What a processor must be able to do to run a build (names of /proc/cpuinfo).
LEVELS = {"x86-64": [], "x86-64-v3": ["avx2", "bmi2", "fma"], "x86-64-v4": ["avx512f", "avx512bw", "avx512vl"]}


def runs_here(level):
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        flags = next(line for line in file if line.startswith("flags")).split()
    return all(flag in flags for flag in LEVELS[level])


def build(folder, level):
    configure = ["cmake", "-S", ROOT, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                 f"-DCMAKE_CXX_FLAGS=-march={level}"]
    for command in (configure, ["cmake", "--build", folder, "--parallel", "2", "--target", "paget"]):
        subprocess.run(command, check=True, capture_output=True)
    return os.path.join(folder, "bin", "paget")


class InstructionSets(unittest.TestCase):
    def test_same_bytes_from_builds_for_all_levels(self):
        shop = Workshop()
        self.addCleanup(shop.remove)
        self.addCleanup(setattr, paget_program, "PROGRAM", paget_program.PROGRAM)
        folders = {}
        for level in filter(runs_here, LEVELS):
            paget_program.PROGRAM = build(shop.join("build-" + level), level)
            folders[level] = shop.join("run-" + level)
            outcome = paget("run", BREAST, f"--output={folders[level]}", *EAGER, ranks=2, timeout=1500)
            self.assertEqual(outcome.code, 0, outcome.err)
        self.assertGreaterEqual(len(folders), 2, "this processor runs only the oldest level: nothing to compare")
        reference = folders.pop("x86-64")
        for level, folder in folders.items():
            for name in RESULTS:
                with self.subTest(level=level, file=name):
                    self.assertEqual(read_bytes(folder, name), read_bytes(reference, name))


if __name__ == "__main__":
    unittest.main()
