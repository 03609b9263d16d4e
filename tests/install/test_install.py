"""An installation that is moved to another place still works: program, commands, modules for another project, data."""

import ast
import os
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "system"))

from paget_program import MPIEXEC, ROOT, Workshop  # noqa: E402 (its folder must be known first)

BUILD, CMAKE = os.environ["PAGET_BUILD"], os.environ["PAGET_CMAKE"]
PACKAGING = os.path.join(ROOT, "tools", "packaging")
HERE = os.path.dirname(os.path.abspath(__file__))
#: Debian's python3, which has the packages, and no trace of it in the installation.
PLAIN = {**os.environ, "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}


def run(*words, **more):
    done = subprocess.run(words, capture_output=True, text=True, timeout=500, check=False, **{"env": PLAIN, **more})
    assert done.returncode == 0, f"{' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shop = Workshop()
        cls.addClassCleanup(cls.shop.remove)
        first = cls.shop.join("first")
        run(CMAKE, "--install", BUILD, "--prefix", first)
        cls.prefix = cls.shop.join("moved", "paget")
        os.makedirs(cls.shop.join("moved"))
        shutil.move(first, cls.prefix)

    def at(self, *parts):
        return os.path.join(self.prefix, *parts)

    def test_the_program_runs_an_installed_case(self):
        self.assertIn("paget 0.1.0", run(self.at("bin", "paget"), "--version"))
        text = run(self.at("bin", "paget"), "check", self.at("share", "paget", "inputs", "breast-everything.ini"))
        self.assertIn("is good", text)

    def test_commands_find_their_packages(self):
        for command in ("paget-report", "paget-scaling"):
            self.assertIn("usage", run(self.at("bin", command), "--help"))
        folder = self.shop.join("series")
        text = run(self.at("bin", "paget-scaling"), "strong", self.at("share", "paget", "inputs", "minimal.ini"), folder,
                   "--ranks=1,2", f"--paget={self.at('bin', 'paget')}")  # fmt: skip
        self.assertIn("2 members", text)

    def test_the_python_package_is_imported(self):
        path = {**PLAIN, "PYTHONPATH": self.at("share", "paget", "python")}
        code = "import paget, paget_report, paget_scaling; print(paget.__file__)"
        self.assertTrue(run(sys.executable, "-B", "-c", code, env=path).startswith(self.prefix))

    def test_another_project_uses_the_modules(self):
        build = self.shop.join("consumer")
        run(CMAKE, "-S", os.path.join(HERE, "projects", "consumer"), "-B", build, f"-DCMAKE_PREFIX_PATH={self.prefix}",
            "-DCMAKE_BUILD_TYPE=Release")  # fmt: skip
        run(CMAKE, "--build", build)
        text = run(*MPIEXEC, "-n", "2", os.path.join(build, "consumer"))
        self.assertEqual(text.count("ranks 2, parts 2 2 2, PETSc 3."), 2)

    def test_nothing_points_back_to_where_it_was_built(self):
        folder = self.at("lib", "cmake", "paget")
        if not os.path.isdir(folder):  # Debian's multiarch folder, where the prefix is /usr
            folder = next(where for where, _, names in os.walk(self.prefix) if "paget-config.cmake" in names)
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                text = file.read()
            for place in (ROOT, BUILD, self.shop.join("first")):
                self.assertNotIn(place, text, name)

    def test_everything_has_its_place(self):
        for parts in (
            ("include", "paget", "core", "random.hpp"),
            ("share", "paget", "jobs", "paget_job.sh"),
            ("share", "paget", "tools", "plot_run.py"),
            ("share", "paget", "modulefiles", "paget", "0.1.0.lua"),
            ("share", "doc", "paget", "install.md"),
            ("share", "doc", "paget", "LICENSE"),
        ):
            self.assertTrue(os.path.isfile(self.at(*parts)), parts)
        self.assertTrue(os.access(self.at("share", "paget", "jobs", "chain.sh"), os.X_OK))
        self.assertEqual([name for _, folders, _ in os.walk(self.prefix) for name in folders if "cache" in name], [])


class Recipes(unittest.TestCase):
    """What can be said of them where their own programs are not installed."""

    def test_the_tcl_module_sets_paths_of_its_own_prefix(self):
        if not shutil.which("tclsh"):
            self.skipTest("tclsh is not installed")
        stand_in = "proc unknown {name args} { puts [concat $name $args] }\nproc module-info args { return load }\n"
        module = os.path.join(PACKAGING, "modulefiles", "paget", "0.1.0")
        text = run("tclsh", input=f"{stand_in}set ModulesCurrentModulefile /p/share/paget/modulefiles/paget/0.1.0\n"
                                  f"source {module}\nModulesHelp\n")  # fmt: skip
        self.assertIn("prepend-path PATH /p/bin", text)
        self.assertIn("prepend-path CMAKE_PREFIX_PATH /p\n", text)
        self.assertIn("prepend-path PYTHONPATH /p/share/paget/python", text)

    def test_both_modules_say_the_same(self):
        def settings(name):
            with open(os.path.join(PACKAGING, "modulefiles", "paget", name), encoding="utf-8") as file:
                return set(re.findall(r"\b(PATH|CMAKE_PREFIX_PATH|PYTHONPATH|PAGET_INPUTS|PAGET_JOBS)\b", file.read()))

        self.assertEqual(settings("0.1.0"), settings("0.1.0.lua"))
        self.assertEqual(len(settings("0.1.0")), 5)

    def test_the_lua_module_is_lua(self):
        lua = next((name for name in ("luac", "luac5.4", "luac5.3") if shutil.which(name)), None)
        if lua is None:
            self.skipTest("no Lua is installed")
        run(lua, "-p", os.path.join(PACKAGING, "modulefiles", "paget", "0.1.0.lua"))

    def test_the_spack_recipe_names_what_cmake_looks_for(self):
        with open(os.path.join(PACKAGING, "spack", "packages", "paget", "package.py"), encoding="utf-8") as file:
            text = file.read()
        (recipe,) = (node for node in ast.parse(text).body if isinstance(node, ast.ClassDef))
        self.assertEqual((recipe.name, recipe.bases[0].id), ("Paget", "CMakePackage"))
        calls = [node.value for node in recipe.body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
        needed = {re.split("[@+]", call.args[0].value)[0] for call in calls if call.func.id == "depends_on"}
        self.assertLessEqual({"mpi", "petsc", "hdf5", "boost", "fmt", "nlohmann-json", "udunits", "random123"}, needed)


if __name__ == "__main__":
    unittest.main()
