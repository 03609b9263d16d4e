#pragma once

#include "paget/body/description.hpp"
#include "paget/body/step_report.hpp"
#include "paget/circulation/liquid_biopsy.hpp"
#include "paget/output/recorder.hpp"
#include "performance.hpp"
#include "seedings.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace paget::output
{

/// What is known at the end of a run, for the summary and the table.
struct Results {
    RunFacts facts;
    const body::BodyDescription* body = nullptr;
    std::string folder;
    Tick now = 0;
    bool stopped_early = false;
    body::BodyCensus start;
    body::BodyCensus end;
    Seedings seedings;
    double sample_ml = 0.0;
    circulation::BloodSample sample;
    std::vector<organ::SolverTotals> solver; ///< [organ]
    std::vector<std::vector<int>> ranks;     ///< [organ], those that work on it
    int world_size = 1;
    double wall_seconds = 0.0;
    Performance performance;     ///< of this start
    body::BalanceRecord balance; ///< likewise
    std::uint64_t state_hash = 0;
};

/// The content of summary.json.
std::string summary_json(const Results& results);

/// The table at the end of a run, for a person.
std::string result_table(const Results& results);

/// The state hash as it is shown everywhere.
std::string hash_text_of(std::uint64_t state_hash);

} // namespace paget::output
