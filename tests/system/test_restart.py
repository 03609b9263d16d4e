"""Promise 3: a run that was killed goes on from its newest good checkpoint, on any number of ranks, to the same bytes."""

import glob
import os
import re
import shutil
import signal
import subprocess
import time
import unittest

from paget_program import MPIEXEC, PROGRAM, Workshop, paget, read_bytes, read_rows

# Two organs whose cells divide, enter the blood, wait in arrest and arrive, within hours; one checkpoint per hour.
CASE = """
[run]
end = 8 hour
step = 30 min
[output]
series_every = 1 hour
snapshot_every = 4 hour
tracks_every = 90 min
[checkpoint]
every = 1 hour
keep = 20
[mechanics]
step = 2 min
[field.oxygen]
unit = mmHg
decay = 0.1 1/min
blood = 45 mmHg
permeability = 6e4 um/min
[field.il6]
unit = ng/ml
decay = 0.05 1/min
[cell.cancer]
oxygen.uptake = 10 1/min
il6.secretion = 1e-18 g/s
cycle.model = flow_cytometry_separated
cycle.flow_cytometry_separated.g0g1 = 2 h
cycle.oxygen_saturation = 45 mmHg
motility.speed.epithelial = 0.2 um/min
intravasation.rate.epithelial = 15 1/day
intravasation.cluster_probability = 0.4
[organ.breast]
founders.type = cancer
founders.count = 80
vessels.source = capillary_bed
vessels.spacing = 80 um
soil = 1
[organ.lung]
vessels.source = capillary_bed
vessels.spacing = 80 um
soil = 0.5
[bed.breast]
flow_share = 1
[bed.lung]
fed_by = veins
drains_to = arteries
capture.single = 0.5
[bed.rest]
flow_share = 9
transit = 20 min
[circulation]
nk.encounters = 0.1 1/h
extravasation = 0.5 1/h
[drug.cisplatin]
dose = 20 mg
first_dose = 3.3 h
interval = 1 day
doses = 1
volume = 20 l
clearance = 0.1 l/min
kill = 0.1 1/h
ic50 = 2 mg/l
"""

RESULTS = ["series.csv", "series.h5", "events.csv", "tracks.csv", "state.h5", "fields.xmf", "cells.xmf", "vessels.xmf"]
TICKS_PER_HOUR = 60000


def checkpoints(folder):
    """Names of the checkpoint files by simulated hour."""
    names = glob.glob(os.path.join(folder, "checkpoints", "*.h5"))
    return {int(os.path.basename(name)[:-3]) / TICKS_PER_HOUR: name for name in sorted(names)}


def ranks_of_run(folder):
    """Processes of the program that work in that folder: mpirun gives its ranks process groups of their own."""
    found = []
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            words = read_bytes("/proc", entry, "cmdline").split(b"\0")
        except OSError:
            continue
        if words[0] == PROGRAM.encode() and any(word.endswith(b"=" + folder.encode()) for word in words):
            found.append(int(entry))
    return found


def run_until_killed(words, hour, folder, ranks, timeout=300):
    """Starts the program and kills all of it as soon as there is a checkpoint of that hour or later. Returns what it
    wrote to stderr."""
    command = ([*MPIEXEC, "-n", str(ranks)] if ranks > 1 else []) + [PROGRAM, *words]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                          start_new_session=True) as process:
        deadline = time.monotonic() + timeout
        while process.poll() is None and time.monotonic() < deadline:
            if any(at >= hour for at in checkpoints(folder)):
                break
            time.sleep(0.002)
        for rank in [*ranks_of_run(folder), process.pid]:
            try:
                os.kill(rank, signal.SIGKILL)
            except ProcessLookupError:
                pass  # it was faster and has ended
        _, err = process.communicate(timeout=60)
    for at, name in checkpoints(folder).items():
        if at > hour:
            os.remove(name)
    return err


# Founders come from a table; killers come through no vessel, so that only attack makes the ledger open.
TABLE_CASE = """
[run]
end = 1 hour
step = 6 min
[output]
series_every = 30 min
[checkpoint]
every = 30 min
keep = 5
[cell.cancer]
[cell.killer]
attack.cancer.rate = 0.1 1/min
[organ.breast]
size.x = 160 um
size.y = 160 um
size.z = 160 um
founders.file = cells.csv
[bed.breast]
flow_share = 1
[bed.lung]
fed_by = veins
drains_to = arteries
"""

TABLE = """x_um,y_um,z_um,type
80,80,80,cancer
92,80,80,killer
68,80,80,cancer
"""


class TableAndTurnover(unittest.TestCase):
    """What a run that goes on needs no more, and which columns it keeps."""

    def setUp(self):
        self.shop = Workshop()
        self.table = self.shop.write("cells.csv", TABLE)
        self.case = self.shop.write("table.ini", TABLE_CASE)

    def tearDown(self):
        self.shop.remove()

    def run_half(self, name, *keys):
        """A run as if it had been killed after the first checkpoint."""
        folder = self.shop.join(name)
        outcome = paget("run", self.case, f"--output={folder}", *keys)
        self.assertEqual(outcome.code, 0, outcome.err)
        shutil.copytree(folder, folder + "-half")
        for at, file in checkpoints(folder + "-half").items():
            if at > 0.5:
                os.remove(file)
        return folder, folder + "-half"

    def test_the_table_of_founders_is_not_needed_any_more(self):
        whole, half = self.run_half("table")
        os.remove(self.table)
        outcome = paget("run", f"--restart={half}")
        self.assertEqual(outcome.code, 0, outcome.err)
        for name in ["series.csv", "state.h5"]:
            self.assertEqual(read_bytes(whole, name), read_bytes(half, name), name)

    def test_a_run_from_the_resolved_case_reads_it_again(self):
        folder, _ = self.run_half("first")
        shutil.copy(os.path.join(folder, "case.ini"), self.shop.join("resolved.ini"))
        again = paget("run", self.shop.join("resolved.ini"), f"--output={self.shop.join('again')}")
        self.assertEqual(again.code, 0, again.err)
        self.assertEqual(read_bytes(folder, "series.csv"), read_bytes(self.shop.join("again"), "series.csv"))

    def test_attack_is_not_switched_wholly_off_or_on(self):
        for name, begun, then, word in [("open", "0.1 1/min", "0 1/min", "off"), ("closed", "0 1/min", "1 1/min", "on")]:
            _, half = self.run_half(name, f"--cell.killer.attack.cancer.rate={begun}")
            before = read_bytes(half, "series.csv")
            outcome = paget("run", f"--restart={half}", f"--cell.killer.attack.cancer.rate={then}")
            self.assertEqual(outcome.code, 1, outcome.err)
            self.assertIn("cell.killer.attack.cancer.rate cannot switch", outcome.err)
            self.assertIn(f"wholly {word}", outcome.err)
            self.assertEqual(read_bytes(half, "series.csv"), before)
        weaker = paget("run", f"--restart={self.shop.join('open-half')}", "--cell.killer.attack.cancer.rate=1e-30 1/min")
        self.assertEqual(weaker.code, 0, weaker.err)


class Restart(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shop = Workshop()
        cls.case = cls.shop.write("eager.ini", CASE)
        cls.reference = cls.shop.join("reference")
        cls.whole = paget("run", cls.case, f"--output={cls.reference}")
        assert cls.whole.code == 0, cls.whole.err

    @classmethod
    def tearDownClass(cls):
        cls.shop.remove()

    def copy_until(self, name, hour):
        """The reference run as if it had been killed some time after that hour's checkpoint."""
        folder = self.shop.join(name)
        shutil.copytree(self.reference, folder)
        for at, file in checkpoints(folder).items():
            if at > hour:
                os.remove(file)
        return folder

    @staticmethod
    def files_in(folder):
        paths = glob.glob(os.path.join(folder, "**", "*.*"), recursive=True)
        return {path: read_bytes(path) for path in paths if os.path.isfile(path)}

    def assert_same_results(self, folder, reference=None):
        reference = reference or self.reference
        snapshots = sorted(os.listdir(os.path.join(reference, "snapshots")))
        self.assertEqual(sorted(os.listdir(os.path.join(folder, "snapshots"))), snapshots)
        for name in RESULTS + [os.path.join("snapshots", each) for each in snapshots]:
            self.assertEqual(read_bytes(folder, name), read_bytes(reference, name), name)

    def go_on(self, folder, *words, ranks=1, code=0):
        outcome = paget("run", f"--restart={folder}", *words, ranks=ranks)
        self.assertEqual(outcome.code, code, outcome.err)
        return outcome

    def test_the_case_shows_what_it_should(self):
        rows = read_rows(self.reference, "series.csv")
        self.assertEqual(len(rows), 9)
        for name, least in [("arrested", 3), ("flowing", 1)]:
            column = next(key for key in rows[0] if name in key)
            self.assertGreaterEqual(max(int(float(row[column])) for row in rows), least, column)
        self.assertGreater(len(read_rows(self.reference, "events.csv")), 5)
        self.assertEqual(sorted(checkpoints(self.reference)), [1, 2, 3, 4, 5, 6, 7, 8])

    def test_killed_again_and_again_on_1_4_3_8_2_ranks(self):
        folder = self.shop.join("chain")
        words = ["run", self.case, f"--output={folder}"]
        for hour, ranks in [(1, 1), (3, 4), (4, 3), (6, 8)]:
            err = run_until_killed(words, hour, folder, ranks)
            self.assertIn(hour, checkpoints(folder), err)
            words = ["run", f"--restart={folder}"]
        outcome = self.go_on(folder, ranks=2)
        self.assertEqual(outcome.state_hash(), self.whole.state_hash())
        self.assert_same_results(folder)
        inspected = paget("inspect", folder)
        self.assertEqual(inspected.code, 0, inspected.err)
        self.assertEqual(inspected.out.count(" ranks on "), 5, inspected.out)

    def test_from_every_checkpoint(self):
        for hour in (2, 5, 7):
            folder = self.copy_until(f"from{hour}", hour)
            self.assertEqual(self.go_on(folder).state_hash(), self.whole.state_hash())
            self.assert_same_results(folder)

    def test_a_run_that_has_ended_is_left_as_it_is(self):
        folder = self.copy_until("ended", 8)
        before = read_bytes(folder, "summary.json")
        self.assertIn("the run has ended and stays as it is", self.go_on(folder).err)
        self.assert_same_results(folder)
        self.assertEqual(read_bytes(folder, "summary.json"), before, "how long it took must not be lost")
        os.remove(os.path.join(folder, "summary.json"))  # as if it had been killed between its last two files
        self.assertEqual(self.go_on(folder).state_hash(), self.whole.state_hash())
        self.assert_same_results(folder)

    def test_damaged_checkpoints_are_passed_over(self):
        folder = self.copy_until("damaged", 5)
        files = checkpoints(folder)
        with open(files[5], "r+b") as file:
            file.seek(os.path.getsize(files[5]) // 2)
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 1]))
        os.truncate(files[4], os.path.getsize(files[4]) - 1)
        inspected = paget("inspect", folder)
        self.assertEqual(inspected.code, 0)
        self.assertEqual(inspected.out.count("is damaged"), 2, inspected.out)
        self.assertIn("newest whole checkpoint: " + files[3], inspected.out)
        outcome = self.go_on(folder)
        self.assertIn(f"warning: {files[5]} is damaged: its bytes do not fit its checksum", outcome.err)
        self.assertIn(f"warning: {files[4]} is damaged: it does not end with the seal", outcome.err)
        self.assertIn(f"going on from {files[3]}", outcome.err)
        self.assert_same_results(folder)

    def test_where_none_is_whole_the_run_does_not_begin_anew_by_itself(self):
        folder = self.copy_until("hopeless", 2)
        for file in checkpoints(folder).values():
            os.truncate(file, 4096)
        outcome = self.go_on(folder, code=4)
        self.assertIn(f"no checkpoint in '{folder}' is whole", outcome.err)
        self.assertEqual(paget("inspect", folder).code, 4)
        self.assertEqual(read_bytes(folder, "series.csv"), read_bytes(self.reference, "series.csv"))

    def test_a_run_killed_before_its_first_checkpoint_begins_anew(self):
        folder = self.copy_until("young", 0)
        self.assertEqual(paget("inspect", folder).code, 4)
        with open(os.path.join(folder, "checkpoints", "000000060000.h5.part"), "wb") as file:
            file.write(b"half")
        outcome = self.go_on(folder)
        self.assertIn("holds no checkpoint yet", outcome.err)
        self.assert_same_results(folder)
        self.assertEqual(glob.glob(os.path.join(folder, "checkpoints", "*.part")), [])

    def test_a_branch_of_a_run_without_checkpoint_begins_anew(self):
        folder = self.copy_until("childless", 0)
        branch = self.shop.join("first_branch")
        outcome = self.go_on(folder, f"--fork={branch}")
        self.assertIn("holds no checkpoint yet", outcome.err)
        self.assert_same_results(branch)

    def test_only_the_last_ones_are_kept(self):
        folder = self.copy_until("few", 1)
        self.go_on(folder, "--checkpoint.keep=2")
        self.assertEqual(sorted(checkpoints(folder)), [7, 8])

    def test_keys_that_would_break_the_state_are_refused_by_name(self):
        folder = self.copy_until("keys", 3)
        before = read_bytes(folder, "series.csv")
        for key, value in [("run.seed", "2"), ("organ.lung.size.x", "640 um"), ("organ.lung.voxel", "10 um"),
                           ("organ.breast.founders.count", "7"), ("field.il6.unit", "ug/ml"),
                           ("cell.cancer.cycle.model", "live"), ("organ.lung.vessels.spacing", "60 um"),
                           ("field.oxygen.initial", "3 mmHg")]:
            outcome = self.go_on(folder, f"--{key}={value}", code=1)
            self.assertIn(f"{key} cannot change when a run goes on", outcome.err)
        for name in ("organ.brain.soil=0.5", "field.oxide.unit=mmHg", "cell.t.motility.persistence=0 min"):
            outcome = self.go_on(folder, "--" + name, code=1)
            self.assertIn(".".join(name.split(".")[:2]), outcome.err)
        outcome = self.go_on(folder, "--run.end=2 h", code=1)
        self.assertIn("run.end is 2 h, but the checkpoint stands at 3 h", outcome.err)
        self.assertEqual(read_bytes(folder, "series.csv"), before)

    def test_keys_given_with_the_value_they_have_change_nothing(self):
        folder = self.copy_until("same", 6)
        self.go_on(folder, "--seed=1", "--organ.lung.size.x=320 um", "--run.end=480 min")
        self.assert_same_results(folder)

    def test_a_later_end_is_as_if_it_had_been_asked_for_at_once(self):
        long = self.shop.join("long")
        self.assertEqual(paget("run", self.case, f"--output={long}", "--run.end=10 h").code, 0)
        folder = self.copy_until("longer", 8)
        self.go_on(folder, "--run.end=10 h")
        for name in ("series.csv", "events.csv"):
            self.assertEqual(read_bytes(folder, name), read_bytes(long, name), name)
        # and what was changed is remembered
        newest = max(checkpoints(folder))
        os.remove(checkpoints(folder)[newest])
        self.go_on(folder)
        self.assertEqual(read_bytes(folder, "series.csv"), read_bytes(long, "series.csv"))

    def test_a_fork_leaves_the_run_as_it_is(self):
        folder = self.copy_until("trunk", 4)
        before = {name: read_bytes(folder, name) for name in RESULTS}
        same, other = self.shop.join("same_branch"), self.shop.join("other_branch")
        self.go_on(folder, f"--fork={same}")
        self.assert_same_results(same)
        outcome = self.go_on(folder, f"--fork={other}", "--organ.lung.soil=0", "--circulation.extravasation=2 1/h")
        self.assertNotEqual(outcome.state_hash(), self.whole.state_hash())
        early = read_bytes(self.reference, "series.csv").splitlines()[:5]
        self.assertEqual(read_bytes(other, "series.csv").splitlines()[:5], early)
        self.assertEqual({name: read_bytes(folder, name) for name in RESULTS}, before)
        self.assertEqual(max(checkpoints(folder)), 4)
        # A fork stands alone.
        for at, file in checkpoints(other).items():
            if at > 4:
                os.remove(file)
        shutil.rmtree(folder)
        self.assertEqual(self.go_on(other).state_hash(), outcome.state_hash())
        self.assertIn("holds an earlier run", self.go_on(same, f"--fork={other}", code=1).err)

    def test_a_fork_onto_its_trunk_is_refused(self):
        folder = self.copy_until("precious", 4)
        before = self.files_in(folder)
        link = self.shop.join("link")
        os.symlink(folder, link)
        for fork in (folder, folder + "/", os.path.join(folder, "checkpoints", ".."), link, os.path.dirname(folder)):
            outcome = self.go_on(folder, f"--fork={fork}", "--overwrite", code=1)
            self.assertIn("names the run to go on from, or a folder around it", outcome.err)
            self.assertEqual(self.files_in(folder), before)

    def test_a_fork_without_a_checkpoint_does_not_begin_anew(self):
        folder, branch = self.copy_until("stem", 3), self.shop.join("killed_branch")
        self.go_on(folder, f"--fork={branch}", "--organ.lung.soil=0")
        shutil.rmtree(os.path.join(branch, "checkpoints"))
        before = self.files_in(branch)
        self.assertIn("ended before its first checkpoint", self.go_on(branch, code=1).err)
        self.assertEqual(self.files_in(branch), before)

    def test_tracks_may_pause(self):
        lines = read_bytes(self.reference, "tracks.csv").splitlines(keepends=True)
        early = [line for line in lines if line.startswith(b"time_h") or float(line.split(b",")[0]) <= 5]
        late = [line for line in lines[1:] if float(line.split(b",")[0]) > 6]
        self.assertLess(len(early), len(lines))
        folder, branch = self.copy_until("paused", 5), self.shop.join("paused_branch")
        self.go_on(folder, f"--fork={branch}", "--output.tracks_every=0")
        self.assertEqual(read_bytes(branch, "tracks.csv"), b"".join(early))
        self.go_on(folder, "--output.tracks_every=0", "--run.end=6 hour")
        self.assertEqual(read_bytes(folder, "tracks.csv"), b"".join(early))
        self.go_on(folder, "--output.tracks_every=90 min", "--run.end=8 hour")
        self.assertEqual(read_bytes(folder, "tracks.csv"), b"".join(early + late))
        # a run that is begun anew without them, in the same folder, has none
        outcome = paget("run", self.case, f"--output={folder}", "--overwrite", "--output.tracks_every=0", "--run.end=1 hour")
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertFalse(os.path.exists(os.path.join(folder, "tracks.csv")))

    def test_what_makes_columns_stays(self):
        folder = self.copy_until("columns", 4)
        before = self.files_in(folder)
        outcome = self.go_on(folder, "--output.sample_volume=10 ml", code=1)
        self.assertIn("output.sample_volume", outcome.err)
        self.assertEqual(self.files_in(folder), before)

    def test_lines_of_problems_are_those_of_the_runs_case(self):
        folder = self.copy_until("lines", 4)
        err = self.go_on(folder, "--bed.lung.fed_by=arteries", code=1).err
        self.assertIn(f"lines are those of {folder}/case.ini", err)
        line, section, name = re.search(r"eager\.ini:(\d+): (bed\.\w+)\.(\w+)", err).groups()
        lines = read_bytes(folder, "case.ini").decode().splitlines()[:int(line)]
        self.assertTrue(lines[-1].startswith((name, f"[{section}]")), lines[-1])
        self.assertEqual([text for text in lines if text.startswith("[")][-1], f"[{section}]")

    def test_what_cannot_be_continued_is_refused(self):
        nowhere = self.shop.join("nowhere")
        self.assertIn("holds no run of Paget", self.go_on(nowhere, code=1).err)
        self.assertIn("holds no run of Paget", paget("inspect", nowhere).err)
        self.assertFalse(os.path.exists(nowhere))
        for words, reason in [(["run", self.case, f"--restart={nowhere}"], "the case comes from the checkpoint"),
                              (["run", f"--restart={nowhere}", "--output=x"], "--fork"),
                              (["run", f"--restart={nowhere}", "--overwrite"], "exclude each other"),
                              (["run", self.case, "--fork=x"], "--fork needs a run to go on from"),
                              (["inspect"], "needs a run folder")]:
            outcome = paget(*words)
            self.assertEqual(outcome.code, 1)
            self.assertIn(reason, outcome.err)


if __name__ == "__main__":
    unittest.main()
