"""The ten cases of the community benchmark: what they write against exact or expected values.

With PAGET_COMMUNITY_LONG=1 the monolayer alone, to its end.
"""

import importlib.machinery
import importlib.util
import os
import unittest

from paget_program import PROGRAM, ROOT, Workshop, paget, read_bytes


def load_tool():
    """tools/community, which has no suffix, as a module."""
    path = os.path.join(ROOT, "tools", "community")
    loader = importlib.machinery.SourceFileLoader("community", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("community", loader))
    loader.exec_module(module)
    return module


COMMUNITY = load_tool()
LONG = os.environ.get("PAGET_COMMUNITY_LONG") == "1"


class Community(unittest.TestCase):
    def setUp(self):
        self.shop = Workshop()
        self.addCleanup(self.shop.remove)

    def check(self, case):
        for finding in COMMUNITY.CHECKS[case](COMMUNITY.Runs(PROGRAM, self.shop.path), LONG):
            print(finding)
            self.assertTrue(finding.good(), f"{case}: {finding}")

    @unittest.skipIf(LONG, "the long tests are of other cases")
    def test_the_same_bytes_on_two_ranks(self):
        folders = []
        for ranks in (1, 2):
            folders.append(self.shop.join(f"ranks{ranks}"))
            outcome = paget("run", os.path.join(COMMUNITY.CASES, "chemotaxis.ini"), "--run.end=2 min",
                            f"--output={folders[-1]}", ranks=ranks)
            self.assertEqual(outcome.code, 0, outcome.err)
        for name in ("series.csv", "tracks.csv", "state.h5"):
            self.assertEqual(read_bytes(folders[0], name), read_bytes(folders[1], name), name)

    def test_every_case_has_a_check(self):
        cases = {name[:-4] for name in os.listdir(COMMUNITY.CASES) if name.endswith(".ini")}
        self.assertEqual(cases, set(COMMUNITY.CHECKS))
        self.assertEqual(len(cases), 10)


def add_check(case):
    setattr(Community, "test_" + case.replace("-", "_"), lambda self: self.check(case))


for CASE in ("monolayer",) if LONG else COMMUNITY.CHECKS:
    add_check(CASE)

if __name__ == "__main__":
    unittest.main()
