"""A private SLURM of several emulated nodes on this machine, for tests; nothing of it is left behind."""

import os
import re
import shutil
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = ["slurmctld", "slurmd", "munged", "sbatch", "scontrol"]


def missing_programs():
    path = os.environ.get("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin"
    return [name for name in PROGRAMS if not shutil.which(name, path=path)]


class Cluster:
    """Up from construction to stop()."""

    def __init__(self, nodes=4, cpus=4):
        self.folder = tempfile.mkdtemp(prefix="pslurm-", dir="/tmp")  # short: sockets have short names
        os.rmdir(self.folder)
        command = [os.path.join(HERE, "cluster_up.sh"), "--dir", self.folder, "--nodes", str(nodes), "--cpus",
                   str(cpus), "--quiet"]
        environment = {**os.environ, "PAGET_SLURM_SLURMD_TIMEOUT": "15"}  # so soon a dead node is noticed
        up = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment)
        if up.returncode != 0:
            raise RuntimeError(f"the test cluster does not start ({up.returncode}): {up.stderr}")

    def stop(self):
        subprocess.run([os.path.join(HERE, "cluster_down.sh"), "--dir", self.folder, "--quiet"], timeout=60, check=False)

    def run(self, *words, cwd=None, environment=None):
        """A command as a user of the cluster types it; its output."""
        command = f". {self.folder}/env.sh; exec \"$@\""
        done = subprocess.run(["bash", "-c", command, "bash", *words], cwd=cwd, capture_output=True, text=True,
                              timeout=60, check=False, env={**os.environ, **(environment or {})})
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(words)}: {done.returncode}: {done.stderr}")
        return done.stdout

    def submit(self, *words, cwd, environment=None):
        """Number of the job."""
        return self.run("sbatch", "--parsable", *words, cwd=cwd, environment=environment).strip().split(";")[0]

    def describe(self, job):
        """What SLURM knows of a job, by its own names."""
        text = self.run("scontrol", "-o", "show", "job", job).splitlines()[0]
        return dict(re.findall(r"(\w+)=(\S*)", text))

    def state(self, job):
        return self.describe(job)["JobState"]

    def wait(self, job, *states, timeout=300):
        """Until the job is in one of the states (or in a final one); the state."""
        final = {"COMPLETED", "FAILED", "TIMEOUT", "CANCELLED", "NODE_FAIL", "OUT_OF_MEMORY", "DEADLINE"}
        wanted = set(states) or final
        end = time.monotonic() + timeout
        while True:
            state = self.state(job)
            if state in wanted or state in final:
                return state
            if time.monotonic() > end:
                raise TimeoutError(f"job {job} is {state}, not {wanted}, after {timeout} s")
            time.sleep(0.3)

    def kill_node(self, name):
        """The node dies: its daemon and everything that runs on it."""
        mine, space = f"PAGET_SLURM_DIR={self.folder}", self.uts_of(name)
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/environ", encoding="utf-8", errors="replace") as file:
                    environment = file.read().split("\0")
                uts = os.readlink(f"/proc/{pid}/ns/uts")
            except OSError:
                continue
            if uts == space and (mine in environment or f"SLURM_CONF={self.folder}/etc/slurm.conf" in environment):
                subprocess.run(["kill", "-9", pid], check=False, stderr=subprocess.DEVNULL)

    def start_node(self, name):
        """After kill_node()."""
        subprocess.run([os.path.join(HERE, "cluster_up.sh"), "--dir", self.folder, "--node", name, "--quiet"], timeout=60,
                       check=True)

    def uts_of(self, name):
        """The name space of a node, in which its processes live."""
        with open(f"{self.folder}/run/slurmd-{name}.pid", encoding="ascii") as file:
            return os.readlink(f"/proc/{file.read().strip()}/ns/uts")
