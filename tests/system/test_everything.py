"""The main job with every mechanism on: the same bytes on any number of ranks and after a restart, and a closed ledger."""

import os
import unittest

import one_trajectory
from paget_program import ROOT, read_rows

# Made eager, so that every mechanism acts within hours; and with those for which the main job has no place.
CASE = f"""include = {os.path.join(ROOT, "inputs", "breast-everything.ini")}

[rules]
invasion = cancer: mesenchymal increases intravasation from 20 1/day to 40 1/day, half at 0.5
company  = cancer: contact_macrophage increases intravasation to 40 1/day, half at 1, hill 2
death    = cancer: damage increases apoptosis from 1e-5 1/min to 1 1/hour, half at 5 min, hill 8
grip     = cancer: tgf_beta decreases adhesion to 0.1 um/min, half at 0.1 ng/ml
door     = cancer: niche increases extravasation from 2 1/hour to 4 1/hour, half at 0.02

[cell.killer]
attack.cancer.rate = 1 1/min
recruitment.rate = 2e-6 um^-2.min^-1
recruitment.threshold = 0.01 ng/ml

[cell.macrophage]
recruitment.rate = 2e-6 um^-2.min^-1
recruitment.threshold = 0.01 ng/ml
motility.capacity = 3

[cell.cancer]
cycle.separation = 1.2
intravasation.cluster_probability = 0.5

[field.tgf_beta]
stored_in_matrix = 1 ng/ml

[field.oxygen]
tissue_solubility = 3e-5 1/mmHg
blood_solubility = 3.1e-5 1/mmHg
binding_capacity = 0.5
binding_half = 38 mmHg
binding_hill = 3

[drug.bevacizumab]
dose = 0.02 mg
first_dose = 5 hour
interval = 4 hour
doses = 2
kill = 0 1/h
volume = 0.0024 L
clearance = 0.0002 L/day

[organ.breast]
oxygen.carried = yes
vessels.spacing = 60 um
angiogenesis.interval = 40 min
angiogenesis.threshold = 0.001 ng/ml
angiogenesis.half = 0.01 ng/ml
angiogenesis.gradient_half = 2e-5 ng/ml/um
angiogenesis.sprouting = 1e-3 um^-1.min^-1
angiogenesis.branching = 10 1/day
angiogenesis.branching_age = 2 hour
angiogenesis.speed = 60 um/h
angiogenesis.stagnation = 3 hour
angiogenesis.regression = 10 1/day
angiogenesis.collapse_pressure = 0.8
angiogenesis.reopening_pressure = 0.7
angiogenesis.blocker = bevacizumab

[bed.axilla]
transit = 2 hour

[circulation]
nk.encounters = 0.5 1/h

[run]
end = 8 hour

[output]
series_every = 4 hour
snapshot_every = 8 hour

[balance]
every = 2 hour
threshold = 1

[checkpoint]
every = 4 hour
keep = 20
"""


class Everything(one_trajectory.OneTrajectory):
    case_text = CASE
    results = ("series.csv", "series.h5", "events.csv", "state.h5")
    ranks = (2, 3, 4, 8)
    restart_after_hours = 4  # vessels sprout then
    restart_ranks = 3

    def test_every_mechanism_acts(self):
        last = {name: float(value) for name, value in read_rows(self.reference, "series.csv")[-1].items()}
        vessels = ("sprouts", "branches", "fusions", "regressed", "collapses", "tips")
        for name in ("breast.recruited", "breast.left", "breast.died.killed", "lung.niche", "lung.arrived", "breast.born",
                     "breast.hybrid.cycling", "axilla.arrived", *(f"breast.vessels.{what}" for what in vessels)):
            self.assertGreater(last[name], 0, name)
        self.assertLess(last["breast.vessels.maturity"], 1)
        self.assertGreater(len(read_rows(self.reference, "events.csv")), 20)


if __name__ == "__main__":
    unittest.main()
