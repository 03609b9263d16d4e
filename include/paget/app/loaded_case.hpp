#pragma once

#include "paget/app/checkpoint_plan.hpp"
#include "paget/app/command_line.hpp"
#include "paget/body/description.hpp"
#include "paget/body/load_balance.hpp"
#include "paget/output/plan.hpp"
#include "paget/parallel/communicator.hpp"

#include <optional>
#include <string>
#include <vector>

namespace paget::config
{
class Catalogue;
}

namespace paget::app
{

/// Everything that Paget knows of keys.
config::Catalogue make_catalogue();

/// A case that has been read and found good.
struct LoadedCase {
    std::string path;
    body::BodyDescription body;
    output::Plan plan;
    CheckpointPlan checkpoints;
    body::BalancePlan balance;
    std::string rule_words;            ///< signals and behaviours that rules can name, as text
    std::string rules_as_read;         ///< what the rules of the case were understood to say, as sentences
    std::vector<std::string> warnings; ///< of what does nothing, as `file:line: key: message`
    std::string resolved;              ///< INI text of all values, as written into outputs
};

/// Reads the case of the command line. Throws InputError with all problems, one per line. Local.
LoadedCase load_case(const CommandLine& line, const std::string& case_text,
                     organ::FirstCells first_cells = organ::FirstCells::founders);

/// Text of a file. Throws InputError if it cannot be read.
std::string read_case_text(const std::string& path);

/// The run folder that the command line asks for.
std::string output_folder(const CommandLine& line);

} // namespace paget::app
