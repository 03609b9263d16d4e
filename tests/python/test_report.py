"""paget-report: every number is that of the files, every figure is there, and nothing from a run becomes markup."""

import json
import os
import shutil
import subprocess
import sys
import unittest
from urllib.parse import unquote

from plain import PlainRun
from report_page import Page
from small_runs import ROOT, SHOP, changing_run, lonely_run, minimal_run

SECTIONS = ["case", "cascade", "growth", "clones", "seeding", "tissue", "biopsy", "ledger", "performance", "provenance"]


def copy_of(folder, name):
    copy = SHOP.join(name)
    shutil.copytree(folder, copy)
    return copy


def report(folder, *words):
    """The outcome of the command."""
    command = [sys.executable, "-B", os.path.join(ROOT, "tools", "paget-report"), folder, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def page_of(folder):
    outcome = report(folder)
    assert outcome.returncode == 0, outcome.stderr
    with open(os.path.join(folder, "report.html"), encoding="utf-8") as file:
        text = file.read()
    return Page(text), text


class PageTest(unittest.TestCase):
    def assert_numbers_are_those_of_the_files(self, folder, page, least):
        plain = PlainRun(folder)
        self.assertGreater(len(page.numbers()), least)
        for element in page.numbers():
            source, value = element.attributes["data-from"], float(element.attributes["data-value"])
            expected = plain.value_of(source)
            self.assertAlmostEqual(value, expected, delta=1e-9 * abs(expected), msg=source)
            shown = float(element.text().replace("\u202f", ""))
            self.assertAlmostEqual(shown, value, delta=5e-3 * abs(value), msg=source)
            if element.attributes["data-value"].isdigit():
                self.assertEqual(shown, value, f"counts are shown whole: {source}")

    def assert_page_is_sound(self, folder, page, text):
        ids = page.ids()
        self.assertEqual(sorted(set(ids)), sorted(ids), "ids are unique")
        self.assert_links_work(folder, page, ids)
        for name in ("src", "href"):
            for element in page.root.all():
                self.assertFalse(
                    element.attributes.get(name, "").startswith(("http:", "https:", "//")), element.attributes
                )
        self.assertNotIn("@import", text)
        self.assertNotIn("url(http", text)
        self.assert_pictures_tell_what_they_show(page)

    def assert_links_work(self, folder, page, ids):
        for element in page.root.all("a"):
            target = element.attributes["href"]
            if target.startswith("#"):
                self.assertIn(target[1:], ids)
            else:
                self.assertTrue(os.path.isfile(os.path.join(folder, unquote(target))), target)

    def assert_pictures_tell_what_they_show(self, page):
        for element in page.root.all("img"):
            self.assertTrue(element.attributes["src"].startswith("data:image/png;base64,"))
            self.assertGreater(len(element.attributes["alt"]), 10)
        for element in page.root.all("svg"):
            self.assertEqual([child.name for child in element.children[:2]], ["title", "desc"])
            self.assertEqual(element.attributes["role"], "img")
        for element in page.root.all("figure"):
            self.assertTrue(any(element.all("figcaption")))
            if element.attributes["class"] == "chart":
                self.assertTrue(any(element.all("table")), "a figure has the table behind it")

    def sections(self, page):
        return [element.attributes["id"] for element in page.root.all("section")]


class WholeRun(PageTest):
    @classmethod
    def setUpClass(cls):
        cls.folder = minimal_run()
        cls.page, cls.text = page_of(cls.folder)

    def test_numbers(self):
        self.assert_numbers_are_those_of_the_files(self.folder, self.page, 250)

    def test_page(self):
        self.assert_page_is_sound(self.folder, self.page, self.text)
        self.assertEqual(self.sections(self.page), SECTIONS)

    def test_every_figure_is_there(self):
        figures = {element.attributes["id"] for element in self.page.root.all("figure")}
        expected = {
            "fig-cascade",
            "fig-growth",
            "fig-clones",
            "fig-clones-lung",
            "fig-seeding",
            "fig-blood",
            "fig-sample",
            "fig-slice-breast-6",
            "fig-slice-lung-6",
            "fig-slice-breast-0",
            "fig-imaging-breast",
            "fig-imaging-lung",
        }
        with open(os.path.join(self.folder, "summary.json"), encoding="utf-8") as file:
            expected |= {"fig-time"} if "performance" in json.load(file) else set()
        self.assertLessEqual(expected, figures)

    def test_self_seeding_is_shown_as_an_arrow(self):
        figure = next(f for f in self.page.root.all("figure") if f.attributes["id"] == "fig-seeding")
        titles = [t.text() for t in figure.all("title")]
        self.assertTrue(any(title.startswith("breast to breast") for title in titles), titles)
        dashed = [p for p in figure.all("path") if "marker-end" in p.attributes and "stroke-dasharray" in p.attributes]
        self.assertGreaterEqual(len(dashed), 2, "in the wide and in the narrow drawing")

    def test_the_ledger_closes(self):
        section = next(s for s in self.page.root.all("section") if s.attributes["id"] == "ledger")
        self.assertIn("closed: every cell is accounted for", section.text())
        self.assertNotIn("✗", section.text())

    def test_the_same_page_again(self):
        self.assertEqual(page_of(self.folder)[1], self.text)

    def test_another_place_and_field(self):
        other = SHOP.join("elsewhere")
        os.makedirs(other, exist_ok=True)
        outcome = report(self.folder, f"--output={other}/page.html", "--field=ecm")
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        with open(os.path.join(other, "page.html"), encoding="utf-8") as file:
            text = file.read()
        self.assert_page_is_sound(other, Page(text), text)
        self.assertIn("ecm in colour", text)

    def assert_error(self, folder, *words, message):
        outcome = report(folder, *words)
        self.assertEqual((outcome.returncode, outcome.stdout), (1, ""))
        self.assertRegex(outcome.stderr, "^paget-report: " + message)
        self.assertNotIn("Traceback", outcome.stderr)

    def test_errors_are_told(self):
        self.assert_error(SHOP.join("no-such-run"), message=".*is no folder")
        self.assert_error(self.folder, "--field=nosuch", message=".*no field 'nosuch' .there are: ecm, oxygen")

    def test_a_page_that_cannot_be_written(self):
        place = SHOP.join("a-folder")
        os.makedirs(place, exist_ok=True)
        self.assert_error(self.folder, f"--output={place}", message=f"{place} is a folder .*{place}/report.html")
        self.assertFalse(os.path.exists(place + ".part"))
        missing = SHOP.join("no-folder/page.html")
        self.assert_error(self.folder, f"--output={missing}", message=f"--output={missing}: there is no folder")

    def test_a_complete_run_whose_tables_are_cut_off(self):
        for name in ("series.csv", "events.csv"):
            folder = copy_of(self.folder, f"cut-{name}")
            with open(os.path.join(folder, name), "r+", encoding="utf-8") as file:
                lines = file.readlines()
                file.seek(0)
                file.truncate()
                file.writelines(lines[: len(lines) // 2])
            self.assert_error(folder, message=f".*{name} .*Copy it again")
            self.assertFalse(os.path.exists(os.path.join(folder, "report.html.part")))


class OtherRuns(PageTest):
    def check(self, folder, least):
        page, text = page_of(folder)
        self.assert_numbers_are_those_of_the_files(folder, page, least)
        self.assert_page_is_sound(folder, page, text)
        return page, text

    def test_one_organ_nothing_shed_and_a_hostile_name(self):
        page, text = self.check(lonely_run(), 50)
        self.assertEqual(self.sections(page), SECTIONS)
        self.assertIn("No cell has entered the blood.", text)
        self.assertIn("No cell that left the blood has taken root", text)
        heading = next(page.root.all("h1")).text()
        self.assertEqual(heading, """a <b onclick="x">&amp;'q'.ini""")
        self.assertFalse(any(page.root.all("b")))
        self.assertFalse(any("onclick" in element.attributes for element in page.root.all()))

    def test_tumour_cells_of_several_types_that_begin_in_two_organs(self):
        page, _ = self.check(changing_run(), 150)
        sources = [number.attributes["data-from"] for number in page.numbers()]
        self.assertTrue(any("#breast?volume" in source for source in sources))
        self.assertTrue(any("#lung?clone=" in source and source.endswith("&travelled=yes}") for source in sources))

    def test_a_killed_run_is_shown_up_to_its_last_row(self):
        folder = copy_of(minimal_run(), "killed-report")
        for name in ("summary.json", "state.h5"):
            os.remove(os.path.join(folder, name))
        self.keep_rows(folder, 6)
        page, text = self.check(folder, 150)
        self.assertIn("Killed", text)
        self.assertIn("Known when the run has ended.", text)
        figures = {element.attributes["id"] for element in page.root.all("figure")}
        self.assertIn("fig-slice-breast-3", figures)
        self.assertNotIn("fig-slice-breast-6", figures, "60 h is the last row")

    def test_a_run_without_snapshots(self):
        folder = copy_of(minimal_run(), "no-snapshots")
        shutil.rmtree(os.path.join(folder, "snapshots"))
        page, text = self.check(folder, 150)
        self.assertEqual(self.sections(page), SECTIONS)
        self.assertIn("The run has no snapshot yet.", text)
        self.assertIn("need at least two snapshots", text)

    def test_a_run_that_has_just_begun(self):
        folder = copy_of(minimal_run(), "begun")
        for name in ("summary.json", "state.h5"):
            os.remove(os.path.join(folder, name))
        self.keep_rows(folder, 0)
        shutil.rmtree(os.path.join(folder, "snapshots"))
        page, text = self.check(folder, 5)
        self.assertEqual(self.sections(page), ["case", "provenance"])
        self.assertIn("There is no output yet", text)

    def test_all_keys_that_the_case_gives_are_listed(self):
        folder = copy_of(minimal_run(), "doses")
        with open(os.path.join(folder, "case.ini"), "a", encoding="utf-8") as file:
            file.write("\n[drug.pill]\n# given; there is no default (assumption)\ndose = 2 mg\n")
            file.write("# given; otherwise as drug.pill.dose (assumption)\nlast_dose = 3 mg\n")
        page, _ = self.check(folder, 150)
        lists = next(t for t in page.root.all("table") if t.attributes["aria-label"].startswith("Keys given"))
        rows = {row.children[0].text(): [cell.text() for cell in row.children[1:]] for row in lists.all("tr")}
        self.assertEqual(rows["drug.pill.dose"], ["2 mg", "none"])
        self.assertEqual(rows["drug.pill.last_dose"], ["3 mg", "as drug.pill.dose"])

    def test_one_row_only(self):
        folder = copy_of(minimal_run(), "one-row")
        os.remove(os.path.join(folder, "summary.json"))
        self.keep_rows(folder, 1)
        page, _ = self.check(folder, 50)
        self.assertEqual(self.sections(page), SECTIONS)

    def test_one_of_each_and_a_tumour_that_died_out(self):
        folder = copy_of(minimal_run(), "died-out")
        os.remove(os.path.join(folder, "summary.json"))
        self.keep_rows(folder, 3)
        self.set_last(folder, {"breast.living": 0, "lung.living": 1, "blood.shed": 1})
        page, text = self.check(folder, 50)
        tiles = [tile.text() for tile in page.root.all("li")]
        for words in ("1 simulated day", "1 living cell", "1 cell entered the blood"):
            self.assertIn(words, tiles)
        self.assertIn("0 cells are left in the breast, so none is self-seeded", tiles)
        self.assertIn("Of 1 cell that entered the blood", text)
        figure = next(f for f in page.root.all("figure") if f.attributes["id"] == "fig-growth")
        wide = next(figure.all("svg"))
        leaders = [line for line in wide.all("line") if line.attributes["stroke"] == "#999"]
        lengths = [float(line.attributes["x2"]) - float(line.attributes["x1"]) for line in leaders]
        self.assertLess(max(lengths), 20, "no line goes on from where a curve has ended to its name")

    def set_last(self, folder, values):
        """Other numbers in the last row of the time series."""
        path = os.path.join(folder, "series.csv")
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
        row = dict(zip(lines[0].split(","), lines[-1].split(","))) | values
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in (*lines[:-1], ",".join(map(str, row.values()))))

    def keep_rows(self, folder, rows):
        path = os.path.join(folder, "series.csv")
        with open(path, encoding="utf-8") as file:
            lines = file.readlines()
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(lines[: rows + 1])


if __name__ == "__main__":
    unittest.main()
