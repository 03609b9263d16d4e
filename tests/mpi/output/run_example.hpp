#pragma once

#include "paget/body/body.hpp"
#include "paget/output/plan.hpp"
#include "paget/output/recorder.hpp"
#include "support/files.hpp"

#include <string>
#include <vector>

namespace paget::test
{

/// A case of two organs, six hours long, in which cells travel; its outputs are due at whole steps.
struct Example {
    body::BodyDescription body;
    output::Plan plan;

    output::RunFacts facts() const;
};

Example read_example();

/// The run loop in its shortest form, from `now` until `end` is reached; without a recorder the same steps are made.
/// Returns the time that was reached. Collective.
Tick advance(body::Body& body, output::Recorder* recorder, Tick now, Tick end);

/// The whole run. Collective.
void run(const std::string& folder, const parallel::Communicator& world);

inline const std::vector<std::string> result_files{
    "series.csv",          "series.h5",           "events.csv",  "tracks.csv",          "state.h5",
    "fields.xmf",          "cells.xmf",           "vessels.xmf", "snapshots/000000.h5", "snapshots/000001.h5",
    "snapshots/000002.h5", "snapshots/vessels.h5"};

} // namespace paget::test
