"""V14: seeding as a Poisson process. A primary of N(t) cells sheds at rate nu per cell; each cell founds a lineage in the lung
that is alive after a time t with probability p(t) = s / (1 - (d/b) exp(-r t)), s = 1 - d/b, r = b - d. Then the run has no
metastasis with probability exp(-m), m = nu Int N(t) p(T - t) dt; if all lineages had time to die out, with the
probability exp(-nu s (N - N0) / r) of an exponential primary.

Each run's m comes from its own N(t), so that only the seeding is tested. 3 standard errors: a false alarm in 0.3 %."""

import math
import os
import unittest

from case_runs import CaseRuns, column, obtained, read_rows, trapezoid

RUNS = int(os.environ.get("PAGET_POISSON_RUNS", "200"))
BIRTHS, DEATHS, SHEDDING, END_H = 0.1, 0.05, 3e-4, 28.0
GROWTH, SURVIVAL = BIRTHS - DEATHS, 1.0 - DEATHS / BIRTHS


def alive_after(hours):
    return SURVIVAL / (1.0 - DEATHS / BIRTHS * math.exp(-GROWTH * hours))


class PoissonSeeding(unittest.TestCase):
    def test_runs_without_metastasis(self):
        runs = CaseRuns("poisson-seeding.ini")
        self.addCleanup(runs.remove)
        without, means, exponential = 0, [], []
        for seed in range(1, RUNS + 1):
            series = read_rows(runs.run(f"seed{seed}", f"--run.seed={seed}"), "series.csv")
            times, cells = column(series, "time_h"), column(series, "breast.living")
            means.append(trapezoid(times, [SHEDDING * n * alive_after(END_H - t) for t, n in zip(times, cells)]))
            exponential.append(SHEDDING * SURVIVAL * (cells[-1] - cells[0]) / GROWTH)
            without += float(series[-1]["lung.living"]) == 0.0
        none = [math.exp(-m) for m in means]
        expected = sum(none) / RUNS
        error = math.sqrt(sum(p * (1.0 - p) for p in none)) / RUNS
        obtained(f"V14, share of {RUNS} runs without metastasis", f"{without / RUNS:.4f}", f"{expected:.4f} +- {error:.4f}")
        late = sum(math.exp(-m) for m in exponential) / RUNS
        print(f"V14, exp(-nu s (N - N0) / r) with the N of each run, for lineages that had time to die out: {late:.4f}")
        self.assertLess(abs(without / RUNS - expected), 3.0 * error)


if __name__ == "__main__":
    unittest.main()
