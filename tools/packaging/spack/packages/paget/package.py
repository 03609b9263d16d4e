# Spack recipe of Paget: spack repo add tools/packaging/spack && spack install paget   (docs/install.md)
from spack.package import *


class Paget(CMakePackage):
    """A multi-organ metastasis simulator: living tissues, cells and the blood between them, the same bits on any number
    of MPI ranks."""

    # Paget has no public address yet. Say where your copy is: spack develop --path /path/to/paget paget@main, or set git.
    git = "file:///path/to/paget"

    license("BSD-3-Clause")

    version("main", branch="main")

    variant("tests", default=False, description="Build the tests")
    variant("benchmarks", default=False, description="Build the benchmarks")
    variant("python", default=True, description="What the Python packages and commands need at run time")
    variant("build_type", default="Release", values=("Release", "Debug"), description="Type of the build")

    depends_on("cxx", type="build")
    depends_on("c", type="build")
    depends_on("cmake@3.25:", type="build")
    depends_on("ninja", type="build")
    depends_on("pkgconfig", type="build")
    depends_on("git", type="build")

    depends_on("mpi")
    depends_on("petsc@3.18:+mpi~complex")
    depends_on("hdf5@1.10:+mpi")
    depends_on("boost@1.74:+program_options")
    depends_on("fmt@9:")
    depends_on("nlohmann-json@3.11:")
    depends_on("udunits@2.2:")
    depends_on("random123")

    depends_on("googletest+gmock", when="+tests", type="build")
    depends_on("benchmark", when="+benchmarks", type="build")
    depends_on("python@3.9:", when="+python", type="run")
    depends_on("py-numpy", when="+python", type="run")
    depends_on("py-pandas", when="+python", type="run")
    depends_on("py-h5py", when="+python", type="run")
    depends_on("py-matplotlib", when="+python", type="run")

    conflicts("%gcc@:11", msg="Paget needs C++20 as g++ 12 has it")

    generator("ninja")

    def cmake_args(self):
        return [
            self.define_from_variant("BUILD_TESTING", "tests"),
            self.define_from_variant("PAGET_BENCHMARKS", "benchmarks"),
            self.define("HDF5_ROOT", self.spec["hdf5"].prefix),
        ]

    def setup_run_environment(self, env):
        env.prepend_path("PYTHONPATH", join_path(self.prefix, "share", "paget", "python"))
