#pragma once

#include "paget/app/run_history.hpp"
#include "paget/body/body.hpp"
#include "paget/io/hdf5_reader.hpp"
#include "paget/output/stream_positions.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace paget::app
{

/// What a checkpoint holds besides the body's state.
struct CheckpointFacts {
    Tick now = 0;
    std::uint64_t seed = 0;
    std::string case_file; ///< absolute: relative names in the case are completed with its folder
    std::string resolved_case;
    output::StreamPositions outputs;
    RunHistory history;
};

/// Version of the format of checkpoint files. Every earlier one is read for ever (tests/data holds one file of each).
inline constexpr std::int64_t checkpoint_format = 1;

/// Writes a checkpoint file as a whole: under another name, synced, read back and compared, renamed, the folder synced.
/// Returns the state hash. Throws FileError on all ranks if anything failed; what was there before is untouched then.
/// Collective over the body's world.
std::uint64_t write_checkpoint(const std::string& path, const body::Body& body, const CheckpointFacts& facts);

/// A checkpoint file that was found whole, open for reading.
class Checkpoint
{
public:
    /// Checks every byte of the file before anything of it is believed. Throws FileError on all ranks alike if it
    /// cannot be read, is damaged, is no checkpoint, or is of a format later than this program's. Collective; `world`
    /// must outlive the checkpoint.
    Checkpoint(const std::string& path, const parallel::Communicator& world);

    const std::string& path() const { return state_.path(); }
    const CheckpointFacts& facts() const { return facts_; }
    std::uint64_t state_hash() const { return state_hash_; }
    std::uint64_t bytes() const { return bytes_; }
    /// Cells in tissues and in the blood.
    std::uint64_t cells() const { return cells_; }

    io::StateReader& state() { return state_; }

private:
    io::Hdf5StateReader state_;
    CheckpointFacts facts_;
    std::uint64_t state_hash_ = 0;
    std::uint64_t bytes_ = 0;
    std::uint64_t cells_ = 0;
};

} // namespace paget::app
