#pragma once

#include "paget/body/body.hpp"
#include "paget/parallel/meter.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace paget::output
{

/// What this start of the run (since the last restart) has done; counted by whoever writes the outputs.
struct Work {
    double wall_seconds = 0.0;
    std::int64_t steps = 0;
    std::int64_t cell_steps = 0;             ///< cells in tissue, dead ones too, added up over the steps
    std::vector<organ::SolverTotals> solver; ///< [organ]
};

/// A part of the run: one of an organ's, or of the whole.
struct PartUse {
    std::string owner; ///< name of the organ, or empty
    std::string name;
    std::int64_t ranks = 0;              ///< that worked on it
    std::int64_t sum_ns = 0;             ///< over the ranks
    std::int64_t max_ns = 0;             ///< of the slowest one
    std::int64_t mpi_ns = 0;             ///< in calls of MPI, over the ranks
    parallel::MessageCounts messages;    ///< over the ranks
    std::int64_t most_messages = 0;      ///< of the rank that sends most
    std::int64_t most_message_bytes = 0; ///< of the rank that sends most of them

    std::int64_t computing_ns() const { return sum_ns - mpi_ns; }
};

/// What the solves of fields move through memory, against what the machine could.
struct FieldTraffic {
    double bytes_per_s = 0.0;       ///< that the solver's cycles need, per second of a rank's computing on fields
    double triad_bytes_per_s = 0.0; ///< of a rank, while all ranks do the same (memory_bandwidth.hpp)
};

/// Where the time went, on all ranks together.
struct Performance {
    Work work;
    int ranks = 1;
    std::vector<PartUse> parts;
    std::int64_t busy_sum_ns = 0;  ///< computing in the body's steps: time without MPI
    std::int64_t busy_max_ns = 0;  ///< of the busiest rank
    std::int64_t peak_sum_kib = 0; ///< largest resident memory
    std::int64_t peak_max_kib = 0;
    std::int64_t voxel_solves = 0;      ///< voxels times solves of their fields
    double own_seconds = 0.0;           ///< what measuring all this took, mean of the ranks
    std::optional<FieldTraffic> fields; ///< of runs that are long enough for it

    /// Computing of the busiest rank over the mean: 1 is perfect balance.
    double imbalance() const;
    /// Part of the ranks' time in MPI: messages, and waiting for other ranks.
    double mpi_share() const;
};

/// Collective; the same on all ranks.
Performance measure_performance(const body::Body& body, const parallel::Meter& outputs,
                                const parallel::Meter& checkpoints, const parallel::Meter& balance, Work work);

/// For summary.json.
nlohmann::ordered_json performance_json(const Performance& performance);

/// For a person: a few lines below the table of results.
std::string performance_lines(const Performance& performance);

} // namespace paget::output
