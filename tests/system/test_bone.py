"""One trajectory of a bone in which all mechanisms of soil act: the same bytes on any ranks and after a restart."""

import os
import unittest

import one_trajectory  # the module: its class is no test by itself
from paget_program import ROOT, Workshop, read_rows

INPUTS = os.path.join(ROOT, "inputs")


class VerySameBone(one_trajectory.OneTrajectory):
    """Included parts, residents, resorption that sets a factor free, drugs by rules, cells by type."""

    case_text = f"include = {INPUTS}/bone.ini\ninclude = {INPUTS}/bodies/platelets.ini\ninclude = part.ini\n" \
                "[run]\nend = 2 day\n[checkpoint]\nevery = 12 h\nkeep = 9\n" \
                "[output]\nseries_every = 6 h\nsnapshot_every = 0 h\n"
    words = ("--drug.denosumab.doses=1", "--circulation.extravasation=1 1/h")
    restart_after_hours = 24

    @classmethod
    def setUpClass(cls):
        cls.part = None
        make = Workshop.write

        def write(shop, name, text):  # beside the case, before it is read
            make(shop, "part.ini", "[drug.denosumab]\nfirst_dose = 1 h\n[organ.bone]\nresidents.osteoclast = 5\n")
            cls.part = shop.join("part.ini")
            return make(shop, name, text)

        Workshop.write = write
        try:
            super().setUpClass()
        finally:
            Workshop.write = make

    def earlier(self, name):
        if os.path.exists(self.part):
            os.rename(self.part, self.part + ".gone")  # a restart asks for no included file
            self.addCleanup(os.rename, self.part + ".gone", self.part)
        return super().earlier(name)

    def test_something_happened(self):
        last = read_rows(self.reference, "series.csv")[-1]
        self.assertGreater(int(last["bone.arrived"]), 0)
        self.assertLess(float(last["bone.ecm.mean"]), 1)


if __name__ == "__main__":
    unittest.main()
