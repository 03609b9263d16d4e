"""The report in headless Chromium, on a desktop and on a phone, by keyboard and on paper."""

import os
import shutil
import unittest
from pathlib import Path

import chromium
from small_runs import SHOP, lonely_run, minimal_run
from test_report import page_of

PROGRAM = chromium.find()
WIDTHS = (1280, 390)

VISIBLE_FIGURES = """[...document.querySelectorAll('figure')].map((figure) => {
  const shown = [...figure.querySelectorAll('svg, img')].filter((part) => part.getBoundingClientRect().width > 0);
  const box = shown.length ? shown[0].getBoundingClientRect() : {width: 0, height: 0};
  return [figure.id, shown.length, box.width, box.height, shown.every((p) => p.tagName != 'IMG' || p.naturalWidth > 0)];
})"""
CUT_OFF_TEXT = """[...document.querySelectorAll('svg')].filter((s) => s.getClientRects().length > 0).flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1
        || box.top < frame.top - 1;
  }).map((text) => svg.getAttribute('aria-label').slice(0, 30) + ': ' + text.textContent);
})"""
SMALL_TEXT = """[...document.querySelectorAll('svg')].filter((s) => s.getClientRects().length > 0).flatMap((svg) => {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return [...svg.querySelectorAll('text')].map((text) => scale * parseFloat(getComputedStyle(text).fontSize));
}).reduce((a, b) => Math.min(a, b), 99)"""


@unittest.skipUnless(PROGRAM, "chromium is not installed (apt-get install chromium)")
class InChromium(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = chromium.Browser(PROGRAM)
        cls.addClassCleanup(cls.browser.close)
        cls.whole = minimal_run()
        page_of(cls.whole)

    def open(self, folder, width):
        self.browser.problems.clear()
        self.browser.requests.clear()
        self.url = Path(folder, "report.html").resolve().as_uri()
        self.browser.open(self.url, width)

    def assert_sound(self, name, width):
        self.assertEqual(self.browser.problems, [], name)
        others = [url for url in self.browser.requests if not url.startswith(("data:", self.url))]
        self.assertEqual(others, [], "nothing is loaded from anywhere else")
        self.assertEqual(
            self.browser.run("document.documentElement.scrollWidth"), width, "nothing sticks out to the side"
        )
        self.assertEqual(self.browser.run(CUT_OFF_TEXT), [], name)
        for figure, shown, wide, high, loaded in self.browser.run(VISIBLE_FIGURES):
            self.assertTrue(shown == 1 and wide > 100 and high > 60 and loaded, (figure, shown, wide, high, loaded))

    def test_every_figure_on_desktop_and_phone(self):
        for width in WIDTHS:
            with self.subTest(width=width):
                self.open(self.whole, width)
                self.assert_sound("minimal", width)
                self.assertGreaterEqual(len(self.browser.run(VISIBLE_FIGURES)), 12)
                self.assertGreaterEqual(self.browser.run(SMALL_TEXT), 10, "pixels that the smallest letters have")

    def test_a_run_without_spread_and_one_that_has_just_begun(self):
        lonely = lonely_run()
        page_of(lonely)
        begun = SHOP.join("begun-browser")
        shutil.copytree(lonely, begun)
        os.remove(os.path.join(begun, "summary.json"))
        os.truncate(os.path.join(begun, "series.csv"), 0)
        page_of(begun)
        for folder in (lonely, begun):
            for width in WIDTHS:
                with self.subTest(folder=folder, width=width):
                    self.open(folder, width)
                    self.assert_sound(folder, width)

    def test_links_lead_to_their_sections(self):
        self.open(self.whole, 1280)
        for target in self.browser.run(
            "[...document.querySelectorAll('nav a')].map((a) => a.getAttribute('href').slice(1))"
        ):
            self.browser.run(f"document.querySelector('nav a[href=\"#{target}\"]').click()")
            self.assertEqual(self.browser.run("location.hash"), "#" + target)
            self.assertTrue(self.browser.run(f"document.querySelector(':target').id === {target!r}"))

    def test_the_keyboard_reaches_everything(self):
        self.open(self.whole, 1280)
        self.browser.press("Tab", 9)
        self.assertEqual(self.browser.run("document.activeElement.className"), "skip")
        self.assertGreaterEqual(
            self.browser.run("document.activeElement.getBoundingClientRect().left"),
            0,
            "the skip link is seen when it has the focus",
        )
        wanted = self.browser.run("document.querySelectorAll('nav a').length")
        for _ in range(wanted):
            self.browser.press("Tab", 9)
        self.assertEqual(self.browser.run("document.activeElement.getAttribute('href')"), "#provenance")
        reached = set()
        for _ in range(80):
            self.browser.press("Tab", 9)
            reached.add(self.browser.run("document.activeElement.tagName + ' ' + document.activeElement.className"))
        self.assertLessEqual({"SUMMARY ", "DIV scroll", "A "}, reached)

    def test_a_fold_opens_and_the_page_stays_as_wide(self):
        self.open(self.whole, 390)
        self.browser.run("document.querySelector('summary').focus()")
        self.assertFalse(self.browser.run("document.querySelector('details').open"))
        self.browser.run("document.querySelector('summary').click()")
        self.assertTrue(self.browser.run("document.querySelector('details').open"))
        self.assertEqual(
            self.browser.run("document.documentElement.scrollWidth"), 390, "wide tables scroll by themselves"
        )

    def test_on_paper(self):
        self.open(self.whole, 1280)
        self.browser.ask("Emulation.setEmulatedMedia", media="print")
        self.addCleanup(self.browser.ask, "Emulation.setEmulatedMedia", media="")
        self.assertEqual(self.browser.run("getComputedStyle(document.querySelector('nav')).display"), "none")
        self.browser.run("dispatchEvent(new Event('beforeprint'))")
        self.assertEqual(self.browser.run("document.querySelectorAll('details:not([open])').length"), 0)
        self.browser.run("dispatchEvent(new Event('afterprint'))")
        self.assertEqual(self.browser.run("document.querySelectorAll('details[open]').length"), 0)


if __name__ == "__main__":
    unittest.main()
