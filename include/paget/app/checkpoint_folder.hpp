#pragma once

#include "paget/app/checkpoint.hpp"

#include <memory>
#include <string>
#include <vector>

namespace paget::app
{

/// Name of the folder in a run folder.
inline constexpr const char* checkpoint_folder = "checkpoints";

/// A file that is named as a checkpoint is.
struct CheckpointName {
    std::string path;
    Tick now = 0;
};

/// All of a run folder, the newest first; whether they are whole is another question. Local.
std::vector<CheckpointName> list_checkpoints(const std::string& run_folder);

/// The same list as rank 0 sees it, on all ranks. Collective.
std::vector<CheckpointName> checkpoints_seen_by_root(const std::string& run_folder,
                                                     const parallel::Communicator& world);

/// What was found of checkpoints in a run folder.
struct FoundCheckpoint {
    std::unique_ptr<Checkpoint> checkpoint; ///< the newest good one; null if there is none
    std::vector<CheckpointName> damaged;    ///< those that are newer
    std::vector<std::string> warnings;      ///< what is wrong with each of them
};

/// Opens the newest checkpoint that is whole; those that are not are passed over. Collective.
FoundCheckpoint newest_checkpoint(const std::string& run_folder, const parallel::Communicator& world);

/// Writes the checkpoints of one run and keeps the last few.
class CheckpointFolder
{
public:
    /// Of the checkpoints `keep` are kept; `damaged` ones go as soon as there is a newer good one. Local.
    CheckpointFolder(const std::string& run_folder, std::int64_t keep, std::vector<CheckpointName> damaged);

    /// Throws FileError on all ranks if it fails; all that was there before is there still. Collective.
    void write(const body::Body& body, const CheckpointFacts& facts);

private:
    void remove_old(Tick now);

    std::string folder_;
    std::int64_t keep_;
    std::vector<CheckpointName> damaged_;
};

} // namespace paget::app
