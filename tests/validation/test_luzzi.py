"""V22, Luzzi et al. 1998 (numbers from memory): of single cells injected into a liver 83 to 87 % have left the vessels after
three days, 2.5 % begin micrometastases, 36 % are dormant singles at day 13; 30 % relative. The share of macrometastases
(0.02 %) needs what makes one micrometastasis in a hundred grow on, which the model does not have."""

import math
import unittest

from case_runs import CaseRuns, column, obtained, read_rows


class Luzzi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.runs = CaseRuns("luzzi.ini")
        cls.addClassCleanup(cls.runs.remove)
        folder = cls.runs.run("liver")
        cls.series = {round(24.0 * float(row["time_h"]) / 24.0): row for row in read_rows(folder, "series.csv")}
        cls.events = read_rows(folder, "events.csv")
        cls.injected = column([cls.series[312]], "blood.shed")[0]

    def check(self, what, share, expected, relative):
        error = math.sqrt(expected * (1.0 - expected) / self.injected)
        obtained(f"V22, {what}", f"{share:.4f}", f"{expected} +- {relative * expected:.3f}, of chance {error:.4f}")
        self.assertLess(abs(share - expected), relative * expected)

    def test_nearly_all_arrest(self):
        self.assertEqual(self.injected, 20000.0)
        self.assertTrue(all(event["destination"] == "liver" for event in self.events))

    def test_extravasated_at_three_days(self):
        share = float(self.series[72]["blood.extravasated"]) / self.injected
        self.check("extravasated at day 3", share, 0.85, 0.3)
        self.assertTrue(0.83 <= share <= 0.87)

    def test_micrometastases(self):
        grown = sum(event["fate"] == "grows" for event in self.events) / self.injected
        self.check("micrometastases", grown, 0.025, 0.3)

    def test_dormant_singles(self):
        dormant = float(self.series[312]["liver.epithelial.dormant"]) / self.injected
        self.check("dormant singles at day 13", dormant, 0.36, 0.3)


if __name__ == "__main__":
    unittest.main()
