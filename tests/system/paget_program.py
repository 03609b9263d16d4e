"""Runs the program under test and reads what it wrote. Standard library only."""

import csv
import os
import re
import resource
import shlex
import shutil
import subprocess
import tempfile

PROGRAM = os.environ["PAGET_PROGRAM"]
MPIEXEC = shlex.split(os.environ["PAGET_MPIEXEC"])
ROOT = os.environ["PAGET_ROOT"]


class Outcome:
    """Exit code, texts and processor time of one call."""

    def __init__(self, process, cpu_seconds):
        self.cpu_seconds = cpu_seconds
        self.code = process.returncode
        self.out = process.stdout
        self.err = process.stderr

    def state_hash(self):
        return re.search(r"state hash: ([0-9a-f]{16})", self.out).group(1)


def paget(*words, ranks=1, cwd=None, timeout=300):
    """Calls the program on a number of ranks; one rank runs without mpirun."""
    command = ([*MPIEXEC, "-n", str(ranks)] if ranks > 1 else []) + [PROGRAM, *words]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=timeout, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Outcome(process, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


class Workshop:
    """A folder that is removed again, with cases and runs in it."""

    def __init__(self):
        self.path = tempfile.mkdtemp(prefix="paget-test-")

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)

    def join(self, *parts):
        return os.path.join(self.path, *parts)

    def write(self, name, text):
        with open(self.join(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.join(name)


def input_text(name):
    with open(os.path.join(ROOT, "inputs", name), encoding="utf-8") as file:
        return file.read()


def read_bytes(*parts):
    with open(os.path.join(*parts), "rb") as file:
        return file.read()


def read_rows(*parts):
    with open(os.path.join(*parts), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
