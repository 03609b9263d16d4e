"""V19a to V19c from case files: cells with circuits of genes at constant inputs, one per dish, on both sides of the published
thresholds. tests/verification/agents finds the thresholds themselves, by sweeps."""

import unittest

import h5py
from case_runs import CaseRuns, obtained, read_rows

STATES = ("epithelial", "hybrid", "mesenchymal")


def state_in(row, dish):
    return next(state for state in STATES if float(row[f"{dish}.{state}.cycling"]) == 1.0)


class EmtCircuits(unittest.TestCase):
    def series(self, case):
        runs = CaseRuns(case)
        self.addCleanup(runs.remove)
        self.folder = runs.run("dishes")
        return read_rows(self.folder, "series.csv")

    def check_states(self, what, row, expected):
        found = {dish: state_in(row, dish) for dish in expected}
        obtained(what, found, "as the names of the dishes and thresholds say")
        self.assertEqual(found, expected)

    def test_mir200_zeb(self):
        rows = self.series("mir200-zeb.ini")
        self.check_states("V19a", rows[-1], {
            "epithelial_at_200": "epithelial", "hybrid_at_200": "hybrid", "mesenchymal_at_200": "mesenchymal",
            "epithelial_at_208": "epithelial", "epithelial_at_211": "hybrid",
            "hybrid_at_224": "hybrid", "hybrid_at_227": "mesenchymal",
            "mesenchymal_at_186": "mesenchymal", "mesenchymal_at_183": "epithelial"})
        stable = {"epithelial": (18668, 65.8, 6456), "hybrid": (11690, 326.1, 52414), "mesenchymal": (1714, 827.5, 563720)}
        with h5py.File(self.folder + "/state.h5") as file:
            for state, expected in stable.items():
                cells = file[f"organs/{state}_at_200/cells"]
                found = [float(cells[f"circuit_{number}"][0]) for number in (1, 2, 3)]
                obtained(f"V19a, {state} at 200K", [round(value, 1) for value in found], expected)
                for value, wanted in zip(found, expected):
                    self.assertLess(abs(value / wanted - 1.0), 0.005)

    def test_mir34_mir200(self):
        rows = self.series("mir34-mir200.ini")
        self.check_states("V19b", rows[-1], {
            "epithelial_at_59_5": "epithelial", "epithelial_at_61": "hybrid",
            "hybrid_at_66_5": "hybrid", "hybrid_at_67_5": "mesenchymal",
            "mesenchymal_at_30_5": "mesenchymal", "mesenchymal_at_29": "epithelial",
            "hybrid_at_46": "hybrid", "hybrid_at_44_5": "epithelial"})

    def test_tgf_beta_circuit(self):
        rows = self.series("tgf-beta-circuit.ini")
        self.check_states("V19c", rows[-1], {
            "epithelial_at_1_00": "epithelial", "epithelial_at_1_04": "hybrid",
            "hybrid_at_1_98": "hybrid", "hybrid_at_2_06": "mesenchymal",
            "mesenchymal_at_0": "mesenchymal", "hybrid_at_0": "epithelial"})
        for dish, state, hours in (("epithelial_at_5", "hybrid", 26), ("epithelial_at_2", "hybrid", 46),
                                   ("epithelial_at_5", "mesenchymal", 200), ("epithelial_at_3", "mesenchymal", 261)):
            first = next(float(row["time_h"]) for row in rows if state_in(row, dish) == state)
            obtained(f"V19c, {dish}: first whole hour as {state}", first, hours)
            self.assertLessEqual(abs(first - hours), 0.02 * hours + 1.0)


if __name__ == "__main__":
    unittest.main()
