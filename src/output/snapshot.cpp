#include "snapshot.hpp"

#include "paget/io/hdf5_state.hpp"
#include "scene.hpp"
#include "vessel_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
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

/// What a value of a cell is in the file: one number, or several in a row.
template <class Value>
struct Entries {
    using Number = Value;
    static constexpr std::uint64_t per_cell = 1;
    static void append(std::vector<Number>& numbers, Value value) { numbers.push_back(value); }
};
template <>
struct Entries<Vec3> {
    using Number = double;
    static constexpr std::uint64_t per_cell = 3;
    static void append(std::vector<double>& numbers, const Vec3& value)
    {
        numbers.insert(numbers.end(), {value.x, value.y, value.z});
    }
};
template <class Get>
using EntriesOf = Entries<std::decay_t<std::invoke_result_t<Get, const SeenCell&>>>;

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
          world_(&body.world()),
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

    /// Vessels that grow, as they are now. Returns the number of their segments, on all ranks; 0 if they stay.
    std::uint64_t write_vessels(Tick now) const
    {
        if (!about_->angiogenesis.on()) {
            return 0;
        }
        const bool mine = organ_ != nullptr && organ_->communicator().is_root();
        const VesselColumns lines = mine ? columns_of(organ_->vessels(), origin_um_) : VesselColumns{};
        const GrownColumns grown = mine ? columns_of(*organ_->growing_vessels(), origin_um_, now) : GrownColumns{};
        write_whole("vessels/position", lines.position);
        write_whole("vessels/nodes", lines.nodes);
        write_whole("vessels/radius", lines.radius);
        write_whole("vessels/flowing", lines.flowing);
        write_whole("vessels/flow", grown.flow);
        write_whole("vessels/haematocrit", grown.haematocrit);
        write_whole("vessels/blood_pressure", grown.blood_pressure);
        write_whole("vessels/wall_shear", grown.wall_shear);
        write_whole("vessels/maturity", grown.maturity);
        write_whole("vessels/age", grown.age);
        write_whole("vessels/grown", grown.grown);
        write_whole("vessels/collapsed", grown.collapsed);
        write_whole("vessels/tips", grown.tips);
        return static_cast<std::uint64_t>(world_->maximum(static_cast<std::int64_t>(lines.radius.size())));
    }

    /// What flowing blood holds of the fields that it carries: a mean per segment of the vessels. The organ's first
    /// rank hands it in.
    void write_blood() const
    {
        for (std::size_t f = 0; f < about_->fields.size(); ++f) {
            if (!about_->fields[f].carriage.carried) {
                continue;
            }
            std::vector<double> mine;
            if (organ_ != nullptr) {
                mine = organ_->carried(f)->blood_in_segments(organ_->fields()[f]);
                mine.resize(organ_->communicator().is_root() ? mine.size() : 0);
            }
            write_whole("blood/" + about_->fields[f].substance.name, mine);
        }
    }

    /// Portion by portion. Returns the number of cells in the organ, on all ranks.
    std::uint64_t write_cells(Tick now, const parallel::Communicator& world, std::size_t ranks_of_organ) const
    {
        const std::int64_t here =
            organ_ != nullptr ? organ_->communicator().sum(static_cast<std::int64_t>(organ_->population().size())) : 0;
        const auto total = static_cast<std::uint64_t>(world.maximum(here));
        const std::uint64_t portions = organ::portions_of(total, ranks_of_organ);
        std::optional<organ::CellsById> cells;
        if (organ_ != nullptr) {
            cells.emplace(organ_->cells_by_id(portions));
        }
        visit_columns(now, [&](const std::string& path, auto get) { begin_column(path, total, get); });
        for (std::uint64_t portion = 0; portion < portions; ++portion) {
            const auto slice = next_of(cells);
            visit_columns(now, [&](const std::string& path, auto get) { write_part(path, slice, get); });
        }
        visit_columns(now, [&](const std::string& path, auto) { writer_->end_column(path); });
        return total;
    }

private:
    /// A column that one rank has.
    template <class Value>
    void write_whole(const std::string& name, const std::vector<Value>& mine) const
    {
        const auto total = static_cast<std::uint64_t>(world_->maximum(static_cast<std::int64_t>(mine.size())));
        writer_->write_column(path_ + "/" + name, total, 0, std::span<const Value>(mine));
    }

    void write_field(const std::string& name, const std::vector<double>& mine) const
    {
        const mesh::Box box = organ_ != nullptr ? organ_->partition().box(organ_->communicator().rank()) : mesh::Box{};
        writer_->write_field(path_ + "/fields/" + name, about_->grid, box, mine);
    }

    /// Calls visit(path, value of a cell) for every column.
    template <class Visit>
    void visit_columns(Tick now, Visit visit) const
    {
        const auto column = [&](const char* name, auto get) { visit(path_ + "/cells/" + name, get); };
        column("id", [](const SeenCell& c) { return c.record.id.value; });
        column("position", [this](const SeenCell& c) { return c.record.position_um + origin_um_; });
        column("radius", [](const SeenCell& c) { return c.radius_um; });
        column("pressure", [](const SeenCell& c) { return c.pressure; });
        column("age",
               [now](const SeenCell& c) { return minutes_from_ticks(now - c.record.born_at) / minutes_per_hour; });
        column("type", [](const SeenCell& c) { return std::uint32_t{c.record.type}; });
        column("state", [](const SeenCell& c) { return static_cast<std::uint32_t>(c.record.state); });
        column("fate", [](const SeenCell& c) { return static_cast<std::uint32_t>(c.record.fate); });
        column("clone", [](const SeenCell& c) { return c.record.clone; });
        column("organ_of_birth", [this](const SeenCell& c) { return organ_of_birth(*body_, c.record.id); });
        column("journeys", [](const SeenCell& c) { return std::uint32_t{c.record.journeys}; });
        if (agents::circuit_width(body_->tissue.types) > 0) {
            column("mir200", [this](const SeenCell& c) { return circuit_value(c.record, "mir200"); });
            column("zeb", [this](const SeenCell& c) { return circuit_value(c.record, "zeb"); });
        }
    }

    /// In the unit of the circuit of the cell's type.
    double circuit_value(const agents::CellRecord& cell, std::string_view name) const
    {
        return agents::circuit_value(body_->tissue.types[cell.type].transition.model, cell.circuit, name);
    }

    /// This rank's part of the next portion; nothing on ranks that do not work on the organ.
    parallel::Slice<SeenCell> next_of(std::optional<organ::CellsById>& cells) const
    {
        if (!cells) {
            return {};
        }
        const auto& population = organ_->population();
        return cells->next(
            [&](std::size_t i) {
                return SeenCell{population.record(i), population.radius_um(i), population.pressure(i)};
            },
            [](const SeenCell& cell) { return cell.record.id.value; });
    }

    template <class Get>
    void begin_column(const std::string& path, std::uint64_t total, Get) const
    {
        using Entry = EntriesOf<Get>;
        writer_->begin_column(path, Entry::per_cell * total, std::span<const typename Entry::Number>{});
    }

    template <class Get>
    void write_part(const std::string& path, const parallel::Slice<SeenCell>& cells, Get get) const
    {
        using Entry = EntriesOf<Get>;
        std::vector<typename Entry::Number> numbers;
        numbers.reserve(Entry::per_cell * cells.items.size());
        for (const SeenCell& cell : cells.items) {
            Entry::append(numbers, get(cell));
        }
        writer_->write_part(path, Entry::per_cell * cells.first, std::span<const typename Entry::Number>(numbers));
    }

    io::StateWriter* writer_;
    const parallel::Communicator* world_;
    const body::BodyDescription* body_;
    const organ::OrganDescription* about_;
    const organ::Organ* organ_; ///< null where this rank does not work on it
    std::string path_;
    Vec3 origin_um_; ///< in the scene
};
} // namespace

Snapshot write_snapshot(const body::Body& body, const std::string& folder, int number, Tick now, const Stamp& stamp)
{
    Snapshot snapshot{fmt::format("snapshots/{:06}.h5", number), minutes_from_ticks(now) / minutes_per_hour, {}, {}};
    io::Hdf5StateWriter writer(folder + "/" + snapshot.file, body.world());
    write_stamp(writer, stamp);
    writer.write_attribute("/", "time_h", snapshot.time_h);
    const std::vector<Vec3> origins = scene_origins(body.description());
    std::vector<std::uint64_t> segments;
    for (std::size_t i = 0; i < origins.size(); ++i) {
        const OrganWriter organ(writer, body, i, origins[i]);
        organ.write_place();
        organ.write_fields();
        organ.write_blood();
        segments.push_back(organ.write_vessels(now));
        snapshot.cells.push_back(organ.write_cells(now, body.world(), body.layout()[i].ranks.size()));
    }
    if (body.description().has_angiogenesis()) {
        snapshot.vessels = segments;
    }
    writer.commit();
    return snapshot;
}

} // namespace paget::output
