"""Organs whose soil is their cells and signals: what each mechanism does to the outcome. Seeds are fixed."""

import glob
import os
import re
import unittest

from paget_program import ROOT, Workshop, paget, read_rows

INPUTS = os.path.join(ROOT, "inputs")


class Cases(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shop = Workshop()
        cls.addClassCleanup(cls.shop.remove)

    def rows_of(self, case, name, *words):
        folder = self.shop.join(name)
        outcome = paget("run", case, f"--output={folder}", *words)
        self.assertEqual(outcome.code, 0, outcome.err)
        return read_rows(folder, "series.csv")

    def last(self, case, name, *words):
        return self.rows_of(os.path.join(INPUTS, case), name, *words)[-1]


class Parts(Cases):
    def test_every_kind_of_cell_is_in_order(self):
        parts = sorted(glob.glob(os.path.join(INPUTS, "cells", "*.ini")))
        self.assertGreater(len(parts), 14)
        for part in parts:
            with open(part, encoding="utf-8") as file:
                cell = re.search(r"^\[cell\.(\w+)\]", file.read(), re.MULTILINE).group(1)
            case = self.shop.write("case.ini", f"include = {part}\ninclude = {INPUTS}/bodies/mouse.ini\n"
                                               f"include = {INPUTS}/bodies/platelets.ini\n"
                                               f"[organ.breast]\nfounders.type = {cell}\nfounders.count = 1\n"
                                               "vessels.source = capillary_bed\n")
            outcome = paget("check", case)
            self.assertEqual(outcome.code, 0, f"{part}: {outcome.err}")

    def test_all_kinds_of_cells_live_in_one_case(self):
        parts = sorted(glob.glob(os.path.join(INPUTS, "cells", "*.ini")))
        text = "".join(f"include = {part}\n" for part in parts) + f"include = {INPUTS}/bodies/breast-tumour.ini\n"
        rows = self.rows_of(self.shop.write("all.ini", text), "all", "--run.end=2 h")
        self.assertGreater(int(rows[-1]["breast.living"]), 140)

    def test_every_number_has_a_source(self):
        """Of the parts: behind every value with a unit stands where it comes from, or the same number above it does."""
        plain = re.compile(r"^(include|unit|scheme|fed_by|drains_to|cycle\.live\.rate|transition|motility\.matrix_optimum"
                           r"|chemotaxis\.field|recruitment\.field|founders\.|size|vessels\.source|soil|dormancy|kill"
                           r"|platelets\.count|death\.apoptosis_rate = 0|capture|transit|flow_share|cycle\.model)")
        sourced = set()
        bare = []
        for part in sorted(glob.glob(os.path.join(INPUTS, "[cf]*s", "*.ini"))):
            if os.path.basename(os.path.dirname(part)) not in ("cells", "fields"):
                continue
            with open(part, encoding="utf-8") as file:
                lines = [line.strip() for line in file]
            for line in lines:
                value, _, source = line.partition("#")
                value = " ".join(value.split())
                if "=" not in value or plain.match(value):
                    continue
                key = value.split("=")[0].strip()
                if source.strip():
                    sourced.add(value)
                    sourced.add(key)
                elif value not in sourced and key not in sourced and " increases " not in value \
                        and " decreases " not in value:
                    bare.append(f"{part}: {line}")
        self.assertEqual(bare, [])


class Matrix(Cases):
    def test_a_field_gains_exactly_what_the_matrix_loses(self):
        """Without decay and in a closed box: mean concentration = stored * (1 - mean density)."""
        case = self.shop.write("store.ini", """
[run]
end = 2 day
step = 1 h
[field.factor]
unit = ng/ml
diffusivity = 26 um^2/s
start = uniform
stored_in_matrix = 200 ng/ml
tolerance = 1e-10
scheme = implicit
[cell.eater]
cycle.live.rate = 0 1/h
death.apoptosis_rate = 0 1/min
motility.speed.epithelial = 1 um/min
motility.matrix_optimum = 0
transition.spontaneous = 0 1/day
[rules]
eats = eater: matrix increases matrix_degradation from 0 to 1, half at 0.01, hill 1
[organ.bone]
size.x = 200 um
size.y = 160 um
size.z = 120 um
residents.eater = 20
matrix.membrane_degradation = 0.01 1/min
[bed.bone]
flow_share = 1
[bed.lung]
fed_by = veins
drains_to = arteries
""")
        for row in self.rows_of(case, "store")[1:]:
            density = float(row["bone.ecm.mean"])
            self.assertLess(density, 0.999)
            self.assertAlmostEqual(float(row["bone.factor.mean_ng_per_ml"]) / (200 * (1 - density)), 1, delta=1e-6)


class Soil(Cases):
    def test_the_vicious_cycle_turns_by_pthrp_and_by_osteoclasts(self):
        whole = self.last("vicious-cycle.ini", "whole")
        others = {name: self.last("vicious-cycle.ini", name, word) for name, word in
                  (("deaf", "--rules.pthrp=off"), ("denosumab", "--drug.denosumab.doses=1"),
                   ("zoledronate", "--drug.zoledronate.doses=1"))}
        self.assertGreater(int(whole["bone.cancer.living"]), 400)
        self.assertLess(float(whole["bone.ecm.mean"]), 0.6)
        for name, other in others.items():
            with self.subTest(name=name):
                self.assertGreater(int(whole["bone.cancer.living"]), 2.5 * int(other["bone.cancer.living"]))
                self.assertGreater(int(whole["bone.osteoclast.living"]), 3 * int(other["bone.osteoclast.living"]))
                self.assertGreater(float(other["bone.ecm.mean"]), float(whole["bone.ecm.mean"]) + 0.2)

    def test_an_open_barrier_lets_more_cells_into_the_brain(self):
        closed = self.last("brain.ini", "closed", "--run.end=8 day")
        opened = self.last("brain.ini", "open", "--run.end=8 day", "--bed.brain.extravasation_factor=1")
        self.assertGreater(int(closed["brain.arrived"]), 10)
        self.assertGreater(int(opened["brain.arrived"]), 3 * int(closed["brain.arrived"]))
        self.assertGreater(int(opened["brain.cancer.living"]), 2 * int(closed["brain.cancer.living"]))

    def test_a_lung_without_cxcl12_is_poor_soil(self):
        rich = self.last("lung.ini", "rich", "--run.end=8 day")
        poor = self.last("lung.ini", "poor", "--run.end=8 day", "--organ.lung.cxcl12.tissue_release=0 ng/ml/min")
        self.assertEqual(rich["lung.arrived"], poor["lung.arrived"])
        self.assertGreater(int(rich["lung.cancer.living"]), 2 * int(poor["lung.cancer.living"]))

    def test_kupffer_cells_hold_metastases_of_the_liver_down(self):
        held = self.last("liver.ini", "held", "--run.end=8 day")
        free = self.last("liver.ini", "free", "--run.end=8 day", "--organ.liver.residents.kupffer=0")
        self.assertGreater(int(held["liver.died.killed"]), 50)
        self.assertGreater(int(free["liver.cancer.living"]), 1.5 * int(held["liver.cancer.living"]))

    def test_without_regulatory_cells_more_tumour_cells_are_killed(self):
        held = self.last("regulatory.ini", "treg")
        free = self.last("regulatory.ini", "none", "--cell.treg.recruitment.rate=0 um^-2.min^-1")
        self.assertGreater(int(held["tissue.treg.living"]), 5)
        self.assertEqual(int(free["tissue.treg.living"]), 0)
        self.assertGreater(int(free["tissue.died.killed"]), 1.5 * int(held["tissue.died.killed"]))


if __name__ == "__main__":
    unittest.main()
