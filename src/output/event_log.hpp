#pragma once

#include "paget/body/description.hpp"
#include "paget/io/append_file.hpp"
#include "paget/organ/census.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace paget::output
{

/// events.csv: one line per cell that left the blood for an organ. On one rank. Throws FileError.
class EventLog
{
public:
    /// `body` must outlive the log.
    EventLog(const std::string& folder, const body::BodyDescription& body);
    /// Goes on after the first `bytes` of an earlier run's file.
    EventLog(const std::string& folder, const body::BodyDescription& body, std::uint64_t bytes);

    /// Adds the events of a step, sorted by time and cell. Steps follow each other in time, and so do the lines.
    void append(std::vector<organ::SeedingEvent> events);

    void sync() { file_.sync(); }
    std::uint64_t bytes() const { return file_.size(); }

private:
    const body::BodyDescription* body_;
    io::AppendFile file_;
};

} // namespace paget::output
