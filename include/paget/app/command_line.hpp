#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace paget::app
{

/// What the user typed after `paget`.
struct CommandLine {
    enum class Command { run, check, rules, explain, inspect, help, version };
    Command command = Command::help;
    std::string subject; ///< case file, what to explain, or the run folder to inspect
    std::string restart; ///< run: the run folder to go on in; there is no case file then
    std::string fork;    ///< run, with restart: the folder for what follows
    std::string output;  ///< run folder; empty: runs/<name of the case file>
    bool overwrite = false;
    std::optional<double> max_wall_time_s;                 ///< run: when the job will be ended, from its start
    bool markdown = false;                                 ///< explain: as the table of docs/parameters.md
    int ranks = 0;                                         ///< check: number of ranks to plan for; 0: those of this job
    std::vector<std::pair<std::string, std::string>> keys; ///< case keys, in order
    std::vector<std::string> petsc_options;                ///< words with one dash, with their values
};

/// Reads the words after the program's name. `--name=value` are Paget's own options and case keys (those with a dot;
/// `--seed=7` is short for `--run.seed=7`), `-name value` are PETSc's. Throws InputError that lists every problem.
CommandLine read_command_line(const std::vector<std::string>& words);

/// True for words like `-lung_oxygen_ksp_rtol`, which are for PETSc.
bool is_petsc_option(const std::string& word);

/// The text of `paget --help`.
std::string help_text();

} // namespace paget::app
