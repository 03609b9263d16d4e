#include "event_log.hpp"

#include "names.hpp"
#include "row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace paget::output
{
namespace
{
constexpr const char* header =
    "time_h,cell,clone,source,destination,cluster_size,journeys,x_um,y_um,z_um,fate,self_seeding\n";

/// What the soil decided on arrival.
const char* outcome(agents::Fate fate)
{
    switch (fate) {
    case agents::Fate::cycling:
        return "grows";
    case agents::Fate::dormant:
        return "sleeps";
    default:
        return "dies";
    }
}

std::string line(const organ::SeedingEvent& e, const body::BodyDescription& body)
{
    return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", minutes_from_ticks(e.at) / minutes_per_hour,
                       e.cell.value, e.clone, csv_field(organ_name(body, e.source)),
                       csv_field(organ_name(body, e.destination)), e.cluster_size, e.journeys, e.position_um.x,
                       e.position_um.y, e.position_um.z, outcome(e.fate),
                       e.destination == body.primary() ? "yes" : "no");
}
} // namespace

EventLog::EventLog(const std::string& folder, const body::BodyDescription& body)
    : body_(&body),
      file_(folder + "/events.csv")
{
    file_.append(header);
}

EventLog::EventLog(const std::string& folder, const body::BodyDescription& body, std::uint64_t bytes)
    : body_(&body),
      file_(folder + "/events.csv", bytes)
{
}

void EventLog::append(std::vector<organ::SeedingEvent> events)
{
    std::sort(events.begin(), events.end(),
              [](const auto& a, const auto& b) { return std::tuple(a.at, a.cell) < std::tuple(b.at, b.cell); });
    std::string lines;
    for (const auto& event : events) {
        lines += line(event, *body_);
    }
    file_.append(lines);
}

} // namespace paget::output
