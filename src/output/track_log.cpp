#include "track_log.hpp"

#include "names.hpp"
#include "row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

namespace paget::output
{
namespace
{
constexpr const char* track_header =
    "time_h,organ,cell,parent,type,state,fate,phase,x_um,y_um,z_um,radius_um,volume_um3,pressure\n";

/// Of a living cell with a cycle, else empty.
std::string phase_name(const agents::CellType& type, const agents::CellRecord& cell)
{
    return agents::is_living(cell.fate) && cell.phase < type.cycle.phases.size() ? type.cycle.phases[cell.phase].name
                                                                                 : "";
}

void write_track(fmt::memory_buffer& lines, const TrackedCell& cell, const body::BodyDescription& body, Tick now)
{
    const agents::CellRecord& r = cell.record;
    const agents::CellType& type = body.tissue.types[r.type];
    fmt::format_to(std::back_inserter(lines), "{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n",
                   minutes_from_ticks(now) / minutes_per_hour, csv_field(organ_name(body, cell.organ)), r.id.value,
                   r.parent == no_cell ? "" : std::to_string(r.parent.value), csv_field(type.name),
                   state_names[static_cast<std::size_t>(r.state)], fate_names[static_cast<std::size_t>(r.fate)],
                   phase_name(type, r), r.position_um.x, r.position_um.y, r.position_um.z, cell.radius_um,
                   r.volume.total_um3(), cell.pressure);
}
} // namespace

std::vector<TrackedCell> track_cells(const body::Body& body)
{
    std::vector<TrackedCell> mine;
    for (std::size_t index = 0; index < body.description().organs.size(); ++index) {
        const OrganId id{static_cast<std::int32_t>(index)};
        const organ::Organ* organ = body.organ(id);
        for (std::size_t cell = 0; organ != nullptr && cell < organ->population().size(); ++cell) {
            const agents::Population& population = organ->population();
            mine.push_back({population.record(cell), population.radius_um(cell), population.pressure(cell), id});
        }
    }
    return body.world().gather(std::span<const TrackedCell>(mine));
}

TrackLog::TrackLog(const std::string& folder, const body::BodyDescription& body)
    : body_(&body),
      file_(folder + "/tracks.csv")
{
    file_.append(track_header);
}

TrackLog::TrackLog(const std::string& folder, const body::BodyDescription& body, std::uint64_t bytes)
    : body_(&body),
      file_(folder + "/tracks.csv", bytes)
{
}

void TrackLog::append(std::vector<TrackedCell> cells, Tick now)
{
    std::sort(cells.begin(), cells.end(), [](const TrackedCell& a, const TrackedCell& b) {
        return std::tuple(index_of(a.organ), a.record.id) < std::tuple(index_of(b.organ), b.record.id);
    });
    fmt::memory_buffer lines;
    for (const TrackedCell& cell : cells) {
        write_track(lines, cell, *body_, now);
    }
    file_.append(fmt::to_string(lines));
}

} // namespace paget::output
