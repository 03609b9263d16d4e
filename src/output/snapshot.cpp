#include "snapshot.hpp"

#include "paget/io/hdf5_state.hpp"
#include "paget/parallel/sorted_slice.hpp"
#include "scene.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

namespace paget::output
{
namespace
{
/// A cell as pictures show it.
struct SeenCell {
    agents::CellRecord record;
    double radius_um = 0.0;
    double pressure = 0.0;
};

/// This rank's part of an organ's cells, by id; nothing on ranks that do not work on it.
parallel::Slice<SeenCell> seen_cells(const organ::Organ* organ)
{
    if (organ == nullptr) {
        return {};
    }
    const auto& population = organ->population();
    std::vector<SeenCell> mine;
    for (std::size_t i = 0; i < population.size(); ++i) {
        mine.push_back({population.record(i), population.radius_um(i), population.pressure(i)});
    }
    return parallel::sorted_slice(organ->communicator(), std::move(mine),
                                  [](const SeenCell& cell) { return cell.record.id.value; });
}

/// Position in the case of the organ in which a cell was born.
std::uint32_t organ_of_birth(const body::BodyDescription& body, CellId cell)
{
    const auto born = std::find_if(body.organs.begin(), body.organs.end(), [&](const organ::OrganDescription& organ) {
        return organ_key(organ.name) == cell.birth_organ();
    });
    return static_cast<std::uint32_t>(born - body.organs.begin());
}

/// One organ's part of the file.
class OrganWriter
{
public:
    OrganWriter(io::StateWriter& writer, const body::Body& body, std::size_t index, const Vec3& origin_um)
        : writer_(&writer),
          body_(&body.description()),
          about_(&body.description().organs[index]),
          organ_(body.organ(OrganId{static_cast<std::int32_t>(index)})),
          path_("/organs/" + about_->name),
          origin_um_(origin_um)
    {
    }

    void write_place() const
    {
        writer_->write_attribute(path_, "spacing_x_um", about_->grid.spacing_um[0]);
        writer_->write_attribute(path_, "spacing_y_um", about_->grid.spacing_um[1]);
        writer_->write_attribute(path_, "spacing_z_um", about_->grid.spacing_um[2]);
        writer_->write_attribute(path_, "scene_x_um", origin_um_.x);
        writer_->write_attribute(path_, "scene_y_um", origin_um_.y);
        writer_->write_attribute(path_, "scene_z_um", origin_um_.z);
    }

    void write_fields() const
    {
        for (std::size_t f = 0; f < about_->fields.size(); ++f) {
            write_field(about_->fields[f].substance.name,
                        organ_ != nullptr ? organ_->fields()[f].concentration().owned() : std::vector<double>{});
            writer_->write_attribute(path_ + "/fields/" + about_->fields[f].substance.name, "unit",
                                     about_->fields[f].substance.unit);
        }
        write_field("ecm", organ_ != nullptr ? organ_->matrix().density().owned() : std::vector<double>{});
    }

    /// Returns the number of cells in the organ, on all ranks.
    std::uint64_t write_cells(Tick now, const parallel::Communicator& world) const
    {
        auto cells = seen_cells(organ_);
        cells.total = static_cast<std::uint64_t>(world.maximum(static_cast<std::int64_t>(cells.total)));
        const auto column = [&](const char* name, auto get) { write_column(cells, name, get); };
        column("id", [](const SeenCell& c) { return c.record.id.value; });
        write_positions(cells);
        column("radius", [](const SeenCell& c) { return c.radius_um; });
        column("pressure", [](const SeenCell& c) { return c.pressure; });
        column("age", [&](const SeenCell& c) { return minutes_from_ticks(now - c.record.born_at) / minutes_per_hour; });
        column("type", [](const SeenCell& c) { return std::uint32_t{c.record.type}; });
        column("state", [](const SeenCell& c) { return static_cast<std::uint32_t>(c.record.state); });
        column("fate", [](const SeenCell& c) { return static_cast<std::uint32_t>(c.record.fate); });
        column("clone", [](const SeenCell& c) { return c.record.clone; });
        column("organ_of_birth", [&](const SeenCell& c) { return organ_of_birth(*body_, c.record.id); });
        column("journeys", [](const SeenCell& c) { return std::uint32_t{c.record.journeys}; });
        return cells.total;
    }

private:
    void write_field(const std::string& name, const std::vector<double>& mine) const
    {
        const mesh::Box box = organ_ != nullptr ? organ_->partition().box(organ_->communicator().rank()) : mesh::Box{};
        writer_->write_field(path_ + "/fields/" + name, about_->grid, box, mine);
    }

    /// x, y, z of the first cell, then of the second, and so on.
    void write_positions(const parallel::Slice<SeenCell>& cells) const
    {
        std::vector<double> values;
        for (const SeenCell& cell : cells.items) {
            const Vec3 place = cell.record.position_um + origin_um_;
            values.insert(values.end(), {place.x, place.y, place.z});
        }
        writer_->write_column(path_ + "/cells/position", 3 * cells.total, 3 * cells.first,
                              std::span<const double>(values));
    }

    template <class Get>
    void write_column(const parallel::Slice<SeenCell>& cells, const char* name, Get get) const
    {
        using Value = std::decay_t<decltype(get(std::declval<const SeenCell&>()))>;
        std::vector<Value> values;
        std::transform(cells.items.begin(), cells.items.end(), std::back_inserter(values), get);
        writer_->write_column(path_ + "/cells/" + name, cells.total, cells.first, std::span<const Value>(values));
    }

    io::StateWriter* writer_;
    const body::BodyDescription* body_;
    const organ::OrganDescription* about_;
    const organ::Organ* organ_; ///< null where this rank does not work on it
    std::string path_;
    Vec3 origin_um_; ///< in the scene
};
} // namespace

Snapshot write_snapshot(const body::Body& body, const std::string& folder, int number, Tick now, const Stamp& stamp)
{
    Snapshot snapshot{fmt::format("snapshots/{:06}.h5", number), minutes_from_ticks(now) / minutes_per_hour, {}};
    io::Hdf5StateWriter writer(folder + "/" + snapshot.file, body.world());
    write_stamp(writer, stamp);
    writer.write_attribute("/", "time_h", snapshot.time_h);
    const std::vector<Vec3> origins = scene_origins(body.description());
    for (std::size_t i = 0; i < origins.size(); ++i) {
        const OrganWriter organ(writer, body, i, origins[i]);
        organ.write_place();
        organ.write_fields();
        snapshot.cells.push_back(organ.write_cells(now, body.world()));
    }
    writer.commit();
    return snapshot;
}

} // namespace paget::output
