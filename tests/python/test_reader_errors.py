"""Runs that go on, that were killed, and files that are no good."""

import os
import shutil
import signal
import subprocess
import time
import unittest

import h5py

from small_runs import MINIMAL, SHOP, lonely_run, minimal_run
from paget_program import PROGRAM
from paget_program import paget as paget_program

import paget


def copy_of(folder, name):
    copy = SHOP.join(name)
    shutil.copytree(folder, copy)
    return copy


def cut(folder, *name, by):
    path = os.path.join(folder, *name)
    os.truncate(path, os.path.getsize(path) - by)


class BadFiles(unittest.TestCase):
    def test_not_a_run(self):
        with self.assertRaisesRegex(paget.NotARun, "no folder .*--output"):
            paget.Run(SHOP.join("nothing-there"))
        with self.assertRaisesRegex(paget.NotARun, "no case.ini .*--output"):
            paget.Run(SHOP.path)

    def test_a_snapshot_that_is_cut_off(self):
        folder = copy_of(minimal_run(), "cut")
        cut(folder, "snapshots", "000006.h5", by=5000)
        run = paget.Run(folder)
        self.assertEqual(run.snapshots[5].time_h, 100)
        with self.assertRaisesRegex(paget.CutOffFile, "000006.h5 .*Copy it again"):
            run.snapshots[6]["lung"].cells()

    def test_a_summary_that_is_cut_off(self):
        folder = copy_of(minimal_run(), "cut-summary")
        cut(folder, "summary.json", by=20)
        with self.assertRaisesRegex(paget.CutOffFile, "summary.json is no whole JSON"):
            paget.Run(folder).summary

    def test_a_case_that_is_cut_off(self):
        for by in (1, 40):
            folder = copy_of(minimal_run(), f"cut-case-{by}")
            cut(folder, "case.ini", by=by)
            words = r"case.ini ends within an entry, in line \d+ .*Copy it again"
            with self.assertRaisesRegex(paget.CutOffFile, words):
                paget.Run(folder).case

    def test_another_format(self):
        folder = copy_of(minimal_run(), "older")
        with h5py.File(os.path.join(folder, "snapshots", "000006.h5"), "r+") as file:
            del file["organs/lung/cells/journeys"]
        with self.assertRaisesRegex(paget.OtherFormat, "journeys.*0.1.0.*of Paget"):
            paget.Run(folder).snapshots[6]["lung"].cells()
        events = os.path.join(folder, "events.csv")
        with open(events, encoding="utf-8") as file:
            text = file.read()
        with open(events, "w", encoding="utf-8") as file:
            file.write(text.replace("cluster_size", "size", 1))
        with self.assertRaisesRegex(paget.OtherFormat, "no column cluster_size"):
            paget.Run(folder).events.frame()

    def test_files_that_are_not_there(self):
        run = paget.Run(lonely_run())
        with self.assertRaisesRegex(paget.NotARun, "tracks.csv is not there"):
            run.tracks.frame()


class WrongNames(unittest.TestCase):
    """What was asked for is wrong, not the files; code that caught Python's own errors still does."""

    def setUp(self):
        self.run_ = paget.Run(minimal_run())
        self.lung = self.run_.snapshots[-1]["lung"]

    def assert_told(self, words, kind, call):
        with self.assertRaisesRegex(paget.RunError, words) as caught:
            call()
        self.assertIsInstance(caught.exception, kind)
        self.assertNotIsInstance(caught.exception, paget.OtherFormat)

    def test_fields(self):
        fields = "lung in .*000006.h5 has no field 'oxygenn' .there are: ecm, oxygen"
        for read in (self.lung.field, lambda name: self.lung.field_layer(name, 0), self.lung.field_array):
            self.assert_told(fields, KeyError, lambda: read("oxygenn"))
        blood = "blood of the lung .*no field 'vegf' .there are none"
        self.assert_told(blood, KeyError, lambda: self.lung.blood("vegf"))

    def test_layers_and_snapshots(self):
        for layer in (16, -17):
            self.assert_told("no layer .*0 to 15", IndexError, lambda: self.lung.field_layer("oxygen", layer))
        self.assertEqual(self.lung.field_layer("oxygen", -1).tolist(), self.lung.field_layer("oxygen", 15).tolist())
        self.assert_told("no snapshot 7 .*0 to 6", IndexError, lambda: self.run_.snapshots[7])
        self.assertEqual(len(list(self.run_.snapshots)), 7)

    def test_organs_and_keys(self):
        last = self.run_.snapshots[-1]
        self.assert_told("no organ 'lugn' .there are: breast, lung", KeyError, lambda: last["lugn"])
        self.assertIsNone(last.get("lugn"))
        key, words = "organ.lugn.soil", "minimal.ini has no key 'organ.lugn.soil' .nearest: .*organ.lung.soil"
        self.assert_told(words, KeyError, lambda: self.run_.case[key])
        self.assertIsNone(self.run_.case.get(key))
        self.assertNotIn(key, self.run_.case)

    def test_columns_of_cells(self):
        self.assert_told("no column xx .there are: id, x_um, .*clone", ValueError, lambda: self.lung.cells(["xx"]))
        self.assert_told(r"list of columns.*\['x_um'\]", ValueError, lambda: self.lung.cells("x_um"))


class DamagedTables(unittest.TestCase):
    """Of a run that is over every line is there."""

    def copy_with(self, name, file, change):
        """A copy in which the lines of a file are those that `change` makes of them."""
        folder = copy_of(minimal_run(), name)
        path = os.path.join(folder, file)
        with open(path, "rb") as stream:
            lines = stream.read().splitlines(keepends=True)
        with open(path, "wb") as stream:
            stream.writelines(change(lines))
        return paget.Run(folder)

    def test_series_that_lack_rows(self):
        for name, change, words in (
            ("ends-early", lambda lines: lines[:5], r"series.csv ends at 36 h, but the run came to 120 h"),
            ("header-only", lambda lines: lines[:1], "series.csv has no row"),
            ("no-bytes", lambda lines: [], "series.csv has no row"),
            ("half-row", lambda lines: [*lines[:-1], lines[-1][:30]], "ends within a line, though the run is over"),
            ("short-row", lambda lines: [*lines[:3], b"24,5\n", *lines[4:]], r"2 entries instead of \d+ in line 4"),
            ("short-end", lambda lines: [*lines[:-1], b"120,5\n"], r"2 entries instead of \d+ in line 12"),
            ("long-row", lambda lines: [lines[0], *(line[:-1] + b",1\n" for line in lines[1:])], "in line 2"),
        ):
            run = self.copy_with(f"series-{name}", "series.csv", change)
            with self.subTest(name), self.assertRaisesRegex(paget.CutOffFile, words + ".*Copy it again"):
                run.series

    def test_events_that_lack_rows(self):
        for name, change, words in (
            ("ends-early", lambda lines: lines[:5], r"has 4 of the \d+ events that summary.json counts"),
            ("header-only", lambda lines: lines[:1], r"has 0 of the \d+ events"),
            ("no-bytes", lambda lines: [], r"has 0 of the \d+ events"),
            ("half-row", lambda lines: [*lines[:-1], lines[-1][:9]], "ends within a line"),
            ("short-row", lambda lines: [*lines[:3], lines[3].rpartition(b",")[0] + b"\n"], "11 entries .*line 4"),
        ):
            run = self.copy_with(f"events-{name}", "events.csv", change)
            with self.subTest(name), self.assertRaisesRegex(paget.CutOffFile, words + ".*Copy it again"):
                run.events.frame()

    def test_what_is_no_number_or_no_text(self):
        def with_entry(entry):
            return lambda lines: [*lines[:3], b",".join([lines[3].split(b",")[0], entry, *lines[3].split(b",")[2:]])]

        for file, read in (("series.csv", lambda run: run.series), ("events.csv", lambda run: run.events.frame())):
            for name, entry, words in (("word", b"many", "has 'many' in line 4"), ("bytes", b"\xff\xfe", "in line 4")):
                run = self.copy_with(f"{name}-{file}", file, with_entry(entry))
                with self.subTest(file, entry=entry), self.assertRaisesRegex(paget.CutOffFile, f"{file} .*{words}"):
                    read(run)


class UnfinishedRuns(unittest.TestCase):
    def test_a_run_that_was_stopped_early(self):
        folder = SHOP.join("stopped")
        outcome = paget_program("run", MINIMAL, f"--output={folder}", "--run.end=4000 day", "--max-wall-time=3 s")
        self.assertEqual(outcome.code, 85, outcome.err)
        run = paget.Run(folder)
        self.assertIs(run.status, paget.Status.STOPPED)
        self.assertLess(run.summary["run"]["simulated_h"], 96000)

    def test_a_line_that_is_being_written_is_left_out(self):
        folder = copy_of(minimal_run(), "half-line")
        rows = paget.Run(folder).series.shape[0]
        events = paget.Run(folder).events.count()
        os.remove(os.path.join(folder, "summary.json"))
        cut(folder, "series.csv", by=3)
        cut(folder, "events.csv", by=3)
        run = paget.Run(folder)
        self.assertEqual((len(run.series), run.events.count()), (rows - 1, events - 1))

    def test_no_events_and_no_rows(self):
        run = paget.Run(lonely_run())
        self.assertEqual((run.events.count(), len(run.events.frame()), len(run.lineage.seedings())), (0, 0, 0))
        self.assertEqual(list(run.events.frame()), list(paget.Events.columns))
        folder = copy_of(lonely_run(), "no-rows")
        os.remove(os.path.join(folder, "summary.json"))
        for name in ("series.csv", "events.csv"):
            os.truncate(os.path.join(folder, name), 0)
        self.assertEqual((len(paget.Run(folder).series), paget.Run(folder).events.count()), (0, 0))

    def test_a_run_that_goes_on_and_is_killed(self):
        folder = SHOP.join("live")
        case = [PROGRAM, "run", MINIMAL, f"--output={folder}", "--run.end=500 day", "--output.snapshot_every=12 hour"]
        with subprocess.Popen(case, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                run = self.wait_for_rows(folder, 2)
                self.assertIs(run.status, paget.Status.RUNNING)
                self.assertIsNone(run.summary)
                before = len(run.series)
                self.assertGreaterEqual(run.snapshots[0]["breast"].cell_count, 60)
                self.assertEqual(len(run.series), before, "what was read is kept")
                self.wait_for_rows(folder, before + 1)
                self.assertGreater(len(run.refresh().series), before)
            finally:
                process.send_signal(signal.SIGKILL)
        self.assertIs(run.refresh().status, paget.Status.KILLED)

    def wait_for_rows(self, folder, rows):
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                run = paget.Run(folder)
                if len(run.series) >= rows and len(run.snapshots) > 0:
                    return run
            except paget.NotARun:
                pass
            time.sleep(0.05)
        self.fail(f"{folder} has no {rows} rows yet")


if __name__ == "__main__":
    unittest.main()
