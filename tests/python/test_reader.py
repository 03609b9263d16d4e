"""paget.Run against plain h5py, csv and json: the same numbers, and none read before it is asked for."""

import csv
import json
import os
import shutil
import unittest
from unittest import mock

import h5py
import numpy as np

from small_runs import SHOP, changing_run, grown_run, minimal_run, tracked_run

import paget
from paget.series import unit_of


def rows_of(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class ReaderTest(unittest.TestCase):
    def setUp(self):
        self.folder = minimal_run()
        self.run_ = paget.Run(self.folder)

    def last_snapshot(self):
        return h5py.File(os.path.join(self.folder, "snapshots", "000006.h5"), "r")


class Whole(ReaderTest):
    def test_status_and_summary(self):
        with open(os.path.join(self.folder, "summary.json"), encoding="utf-8") as file:
            self.assertEqual(self.run_.summary, json.load(file))
        self.assertIs(self.run_.status, paget.Status.COMPLETE)
        self.assertEqual((self.run_.organs, self.run_.primary), (["breast", "lung"], "breast"))

    def test_case_has_numbers_units_and_origins(self):
        case = self.run_.case
        self.assertEqual(case.file, os.path.join(os.environ["PAGET_ROOT"], "inputs", "minimal.ini"))
        self.assertEqual((case["run.end"].number, case["run.end"].unit), (7200, "min"))
        self.assertEqual((case["run.end"].origin, case["run.end"].default), ("given", "1 day"))
        self.assertEqual(case["organ.lung.voxel.x"].origin, "as organ.lung.voxel")
        self.assertEqual(
            (case["organ.lung.voxel"].origin, case["organ.lung.voxel"].source), ("default", "PhysiCell 1.14.2")
        )
        self.assertIsNone(case["organ.lung.vessels.flow"].number)
        self.assertEqual(case.under("organ.lung")["soil"].text, "0.5")
        self.assertIn("bed.breast.capture.single", case.given())
        self.assertEqual(case.names("bed"), ["breast", "lung", "rest"])

    def test_all_origins_that_the_program_writes(self):
        case = paget.Case.parse(
            "[dose]\n# given; there is no default (a (paper))\nat = 3 min\n"
            "# given; otherwise as organ.lung.soil (b)\nsoil = 1\n# given; the default is '' (c)\nfrom = x\n"
            "# as organ.lung.soil (d)\nlike = 2\n# default (e)\nnone =\n"
        )
        self.assertEqual(list(case.given()), ["dose.at", "dose.soil", "dose.from"])
        self.assertEqual(
            [(value.origin, value.default, value.otherwise, value.source) for value in case.values()],
            [
                ("given", None, "", "a (paper)"),
                ("given", None, "as organ.lung.soil", "b"),
                ("given", "", "", "c"),
                ("as organ.lung.soil", None, "", "d"),
                ("default", None, "", "e"),
            ],
        )
        self.assertEqual([key for key, value in self.run_.case.items() if not value.origin], [])

    def test_every_key_of_the_case_is_there(self):
        with open(os.path.join(self.folder, "case.ini"), encoding="utf-8") as file:
            lines = [line for line in file if " =" in line and not line.startswith("#")]
        self.assertEqual(len(self.run_.case), len(lines))

    def test_series_has_the_same_bits_as_hdf5(self):
        series = self.run_.series
        with h5py.File(os.path.join(self.folder, "series.h5"), "r") as file:
            self.assertEqual(set(file), set(series.columns))
            for name in file:
                self.assertEqual(series[name].dtype, file[name].dtype, name)
                np.testing.assert_array_equal(series[name].to_numpy(), file[name][...], err_msg=name)

    def test_series_knows_units(self):
        units = self.run_.series.attrs["units"]
        expected = {
            "time_h": "h",
            "lung.living": "cells",
            "lung.oxygen.mean_mmHg": "mmHg",
            "lung.ecm.mean": "1",
            "breast.self_seeded_share": "1",
            "blood.expected_in_7.5_ml": "cells",
        }
        self.assertEqual({name: units[name] for name in expected}, expected)
        self.assertEqual(set(units), set(self.run_.series))

    def test_every_column_that_the_program_writes_has_a_unit(self):
        """Those of docs/outputs.md that the small run lacks, and one of another version."""
        lengths = [f"vessels.{name}_um" for name in ("length", "flowing", "collapsed")] + ["gyration_um"]
        lengths += [f"{place}_{axis}_um" for place in ("centre", "low", "high") for axis in "xyz"]
        vessels = ["segments", "tips", "sprouts", "branches", "fusions", "starved", "regressed", "collapses"]
        vessels.append("maturity")
        expected = {name: "um" for name in lengths} | {f"vessels.{name}": "1" for name in vessels}
        expected |= {"vessels.pressure_mmHg": "mmHg", "oxygen.at_p_mmHg": "mmHg"}
        expected |= {"niche": "1", "cell_volume_um3": "um3"}
        cells = ("recruited", "left", "died.killed", "cancer.living", "cancer.dormant", "cancer.in_live")
        expected |= {name: "cells" for name in cells} | {"vessels.colour": "unknown", "mood": "unknown"}
        self.assertEqual({name: unit_of(f"lung.{name}", self.run_.case) for name in expected}, expected)
        self.assertEqual(unit_of("blood.lymph_cells", self.run_.case), "cells")
        self.assertNotIn("unknown", self.run_.series.attrs["units"].values())

    def test_columns_of_vessels_and_unknown_ones_are_read(self):
        folder = SHOP.join("more-columns")
        shutil.copytree(self.folder, folder)
        names = ["lung.vessels.pressure_mmHg", "lung.vessels.maturity", "lung.vessels.tips", "lung.mood"]
        with open(os.path.join(self.folder, "series.csv"), encoding="utf-8") as file:
            lines = file.read().splitlines()
        lines = [",".join([lines[0], *names]), *(line + ",12.25,0.5,3,0.125" for line in lines[1:])]
        with open(os.path.join(folder, "series.csv"), "w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in lines)
        series = paget.Run(folder).series
        self.assertEqual(list(series[names].iloc[-1]), [12.25, 0.5, 3, 0.125])
        self.assertEqual([series[name].dtype.kind for name in names], ["f", "f", "i", "f"])
        self.assertEqual([series.attrs["units"][name] for name in names], ["mmHg", "1", "1", "unknown"])

    def test_history(self):
        self.assertEqual([entry["ranks"] for entry in self.run_.history["runs"]], [1])


class EventTables(ReaderTest):
    def test_all_events(self):
        rows = rows_of(self.folder, "events.csv")
        self.assertGreater(len(rows), 20)
        for row, event in zip(rows, self.run_.events, strict=True):
            self.assertEqual(
                [
                    str(getattr(event, name))
                    if name not in ("time_h", "x_um", "y_um", "z_um")
                    else getattr(event, name)
                    for name in row
                ],
                [
                    value if name not in ("time_h", "x_um", "y_um", "z_um") else float(value)
                    for name, value in row.items()
                ],
            )

    def test_filters(self):
        rows = rows_of(self.folder, "events.csv")
        events = self.run_.events
        slept = [row for row in rows if row["fate"] == "sleeps"]
        self.assertEqual(events.where(fate="sleeps").count(), len(slept))
        late = [int(row["cell"]) for row in rows if 60 <= float(row["time_h"]) <= 100 and row["source"] == "lung"]
        found = events.where(since_h=60).where(until_h=100, source=("lung",)).frame()
        self.assertEqual(list(found["cell"]), late)
        self.assertGreater(len(late), 0)
        home = [row for row in rows if row["self_seeding"] == "yes"]
        self.assertEqual(events.where(self_seeding=True).count(), len(home))
        self.assertGreater(len(home), 0)
        self.assertEqual(len(events.where(destination="lung", source="unresolved").frame()), 0)

    def test_values_that_no_event_can_have(self):
        organs = "there are: breast, lung"
        for words, message in (
            ({"fate": "grow"}, "no event has fate 'grow' .there are: grows, sleeps, dies"),
            ({"fate": ("grows", "slept")}, "no event has fate 'slept'"),
            ({"destination": "lugn"}, f"no event has destination 'lugn' .{organs}"),
            ({"source": ["lung", "brest"]}, f"no event has source 'brest' .{organs}"),
            ({"self_seeding": "yes"}, "self_seeding is 'yes' .it must be True or False"),
        ):
            with self.subTest(words), self.assertRaisesRegex(paget.WrongValue, message):
                self.run_.events.where(**words)

    def test_values_out_of_a_table(self):
        clone = self.run_.events.frame()["clone"][0]
        rows = rows_of(self.folder, "events.csv")
        self.assertEqual(self.run_.events.where(clone=clone).count(), sum(row["clone"] == str(clone) for row in rows))
        tracks = paget.Run(tracked_run()).tracks
        cells = tracks.frame()["cell"].to_numpy()[:2]  # ids of 64 bits that differ in the last one
        rows = [row["cell"] for row in rows_of(tracked_run(), "tracks.csv")]
        self.assertEqual(tracks.where(cell=cells[0]).count(), rows.count(str(cells[0])))
        self.assertEqual(tracks.where(cell=cells).count(), rows.count(str(cells[0])) + rows.count(str(cells[1])))

    def test_values_that_no_track_can_have(self):
        tracks = paget.Run(tracked_run()).tracks
        for words, message in (
            ({"organ": "brest"}, "no cell has organ 'brest' .there are: breast, lung"),
            ({"type": ("cancer", "killer")}, "no cell has type 'killer' .there are: cancer"),
            ({"state": "hybird"}, "no cell has state 'hybird'"),
        ):
            with self.subTest(words), self.assertRaisesRegex(paget.WrongValue, message):
                tracks.where(**words)

    def test_small_pieces_give_the_same(self):
        whole = self.run_.events.seeds().frame()
        with mock.patch.object(paget.Events, "rows_at_once", 3):
            pieces = list(self.run_.events.seeds().pieces())
            self.assertTrue(all(len(piece) <= 3 for piece in pieces))
            self.assertTrue(self.run_.events.seeds().frame().equals(whole))

    def test_reading_stops_at_the_last_time_asked_for(self):
        with mock.patch.object(paget.Events, "rows_at_once", 2):
            first = float(rows_of(self.folder, "events.csv")[0]["time_h"])
            self.assertLessEqual(len(list(self.run_.events.where(until_h=first).pieces())), 2)

    def test_tracks(self):
        folder = tracked_run()
        rows = rows_of(folder, "tracks.csv")
        tracks = paget.Run(folder).tracks
        self.assertEqual(tracks.count(), len(rows))
        late = tracks.where(organ="breast", since_h=6).frame()
        expected = [row for row in rows if row["organ"] == "breast" and row["time_h"] == "6"]
        self.assertEqual([float(row["pressure"]) for row in expected], list(late["pressure"]))
        self.assertEqual(sum(row["parent"] == "" for row in expected), late["parent"].isna().sum())


class Pictures(ReaderTest):
    def test_times(self):
        self.assertEqual(self.run_.snapshots.times_h(), [0, 20, 40, 60, 80, 100, 120])
        self.assertEqual(self.run_.snapshots.at(71).number, 4)

    def test_cells(self):
        with self.last_snapshot() as file:
            for organ, tissue in self.run_.snapshots[-1].items():
                plain = file[f"organs/{organ}"]
                cells = tissue.cells()
                self.assertEqual(len(cells), tissue.cell_count)
                scene = [plain.attrs[f"scene_{axis}_um"] for axis in "xyz"]
                np.testing.assert_array_equal(
                    cells[["x_um", "y_um", "z_um"]], plain["cells/position"][...].reshape(-1, 3) - scene
                )
                for name, column in (
                    ("id", "id"),
                    ("radius", "radius_um"),
                    ("age", "age_h"),
                    ("clone", "clone"),
                    ("pressure", "pressure"),
                    ("journeys", "journeys"),
                ):
                    np.testing.assert_array_equal(cells[column], plain[f"cells/{name}"][...])
                for name in ("type", "state", "fate", "organ_of_birth"):
                    np.testing.assert_array_equal(cells[name].cat.codes, plain[f"cells/{name}"][...])
                self.assertTrue(cells[["x_um", "y_um", "z_um"]].min().min() >= 0)

    def test_words_agree_with_the_series(self):
        cells, row = self.run_.snapshots[-1]["lung"].cells(), self.run_.series.iloc[-1]
        for (state, fate), count in cells.groupby(["state", "fate"]).size().items():
            self.assertEqual(count, row[f"lung.{state}.{fate}"], (state, fate))

    def test_some_columns(self):
        cells = self.run_.snapshots[-1]["breast"].cells(["z_um", "clone"])
        self.assertEqual(list(cells), ["z_um", "clone"])
        with self.assertRaisesRegex(ValueError, "no column colour"):
            self.run_.snapshots[-1]["breast"].cells(["colour"])

    def test_fields(self):
        tissue = self.run_.snapshots[-1]["lung"]
        self.assertEqual(tissue.fields, {"ecm": "1", "oxygen": "mmHg"})
        with self.last_snapshot() as file:
            plain = file["organs/lung/fields/oxygen"][...]
        np.testing.assert_array_equal(tissue.field("oxygen"), plain)
        np.testing.assert_array_equal(tissue.field_layer("oxygen", 5), plain[5])
        self.assertEqual(tissue.shape, plain.shape)
        np.testing.assert_array_equal(tissue.size_um, [320, 320, 320])
        row = self.run_.series.iloc[-1]
        self.assertEqual(plain.max(), row["lung.oxygen.maximum_mmHg"])

    def test_vessels(self):
        tissue = self.run_.snapshots[0]["lung"]
        vessels = tissue.vessels()
        with h5py.File(os.path.join(self.folder, "snapshots", "vessels.h5"), "r") as file:
            plain = file["organs/lung/vessels"]
            self.assertEqual(len(vessels), len(plain["radius"]))
            np.testing.assert_array_equal(vessels["radius_um"], plain["radius"][...])
            ends = plain["position"][...].reshape(-1, 6) - np.tile(tissue.scene_um, 2)
            np.testing.assert_array_equal(vessels.iloc[:, :6], ends)
        for snapshot in self.run_.snapshots:
            self.assertEqual(len(snapshot["lung"].vessels()), len(vessels))
        self.assertEqual(tissue.tip_cells().shape, (0, 3))

    def test_vessels_that_grow_are_those_of_the_snapshot(self):
        run = paget.Run(grown_run())
        before, after = (snapshot["tissue"] for snapshot in (run.snapshots[0], run.snapshots[-1]))
        rows = run.series.iloc[[0, -1]]
        for tissue, (_, row) in zip((before, after), rows.iterrows()):
            vessels = tissue.vessels()
            ends = vessels.iloc[:, :6].to_numpy().reshape(-1, 2, 3)
            lengths = np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1)
            self.assertEqual(len(vessels), row["tissue.vessels.segments"])
            self.assertAlmostEqual(lengths.sum() / row["tissue.vessels.length_um"], 1, places=9)
            self.assertAlmostEqual(lengths[vessels["flowing"]].sum() / row["tissue.vessels.flowing_um"], 1, places=9)
            self.assertEqual(tissue.tip_cells().shape, (row["tissue.vessels.tips"], 3))
        self.assertFalse(before.vessels()["grown"].any())
        self.assertTrue(after.vessels()["grown"].any())
        self.assertEqual(after.vessels().attrs["units"]["blood_pressure"], "mmHg")
        with h5py.File(after.path, "r") as file:
            plain = file["organs/tissue/vessels/age"][...]
        np.testing.assert_array_equal(after.vessels()["age_h"], plain)

    def test_field_array_has_coordinates(self):
        try:
            import xarray  # noqa: F401 (only whether it is there)
        except ImportError:
            self.skipTest("python3-xarray is not installed")
        tissue = self.run_.snapshots[-1]["lung"]
        array = tissue.field_array("oxygen")
        self.assertEqual(array.dims, ("z", "y", "x"))
        self.assertEqual(float(array.sel(x=10, y=30, z=310)), tissue.field("oxygen")[15, 1, 0])
        self.assertEqual((array.attrs["units"], array.x.attrs["units"]), ("mmHg", "um"))


class Descent(ReaderTest):
    def test_who_seeded_whom(self):
        rows = rows_of(self.folder, "events.csv")
        seedings = self.run_.lineage.seedings()
        self.assertEqual(seedings[["grew", "slept", "died"]].to_numpy().sum(), len(rows))
        for entry in seedings.itertuples():
            mine = [row for row in rows if (row["source"], row["destination"]) == (entry.source, entry.destination)]
            self.assertEqual(
                [entry.grew, entry.slept, entry.died],
                [sum(row["fate"] == fate for row in mine) for fate in ("grows", "sleeps", "dies")],
            )
            self.assertEqual(entry.first_h, min(float(row["time_h"]) for row in mine if row["fate"] != "dies"))
        told = self.run_.summary["organs"]["lung"]["arrived_from"]["breast"]
        lung = seedings[(seedings.source == "breast") & (seedings.destination == "lung")].iloc[0]
        self.assertEqual({name: lung[name] for name in told}, told)

    def test_clones(self):
        clones = self.run_.lineage.clones()
        self.assertEqual(set(clones["home"]), {"breast"})
        with self.last_snapshot() as file:
            cells = file["organs/breast/cells"]
            numbers, fates, journeys = (cells[name][...] for name in ("clone", "fate", "journeys"))
        here = clones[(clones.time_h == 120) & (clones.organ == "breast")]
        self.assertEqual(here["cells"].sum(), np.count_nonzero(fates < 2))
        self.assertEqual(here.loc[here.travelled, "cells"].sum(), np.count_nonzero((fates < 2) & (journeys > 0)))
        largest = here.groupby("clone")["cells"].sum().idxmax()
        self.assertEqual(
            here.loc[here.clone == largest, "cells"].sum(), np.count_nonzero((numbers == largest) & (fates < 2))
        )

    def test_tumour_cells_that_turn_into_others_are_counted(self):
        run = paget.Run(changing_run())
        self.assertEqual(run.lineage.tumour_types, ["cancer", "fast", "slow"])
        clones, last = run.lineage.clones(), run.snapshots[-1]
        for organ in ("breast", "lung"):
            with h5py.File(last.path, "r") as file:
                cells = file[f"organs/{organ}/cells"]
                types, fates = cells["type"][...], cells["fate"][...]
            guest = run.case.names("cell").index("guest")
            here = clones[(clones.time_h == last.time_h) & (clones.organ == organ)]
            self.assertEqual(here["cells"].sum(), np.count_nonzero((fates < 2) & (types != guest)))
        self.assertGreater(np.count_nonzero(last["breast"].cells(["type"])["type"] == "fast"), 0)

    def test_tumour_cells_scattered_over_an_organ_are_founders(self):
        lineage = paget.Run(changing_run()).lineage
        self.assertEqual(lineage.homes, ["breast", "lung"])
        self.assertEqual(dict(lineage.founders().groupby("organ").size()), {"breast": 60, "lung": 30})
        clones = lineage.clones()
        self.assertGreater(clones["travelled"].sum(), 0)
        self.assertEqual(set(clones.loc[clones["travelled"], "home"]), {""})

    def test_founders(self):
        founders = self.run_.lineage.founders()
        self.assertEqual(list(founders["clone"]), list(range(60)))
        self.assertEqual(set(founders["organ"]), {"breast"})


class Laziness(ReaderTest):
    def test_looking_around_reads_no_data_set(self):
        with mock.patch.object(h5py.Dataset, "__getitem__", side_effect=AssertionError("a data set was read")):
            run = paget.Run(self.folder)
            for snapshot in run.snapshots:
                self.assertGreaterEqual(snapshot.time_h, 0)
                for tissue in snapshot.values():
                    self.assertGreaterEqual(tissue.cell_count, 0)
                    self.assertTrue(tissue.fields and tissue.shape and list(tissue.size_um))
            self.assertEqual(len(run.series), 11)
            with self.assertRaisesRegex(AssertionError, "a data set was read"):
                run.snapshots[-1]["lung"].field("oxygen")

    def test_some_columns_read_no_others(self):
        read, original = [], h5py.Dataset.__getitem__

        def spy(self, *words, **more):
            read.append(self.name)
            return original(self, *words, **more)

        with mock.patch.object(h5py.Dataset, "__getitem__", spy):
            self.run_.snapshots[-1]["breast"].cells(["clone", "fate"])
        self.assertEqual(
            read,
            ["/organs/breast/cells/clone", "/organs/breast/cells/fate"][: len(read)]
            if read[0].endswith("clone")
            else ["/organs/breast/cells/fate", "/organs/breast/cells/clone"],
        )

    def test_opening_a_run_opens_no_file_of_results(self):
        with mock.patch.object(h5py, "File", side_effect=AssertionError("an HDF5 file was opened")), mock.patch(
            "builtins.open", side_effect=AssertionError("a file was opened")
        ):
            run = paget.Run(self.folder)
            self.assertTrue(run.events and run.tracks)


if __name__ == "__main__":
    unittest.main()
