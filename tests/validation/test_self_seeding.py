"""V17, the reduction of Scott et al. 2013: cells that a lung metastasis sends to the primary over those that come back to it
from itself are N_metastasis / (pass fraction of the lung * N_primary), at equal shedding per cell."""

import unittest

from case_runs import CaseRuns, column, obtained, read_rows, trapezoid

PASS = 0.1


class SelfSeeding(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.runs = CaseRuns("self-seeding.ini")
        cls.addClassCleanup(cls.runs.remove)

    def ratio(self, name, *words):
        folder = self.runs.run(name, *words)
        events = read_rows(folder, "events.csv")
        returns = {
            source: sum(e["source"] == source and e["destination"] == "breast" for e in events)
            for source in ("breast", "lung")
        }
        series = read_rows(folder, "series.csv")
        times = column(series, "time_h")
        cells = {organ: trapezoid(times, column(series, f"{organ}.living")) for organ in returns}
        expected = cells["lung"] / (PASS * cells["breast"])
        found = returns["lung"] / returns["breast"]
        obtained(f"V17, {name}: flux from the metastasis over that from the primary ({returns})", f"{found:.3f}", f"{expected:.3f}")
        return found / expected

    def test_equal_fluxes_where_the_metastasis_has_the_pass_fraction_of_the_cells(self):
        ratio = self.ratio("equal")
        self.assertLess(max(ratio, 1.0 / ratio), 1.1)

    def test_secondary_seeding_prevails_beyond(self):
        ratio = self.ratio("beyond", "--organ.lung.founders.count=40000", "--organ.lung.size.x=640 um",
                           "--organ.lung.size.y=640 um", "--organ.lung.size.z=640 um")
        self.assertLess(max(ratio, 1.0 / ratio), 1.1)


if __name__ == "__main__":
    unittest.main()
