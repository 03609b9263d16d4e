"""Runs that are stopped, killed, starved of disk and continued."""

import glob
import os
import resource
import signal
import subprocess
import time

from paget_program import MPIEXEC, PROGRAM, paget, read_bytes

# Files of results; those of an interrupted run must be the bytes of one that was never interrupted.
RESULTS = ["series.csv", "series.h5", "events.csv", "state.h5", "fields.xmf", "cells.xmf", "vessels.xmf"]


def checkpoints(folder):
    """Whole checkpoints, the newest last."""
    return sorted(glob.glob(os.path.join(folder, "checkpoints", "*.h5")))


def is_writing_a_checkpoint(folder):
    return bool(glob.glob(os.path.join(folder, "checkpoints", "*.part")))


def results(folder):
    """All results by name."""
    names = RESULTS + sorted(os.path.relpath(path, folder) for path in glob.glob(os.path.join(folder, "snapshots", "*")))
    return {name: read_bytes(folder, name) for name in names}


class Job:
    """A run of the program in the background."""

    def __init__(self, words, ranks=1, log=None, program=None):
        launch = [*MPIEXEC, "-n", str(ranks)] if ranks > 1 else []
        self.log = log
        with open(log, "w", encoding="utf-8") if log else open(os.devnull, "w", encoding="utf-8") as out:
            self.process = subprocess.Popen([*launch, program or PROGRAM, *words], stdout=out, stderr=out)
        self.launched = ranks > 1

    def ranks(self):
        """Process numbers of the ranks that have started by now."""
        if not self.launched:
            return [self.process.pid]
        path = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        try:
            with open(path, encoding="ascii") as file:
                return [int(pid) for pid in file.read().split()]
        except OSError:
            return []

    def runs(self):
        return self.process.poll() is None

    def send(self, sig):
        """To the launcher, which passes USR1 and USR2 on to all ranks; to the program where there is none."""
        self.process.send_signal(sig)

    def kill_all(self):
        kill(self.process.pid, signal.SIGSTOP)  # or it starts more ranks after they were listed
        for pid in self.ranks() + [self.process.pid]:
            kill(pid)
        return self.wait()

    def kill_one(self, which):
        """The launcher ends the others."""
        pids = self.ranks()
        if pids:
            kill(pids[which % len(pids)])
        return self.wait()

    def limit_files(self, size):
        """No rank can make a file longer than that from now on; None: no limit."""
        for pid in self.ranks():
            limit = resource.RLIM_INFINITY if size is None else size
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    def wait(self, timeout=300):
        return self.process.wait(timeout)

    def wait_until(self, condition, timeout=120):
        """True once condition() holds, False if the job ends before."""
        end = time.monotonic() + timeout
        while not condition():
            if not self.runs() or time.monotonic() > end:
                return condition()
            time.sleep(0.002)
        return True

    def text(self):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return file.read()


def kill(pid, sig=signal.SIGKILL):
    try:
        os.kill(pid, sig)
    except ProcessLookupError:
        pass


class Campaign:
    """Runs of one case that are killed again and again, at random moments or while a checkpoint is being written, and
    continued on changing numbers of ranks until they are done."""

    def __init__(self, shop, case, words, random, ranks=(1, 2, 3)):
        self.shop, self.case, self.words, self.random, self.ranks = shop, case, words, random, ranks
        self.kills = self.kills_in_a_write = self.kills_with_a_checkpoint = self.runs = 0
        self.duration = None

    def reference(self):
        """Results of a run that nothing happens to; learns how long one takes here, which sets the moments of kills."""
        folder = self.shop.join("reference")
        start = time.monotonic()
        outcome = paget("run", self.case, f"--output={folder}", *self.words)
        assert outcome.code == 0, outcome.err
        self.duration = time.monotonic() - start
        return results(folder)

    def start(self, folder):
        go_on = bool(checkpoints(folder))
        words = ["run", f"--restart={folder}"] if go_on else ["run", self.case, f"--output={folder}", "--overwrite",
                                                              *self.words]
        return Job(words, self.random.choice(self.ranks), self.shop.join("log.txt"))

    def await_a_write(self, job, folder):
        """Until some checkpoints were made and one more is being written; False if the job ends before."""
        for _ in range(self.random.randrange(6)):
            before = checkpoints(folder)[-1:]
            job.wait_until(lambda before=before: checkpoints(folder)[-1:] != before)
        return job.wait_until(lambda: is_writing_a_checkpoint(folder))

    def kill_somehow(self, job, folder):
        """False if the job ended by itself before."""
        if self.random.random() < 0.5:
            if not self.await_a_write(job, folder):
                return False
            time.sleep(self.random.uniform(0, 0.005))
        else:
            time.sleep(self.random.uniform(0, self.duration / 2))
        if not job.runs():
            return False
        if self.random.random() < 0.5:
            job.kill_one(self.random.randrange(4))
        else:
            job.kill_all()
        self.kills += 1
        self.kills_in_a_write += is_writing_a_checkpoint(folder)
        self.kills_with_a_checkpoint += bool(checkpoints(folder))
        return True

    def run_with_kills(self, most):
        """One run from start to end with up to `most` kills. Returns its folder, and exit code and text of its last
        start."""
        folder = self.shop.join(f"killed{self.runs}")
        self.runs += 1
        for _ in range(most):
            job = self.start(folder)
            if not self.kill_somehow(job, folder):
                break
        else:
            job = self.start(folder)
        return folder, job.wait(), job.text()

    def runs_until(self, kills, most_per_run):
        """One run after the other, (folder, exit code, text) of each, until so many kills have hit."""
        while self.kills < kills:
            yield self.run_with_kills(min(most_per_run, kills - self.kills))
