"""Self-seeding between two tumours and its knock-downs: the signs that Kim et al. 2009 report (V28), over many seeds. Each
is an exact sign test over runs that share a seed: a sign that is not there passes with a probability below 1 %.
PAGET_SEEDS sets another number of seeds."""

import collections
import concurrent.futures
import math
import os
import unittest

import h5py
import numpy as np
from case_runs import CaseRuns, obtained

SEEDS = range(1, 1 + int(os.environ.get("PAGET_SEEDS", "24")))
SEEDER = 1  # the second cell type of the case
LIVING = (0, 1)  # fates: in cycle, dormant

VARIANTS = {
    "aggressive": [],
    "parental": ["--cell.seeder.intravasation.rate.epithelial=0.2 1/day", "--cell.seeder.trait.mmp1=0.5"],
    "without interleukins": ["--cell.resident.il6.secretion=6e-21 g/s", "--cell.resident.il8.secretion=6e-21 g/s"],
    "without MMP1 and FSCN1": ["--cell.seeder.trait.mmp1=0.2", "--cell.seeder.trait.fscn1=0.2"],
    "without CXCL1": ["--cell.seeder.cxcl1.secretion=6e-21 g/s"],
    "without seeding": ["--bed.left.capture.single=0", "--bed.left.capture.cluster=0"],
}

Tumour = collections.namedtuple("Tumour", "seeders residents")


def left_tumour(folder):
    """Living cells of both lines in the left tumour at the end."""
    with h5py.File(os.path.join(folder, "state.h5")) as file:
        cells = file["organs/left/cells"]
        living = np.isin(cells["fate"][:], LIVING)
        seeders = cells["type"][:] == SEEDER
        return Tumour(int(np.sum(living & seeders)), int(np.sum(living & ~seeders)))


def chance_of(successes, trials):
    """That so many or more of fair tosses succeed."""
    return sum(math.comb(trials, k) for k in range(successes, trials + 1)) / 2**trials


class KnockDowns(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.runs = CaseRuns(os.path.join("..", "self-seeding.ini"))
        cls.addClassCleanup(cls.runs.remove)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            names = [(variant, seed) for variant in VARIANTS for seed in SEEDS]
            cls.tumours = dict(zip(names, pool.map(lambda name: cls.grow(*name), names), strict=True))
        for variant in VARIANTS:
            of_variant = [cls.tumours[variant, seed] for seed in SEEDS]
            print(f"{variant}: seeders in the left tumour {np.mean([t.seeders for t in of_variant]):.1f}, "
                  f"residents {np.mean([t.residents for t in of_variant]):.1f} (means of {len(SEEDS)})")

    @classmethod
    def grow(cls, variant, seed):
        return left_tumour(cls.runs.run(f"{variant.replace(' ', '_')}_{seed}", f"--run.seed={seed}", *VARIANTS[variant]))

    def expect_more(self, what, more, fewer):
        """That `what` of a tumour is more in the variant `more` than in `fewer`, by a sign test; equal counts against."""
        signs = sum(what(self.tumours[more, seed]) > what(self.tumours[fewer, seed]) for seed in SEEDS)
        chance = chance_of(signs, len(SEEDS))
        obtained(f"V28, more in '{more}' than in '{fewer}'", f"{signs} of {len(SEEDS)} seeds, p = {chance:.2g}", "p < 0.01")
        self.assertLess(chance, 0.01)

    def test_circulating_cells_settle_in_the_other_tumour(self):
        self.expect_more(lambda t: t.seeders, "aggressive", "without seeding")

    def test_aggressive_cells_seed_more_than_parental_ones(self):
        self.expect_more(lambda t: t.seeders, "aggressive", "parental")

    def test_interleukins_of_the_tumour_call_them(self):
        self.expect_more(lambda t: t.seeders, "aggressive", "without interleukins")

    def test_mmp1_and_fscn1_let_them_in(self):
        self.expect_more(lambda t: t.seeders, "aggressive", "without MMP1 and FSCN1")

    def test_a_seeded_tumour_grows_faster(self):
        self.expect_more(lambda t: t.residents, "aggressive", "without seeding")

    def test_cxcl1_of_the_seeds_makes_it_grow(self):
        self.expect_more(lambda t: t.residents, "aggressive", "without CXCL1")

    def test_without_cxcl1_residents_grow_as_without_seeds(self):
        gain = [self.tumours["without CXCL1", seed].residents / self.tumours["without seeding", seed].residents
                for seed in SEEDS]
        full = [self.tumours["aggressive", seed].residents / self.tumours["without seeding", seed].residents
                for seed in SEEDS]
        obtained("V28, residents over those without seeds, and that without CXCL1", f"{np.mean(full):.3f}, {np.mean(gain):.3f}",
                 "more than 1, about 1")
        self.assertLess(abs(np.mean(gain) - 1), 0.25 * (np.mean(full) - 1))


if __name__ == "__main__":
    unittest.main()
