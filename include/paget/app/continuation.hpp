#pragma once

#include "paget/app/checkpoint_folder.hpp"
#include "paget/app/command_line.hpp"
#include "paget/core/error.hpp"

#include <memory>
#include <string>
#include <vector>

namespace paget::app
{

/// From where and how a run goes on.
struct Continuation {
    std::unique_ptr<Checkpoint> checkpoint;
    std::vector<CheckpointName> damaged; ///< newer checkpoints that are of no use
    bool case_changed = false;           ///< by keys on the command line
};

/// `paget run --restart=FOLDER [--fork=OTHER] [keys]`: finds the newest good checkpoint, checks what the keys change,
/// and runs. A folder in which no checkpoint was begun yet starts anew from its case. Throws FileError if there are
/// checkpoints but none of them is good. Collective.
ExitCode continue_run(const CommandLine& line, const parallel::Communicator& world);

/// `paget inspect FOLDER`: what checkpoints there are, whether they are whole, what is in them. Returns the code for
/// input and output if there is no good one. Collective.
ExitCode inspect_run(const CommandLine& line, const parallel::Communicator& world);

/// Copies into `fork` what the outputs of the run in `folder` were at a checkpoint. Throws FileError. Local, on rank 0.
void copy_outputs(const std::string& folder, const std::string& fork, const output::StreamPositions& positions);

} // namespace paget::app
