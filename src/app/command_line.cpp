#include "paget/app/command_line.hpp"

#include "paget/app/wall_clock.hpp"
#include "paget/core/error.hpp"

#include <boost/program_options.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

namespace paget::app
{
namespace
{
namespace po = boost::program_options;

po::options_description run_options()
{
    po::options_description options("Options");
    options.add_options()                                                                                   //
        ("output,o", po::value<std::string>(), "folder for the results (run; default: runs/<case name>)")   //
        ("restart", po::value<std::string>(), "go on from the newest good checkpoint in that folder (run)") //
        ("fork", po::value<std::string>(),
         "with --restart: leave that run as it is and go on in this new folder (run)")                 //
        ("overwrite", po::bool_switch(), "replace the results of an earlier run in that folder (run)") //
        ("max-wall-time", po::value<std::string>(),                                                    //
         "stop with a checkpoint before this much wall time, as '90 min' or 1:30:00 (run; in a SLURM job its limit "
         "counts anyway)")                                                                                  //
        ("seed", po::value<std::string>(), "seed of all random numbers, short for --run.seed (run, check)") //
        ("ranks", po::value<int>(), "number of MPI ranks to plan for (check; default: those of this job)")  //
        ("markdown", po::bool_switch(), "print as the table of docs/parameters.md (explain)")               //
        ("help,h", po::bool_switch(), "this text")                                                          //
        ("version", po::bool_switch(), "version of Paget and of the libraries it was built with");
    return options;
}

bool is_value(const std::string& word)
{
    const bool dashed = !word.empty() && word[0] == '-';
    const bool negative_number =
        dashed && word.size() > 1 && (std::isdigit(static_cast<unsigned char>(word[1])) != 0 || word[1] == '.');
    return !dashed || negative_number;
}

/// Options whose value may be the next word.
bool takes_next_word(const std::string& word)
{
    return word == "-o" || word == "--output" || word == "--seed" || word == "--ranks" || word == "--restart" ||
           word == "--fork" || word == "--max-wall-time";
}

/// PETSc's options have neither a dot nor '=' in them, and none is called as one of ours: PETSc would take what was
/// meant for Paget, and nobody would read it.
void refuse_short_dashes(const std::vector<std::string>& words)
{
    std::vector<std::string> problems;
    const po::options_description own = run_options();
    for (const std::string& word : words) {
        const std::string name = word.substr(0, word.find('='));
        const bool ours = name.size() > 2 && own.find_nothrow(name.substr(1), false) != nullptr;
        if (is_petsc_option(word) && (ours || word.find_first_of("=.") != std::string::npos)) {
            problems.push_back(fmt::format("'{0}' has one dash (options of PETSc have; it would change nothing here). "
                                           "Write '-{0}'.",
                                           word));
        }
    }
    if (!problems.empty()) {
        throw InputError(fmt::format("{}", fmt::join(problems, "\n")));
    }
}

/// Moves `-name [value]` from `words` to the result. A value is a following word that is not an option itself and
/// stands after the command and its subject.
std::vector<std::string> take_petsc_options(std::vector<std::string>& words)
{
    std::vector<std::string> taken;
    std::vector<std::string> kept;
    int plain_words = 0; // the command, its subject
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!is_petsc_option(words[i])) {
            const bool value = i > 0 && takes_next_word(words[i - 1]);
            const bool subject = !words[i].starts_with('-') || words[i].starts_with("--restart");
            plain_words += !value && subject ? 1 : 0;
            kept.push_back(words[i]);
            continue;
        }
        taken.push_back(words[i]);
        if (i + 1 < words.size() && is_value(words[i + 1]) && plain_words >= 2) {
            taken.push_back(words[++i]);
        }
    }
    words = kept;
    return taken;
}

CommandLine::Command command_of(const std::string& word)
{
    if (word == "run") {
        return CommandLine::Command::run;
    }
    if (word == "check") {
        return CommandLine::Command::check;
    }
    if (word == "explain") {
        return CommandLine::Command::explain;
    }
    if (word == "inspect") {
        return CommandLine::Command::inspect;
    }
    if (word == "rules") {
        return CommandLine::Command::rules;
    }
    throw InputError(fmt::format(
        "'{}' is not a command of paget. Use run, check, rules, explain or inspect; `paget --help` shows how.", word));
}

/// Moves case keys, `--name.of.key=value`, from `words` to the result. (Boost would refuse empty values.)
std::vector<std::pair<std::string, std::string>> take_keys(std::vector<std::string>& words)
{
    std::vector<std::pair<std::string, std::string>> taken;
    std::vector<std::string> kept;
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        if (word.starts_with("--") && equals != std::string::npos && word.find('.') < equals) {
            taken.emplace_back(word.substr(2, equals - 2), word.substr(equals + 1));
        } else {
            kept.push_back(word);
        }
    }
    words = kept;
    return taken;
}

/// What is wrong with a word that is neither an option of Paget nor a case key with a value.
std::string problem_of(const std::string& word)
{
    const std::string name = word.substr(0, word.find('='));
    if (name.starts_with("--") && name.find('.') != std::string::npos) {
        return fmt::format("'{}' has no value. Write {}=<value>.", name, name);
    }
    return fmt::format("'{}' is not an option of paget, and keys of the case file have two dashes and a dot (as in "
                       "--organ.lung.soil=0.4). `paget --help` lists the options.",
                       name);
}

void refuse_unknown(const std::vector<po::option>& options)
{
    std::vector<std::string> problems;
    for (const auto& option : options) {
        if (option.unregistered) {
            problems.push_back(
                problem_of(option.original_tokens.empty() ? option.string_key : option.original_tokens[0]));
        }
    }
    if (!problems.empty()) {
        throw InputError(fmt::format("{}", fmt::join(problems, "\n")));
    }
}

void read_positional(const std::vector<std::string>& words, CommandLine& line)
{
    line.command = command_of(words[0]);
    const bool explain = line.command == CommandLine::Command::explain;
    if (words.size() == 1 && explain) {
        line.subject = "*";
        return;
    }
    if (!line.restart.empty()) {
        if (words.size() > 1) {
            throw InputError(fmt::format("'{}' is one word too many (with --restart the case comes from the "
                                         "checkpoint). Leave the case file out.",
                                         words[1]));
        }
        return;
    }
    if (words.size() == 1 && line.command == CommandLine::Command::inspect) {
        throw InputError("`paget inspect` needs a run folder. For example: paget inspect runs/breast");
    }
    if (words.size() == 1) {
        throw InputError(
            fmt::format("`paget {}` needs a case file. For example: paget {} inputs/minimal.ini", words[0], words[0]));
    }
    if (words.size() > 2) {
        throw InputError(
            fmt::format("'{}' is one word too many after `paget {} {}` (one case file is run at a time). Keys are "
                        "given as --key=value.",
                        words[2], words[0], words[1]));
    }
    line.subject = words[1];
}

po::parsed_options parse(const std::vector<std::string>& words, const po::options_description& all)
{
    po::positional_options_description positional;
    positional.add("words", -1);
    namespace style = po::command_line_style;
    try {
        return po::command_line_parser(words)
            .options(all)
            .positional(positional)
            .style(style::allow_long | style::long_allow_adjacent | style::long_allow_next | style::allow_short |
                   style::allow_dash_for_short | style::short_allow_next | style::short_allow_adjacent)
            .allow_unregistered()
            .run();
    } catch (const po::error& error) {
        throw InputError(fmt::format("{}. `paget --help` shows the options.", error.what()));
    }
}

void check_restart(const CommandLine& line)
{
    if (!line.restart.empty() && line.command != CommandLine::Command::run) {
        throw InputError("--restart belongs to the command run. Write paget run --restart=<folder>.");
    }
    if (!line.fork.empty() && line.restart.empty()) {
        throw InputError("--fork needs a run to go on from. Write paget run --restart=<folder> --fork=<new folder>.");
    }
    if (!line.restart.empty() && !line.output.empty()) {
        throw InputError("--output and --restart exclude each other (a run goes on in its own folder). To go on in "
                         "another one write --fork=<new folder>.");
    }
    if (!line.restart.empty() && line.fork.empty() && line.overwrite) {
        throw InputError("--overwrite and --restart exclude each other (what is to be continued would be removed). "
                         "Leave one of them out.");
    }
}

CommandLine from_values(const po::parsed_options& parsed)
{
    po::variables_map values;
    try {
        po::store(parsed, values);
    } catch (const po::error& error) {
        throw InputError(fmt::format("{}. `paget --help` shows the options.", error.what()));
    }
    CommandLine line;
    if (values["help"].as<bool>() || values["version"].as<bool>() || values.count("words") == 0) {
        line.command = values["version"].as<bool>() ? CommandLine::Command::version : CommandLine::Command::help;
        return line;
    }
    line.restart = values.count("restart") != 0 ? values["restart"].as<std::string>() : "";
    read_positional(values["words"].as<std::vector<std::string>>(), line);
    refuse_unknown(parsed.options);
    line.fork = values.count("fork") != 0 ? values["fork"].as<std::string>() : "";
    line.output = values.count("output") != 0 ? values["output"].as<std::string>() : "";
    line.overwrite = values["overwrite"].as<bool>();
    line.markdown = values["markdown"].as<bool>();
    line.ranks = values.count("ranks") != 0 ? values["ranks"].as<int>() : 0;
    if (values.count("ranks") != 0 && line.ranks < 1) {
        throw InputError("--ranks must be at least 1 (a job has ranks). Give the number of MPI ranks to plan for.");
    }
    if (values.count("max-wall-time") != 0) {
        line.max_wall_time_s = read_wall_time(values["max-wall-time"].as<std::string>());
    }
    check_restart(line);
    if (values.count("seed") != 0) {
        line.keys.emplace_back("run.seed", values["seed"].as<std::string>());
    }
    return line;
}
} // namespace

bool is_petsc_option(const std::string& word)
{
    return word.size() > 2 && word[0] == '-' && word[1] != '-' &&
           std::isalpha(static_cast<unsigned char>(word[1])) != 0;
}

CommandLine read_command_line(const std::vector<std::string>& words)
{
    refuse_short_dashes(words);
    std::vector<std::string> own = words;
    const std::vector<std::string> petsc = take_petsc_options(own);
    po::options_description all = run_options();
    all.add_options()("words", po::value<std::vector<std::string>>(), "");
    const auto keys = take_keys(own);
    CommandLine line = from_values(parse(own, all));
    line.keys.insert(line.keys.begin(), keys.begin(), keys.end()); // --seed, if given, comes last and wins
    line.petsc_options = petsc;
    return line;
}

std::string help_text()
{
    return fmt::format(
        "paget - a tumour spreads through the body, on any number of MPI ranks\n"
        "\n"
        "  mpirun -n 6 paget run inputs/breast.ini --seed=7 --output=runs/a\n"
        "  mpirun -n 4 paget run --restart=runs/a       go on from the newest checkpoint, on any number of ranks\n"
        "  paget check inputs/breast.ini --ranks=64     what would run, where, and what it needs; runs nothing\n"
        "  paget explain 'organ.*.oxygen*'              what a key means: unit, default, range, source\n"
        "\n"
        "Commands\n"
        "  run CASE      simulate the case; results go to a folder of their own\n"
        "  check CASE    read and check the case; print organs, layout on ranks, memory and work\n"
        "  rules CASE    list the signals and behaviours that rules of the case can name, with units and meanings\n"
        "  inspect FOLDER  what checkpoints a run has, whether they are whole, what is in them\n"
        "  explain WORD  explain the keys of case files that fit a word or pattern (*, ?), signals and behaviours of "
        "rules\n"
        "\n"
        "Any key of a case file can be given as --key=value and wins over the file:\n"
        "  paget run inputs/breast.ini --organ.lung.soil=0.4 --run.end='2 days'\n"
        "Words with one dash go to PETSc, with <organ>_<field>_ as prefix:\n"
        "  paget run inputs/breast.ini -lung_oxygen_ksp_rtol 1e-9 -lung_oxygen_ksp_monitor\n"
        "\n"
        "{}\n"
        "Exit codes: 0 done, 1 bad input, 2 numerical failure, 3 bug, 4 input or output failed, 85 stopped early.\n"
        "docs/: case files (input.md), models (model/), exit codes, architecture.\n",
        fmt::streamed(run_options()));
}

} // namespace paget::app
