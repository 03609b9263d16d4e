"""Runs that the program makes for these tests, once per test program."""

import atexit
import functools
import os
import sys

ROOT = os.environ["PAGET_ROOT"]
sys.path[:0] = [os.path.join(ROOT, "tools", "python"), os.path.join(ROOT, "tests", "system")]

from paget_program import Workshop, input_text, paget  # noqa: E402 (its folder must be known first)

MINIMAL = os.path.join(ROOT, "inputs", "minimal.ini")
SHOP = Workshop()
atexit.register(SHOP.remove)


def make_run(name, case, *words, code=0):
    """The folder of a run of a case file."""
    folder = SHOP.join(name)
    outcome = paget("run", case, f"--output={folder}", *words)
    assert outcome.code == code, outcome.err
    return folder


@functools.lru_cache(maxsize=None)
def minimal_run():
    """Two organs, seven snapshots, arrivals of which some sleep, cells that come home."""
    return make_run(
        "minimal",
        MINIMAL,
        "--output.snapshot_every=20 hour",
        "--bed.breast.capture.single=0.3",
        "--circulation.extravasation=0.05 1/h",
        "--bed.breast.flow_share=50",
    )


@functools.lru_cache(maxsize=None)
def tracked_run():
    """A short one with a file of tracks."""
    return make_run("tracked", MINIMAL, "--run.end=6 hour", "--output.tracks_every=2 hour")


@functools.lru_cache(maxsize=None)
def grown_run():
    """Vessels that grow."""
    case = os.path.join(ROOT, "inputs", "angiogenesis.ini")
    return make_run("grown", case, "--run.end=12 hour", "--output.snapshot_every=12 hour")


@functools.lru_cache(maxsize=None)
def changing_run():
    """Tumour cells of three types, two of which come of the first only; some lie in the lung from the start on."""
    text = input_text("minimal.ini").replace("[organ.lung]", "[organ.lung]\nresidents.cancer = 30\nresidents.guest = 5")
    types = "[cell.guest]\n[cell.fast]\nbecomes.slow = 0.5 1/day\n[cell.slow]\n"
    rule = "[rules]\nhaste = cancer: oxygen increases turning_into_fast from 0 to 2 1/day, half at 20 mmHg\n"
    words = ("--circulation.extravasation=0.5 1/h", "--bed.lung.capture.single=0.9", "--output.snapshot_every=1 day")
    return make_run("changing", SHOP.write("changing.ini", text + types + rule), "--run.end=2 day", *words)


@functools.lru_cache(maxsize=None)
def lonely_run():
    """One organ, nothing that leaves it, and a name of a case file that would break a careless page."""
    text = input_text("minimal.ini")
    only = text[: text.index("[organ.lung]")] + text[text.index("[bed.breast]") :]
    case = SHOP.write("""a <b onclick="x">&amp;'q'.ini""", only)
    return make_run("lonely", case, "--cell.cancer.intravasation.rate.epithelial=0 1/h", "--run.end=1 day")
