"""What every mechanism must keep (promise 1): the same bytes on any number of ranks and after a restart."""

import glob
import os
import shutil
import unittest

from paget_program import Workshop, paget, read_bytes

TICKS_PER_HOUR = 60000


class OneTrajectory(unittest.TestCase):
    """A case and its whole run on one rank, with which the runs of the subclass are compared."""

    case_text = ""  # with checkpoints
    words = ()  # of the command line
    results = ("series.csv", "events.csv", "state.h5")
    ranks = (2, 3)
    restart_after_hours = 12  # from the newest checkpoint until then
    restart_ranks = 2

    @classmethod
    def setUpClass(cls):
        cls.shop = Workshop()
        cls.addClassCleanup(cls.shop.remove)
        cls.case = cls.shop.write("case.ini", cls.case_text)
        cls.reference = cls.shop.join("reference")
        cls.whole = paget("run", cls.case, f"--output={cls.reference}", *cls.words)
        assert cls.whole.code == 0, cls.whole.err

    def assert_same_results(self, folder):
        for name in self.results:
            self.assertEqual(read_bytes(folder, name), read_bytes(self.reference, name), name)

    def run_whole(self, name, *words, ranks=1, case=None):
        folder = self.shop.join(name)
        outcome = paget("run", case or self.case, f"--output={folder}", *self.words, *words, ranks=ranks, timeout=900)
        self.assertEqual(outcome.code, 0, outcome.err)
        return folder, outcome

    def earlier(self, name):
        """A copy of the reference as it was at `restart_after_hours`."""
        folder = self.shop.join(name)
        shutil.copytree(self.reference, folder)
        paths = glob.glob(os.path.join(folder, "checkpoints", "*.h5"))
        late = [path for path in paths
                if int(os.path.basename(path)[:-3]) > self.restart_after_hours * TICKS_PER_HOUR]
        for path in late:
            os.remove(path)
        self.assertGreater(len(late), 0)
        self.assertGreater(len(paths), len(late))
        return folder

    def test_the_same_bytes_on_other_numbers_of_ranks(self):
        for ranks in self.ranks:
            with self.subTest(ranks=ranks):
                folder, outcome = self.run_whole(f"ranks{ranks}", ranks=ranks)
                self.assertEqual(outcome.state_hash(), self.whole.state_hash())
                self.assert_same_results(folder)

    def test_the_same_bytes_after_a_restart(self):
        folder = self.earlier("again")
        outcome = paget("run", f"--restart={folder}", ranks=self.restart_ranks, timeout=900)
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertEqual(outcome.state_hash(), self.whole.state_hash())
        self.assert_same_results(folder)
