"""paget-report: a run as one page of HTML."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import paget

from .page import make_page


def main(words: Sequence[str] | None = None) -> int:
    """Writes the page and says where. Returns the exit code: 0, or 1 if the folder holds no run that can be read."""
    options = _parser().parse_args(words)
    try:
        run = paget.Run(options.folder)
        output = Path(options.output or run.folder / "report.html")
        _check_output(output)
        page = make_page(run, output.parent, options.field)
        _write(output, page)
    except (paget.RunError, OSError) as error:
        print(f"paget-report: {error}", file=sys.stderr)
        return 1
    print(f"{output}: {len(page) // 1024} KiB, {run.status.value}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="paget-report",
        description="Writes a run of Paget as one page of HTML that needs " "nothing else: no network, no other file.",
    )
    parser.add_argument("folder", help="what was given to `paget run` as --output; the run may still go on")
    parser.add_argument("--output", help="page to write (default: report.html in the folder)")
    parser.add_argument("--field", help="field under the cells in slices (default: oxygen, or the case's first)")
    return parser


def _check_output(output: Path) -> None:
    """Raises OSError, in the words of who gave the path, before the page is made."""
    if output.is_dir():
        page = output / "report.html"
        raise OSError(f"{output} is a folder (the page is a file). Give a name in it: --output={page}.")
    if not output.parent.is_dir():
        raise OSError(f"--output={output}: there is no folder {output.parent} (so nothing can be written). Make it.")


def _write(output: Path, page: str) -> None:
    """Under its name it is whole."""
    part = output.with_name(output.name + ".part")
    try:
        part.write_text(page, encoding="utf-8")
        os.replace(part, output)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OSError(f"{output} cannot be written: {error.strerror} (there is no report). Try --output.") from error
