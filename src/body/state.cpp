// The whole state of the body, piece by piece, in an order and a form that do not depend on the ranks.

#include "paget/body/body.hpp"

#include "paget/parallel/sorted_slice.hpp"

#include <algorithm>
#include <array>

namespace paget::body
{
namespace
{
/// A slice of a table of T, written column by column.
template <class T>
class Table
{
public:
    Table(io::StateWriter& writer, std::string path, const parallel::Slice<T>& slice)
        : writer_(&writer),
          path_(std::move(path)),
          slice_(&slice)
    {
    }

    template <class Get>
    void column(const char* name, Get get) const
    {
        using Value = std::decay_t<decltype(get(std::declval<const T&>()))>;
        std::vector<Value> values;
        for (const T& item : slice_->items) {
            values.push_back(get(item));
        }
        writer_->write_column(path_ + "/" + name, slice_->total, slice_->first, std::span<const Value>(values));
    }

private:
    io::StateWriter* writer_;
    std::string path_;
    const parallel::Slice<T>* slice_;
};

template <class T, class CellOf>
void write_cell_columns(const Table<T>& table, CellOf cell_of)
{
    const auto column = [&](const char* name, auto get) {
        table.column(name, [&](const T& item) { return get(cell_of(item)); });
    };
    using Cell = agents::CellRecord;
    column("id", [](const Cell& c) { return c.id.value; });
    column("parent", [](const Cell& c) { return c.parent.value; });
    column("born_at", [](const Cell& c) { return c.born_at; });
    column("phase_entered_at", [](const Cell& c) { return c.phase_entered_at; });
    column("x", [](const Cell& c) { return c.position_um.x; });
    column("y", [](const Cell& c) { return c.position_um.y; });
    column("z", [](const Cell& c) { return c.position_um.z; });
    column("velocity_x", [](const Cell& c) { return c.velocity_um_per_min.x; });
    column("velocity_y", [](const Cell& c) { return c.velocity_um_per_min.y; });
    column("velocity_z", [](const Cell& c) { return c.velocity_um_per_min.z; });
    column("heading_x", [](const Cell& c) { return c.heading.x; });
    column("heading_y", [](const Cell& c) { return c.heading.y; });
    column("heading_z", [](const Cell& c) { return c.heading.z; });
    column("fluid", [](const Cell& c) { return c.volume.fluid_um3; });
    column("nuclear_solid", [](const Cell& c) { return c.volume.nuclear_solid_um3; });
    column("cytoplasmic_solid", [](const Cell& c) { return c.volume.cytoplasmic_solid_um3; });
    column("il6_response", [](const Cell& c) { return c.traits.il6_response; });
    column("il8_response", [](const Cell& c) { return c.traits.il8_response; });
    column("mmp1", [](const Cell& c) { return c.traits.mmp1; });
    column("fscn1", [](const Cell& c) { return c.traits.fscn1; });
    column("clone", [](const Cell& c) { return c.clone; });
    column("journeys", [](const Cell& c) { return c.journeys; });
    column("type", [](const Cell& c) { return c.type; });
    column("state", [](const Cell& c) { return static_cast<std::uint8_t>(c.state); });
    column("fate", [](const Cell& c) { return static_cast<std::uint8_t>(c.fate); });
    column("phase", [](const Cell& c) { return c.phase; });
}

void write_travellers(io::StateWriter& writer, const circulation::Circulation& blood,
                      const parallel::Communicator& world)
{
    using circulation::Traveller;
    const auto slice = parallel::sorted_slice(world, blood.travellers(), [](const Traveller& t) {
        return std::array{t.cluster.value, t.cell.id.value};
    });
    const Table<Traveller> table(writer, "/blood/cells", slice);
    write_cell_columns(table, [](const Traveller& t) -> const agents::CellRecord& { return t.cell; });
    table.column("cluster", [](const Traveller& t) { return t.cluster.value; });
    table.column("source", [](const Traveller& t) { return std::int64_t{index_of(t.source)}; });
    table.column("shed_at", [](const Traveller& t) { return t.shed_at; });
    table.column("arrested_at", [](const Traveller& t) { return t.arrested_at; });
    table.column("bed", [](const Traveller& t) { return std::int64_t{t.bed}; });
    table.column("minutes_ahead", [](const Traveller& t) { return t.minutes_ahead; });
    table.column("location", [](const Traveller& t) { return std::int64_t{t.location}; });
    table.column("passes", [](const Traveller& t) { return t.passes; });
}

void write_numbers(io::StateWriter& writer, const std::string& path, const std::vector<std::int64_t>& numbers,
                   bool root)
{
    writer.write_column(path, numbers.size(), 0,
                        root ? std::span<const std::int64_t>(numbers) : std::span<const std::int64_t>());
}

std::vector<std::int64_t> ledger_of(const agents::Tally& tally)
{
    std::vector<std::int64_t> numbers{tally.founded, tally.born, tally.arrived, tally.shed};
    numbers.insert(numbers.end(), tally.died.begin(), tally.died.end());
    return numbers;
}

std::vector<std::int64_t> ledger_of(const circulation::BloodLedger& blood)
{
    std::vector<std::int64_t> numbers{blood.shed, blood.extravasated, blood.extravasated_lumped};
    numbers.insert(numbers.end(), blood.died.begin(), blood.died.end());
    return numbers;
}
} // namespace

void Body::write_organ(io::StateWriter& writer, std::size_t index, const agents::Tally& totals) const
{
    const auto& about = description_->organs[index];
    const std::string path = "/organs/" + about.name;
    const organ::Organ* organ = this->organ(OrganId{static_cast<std::int32_t>(index)});
    const mesh::Box box = organ != nullptr ? organ->partition().box(organ->communicator().rank()) : mesh::Box{};
    for (std::size_t f = 0; f < about.fields.size(); ++f) {
        const auto mine = organ != nullptr ? organ->fields()[f].concentration().owned() : std::vector<double>{};
        writer.write_field(path + "/fields/" + about.fields[f].substance.name, about.grid, box, mine);
    }
    const auto matrix = organ != nullptr ? organ->matrix().density().owned() : std::vector<double>{};
    writer.write_field(path + "/fields/ecm", about.grid, box, matrix);
    auto cells = organ != nullptr ? organ->cells_by_id() : parallel::Slice<agents::CellRecord>{};
    // What the organ's ranks agree on, for the others: three numbers, then which fields rest.
    std::vector<std::int64_t> shared(3 + about.fields.size(), 0);
    if (organ != nullptr) {
        shared[0] = static_cast<std::int64_t>(cells.total);
        shared[1] = static_cast<std::int64_t>(organ->population().next_number());
        shared[2] = organ->fields_at();
        std::copy(organ->fields_at_rest().begin(), organ->fields_at_rest().end(), shared.begin() + 3);
    }
    world_->maximum(std::span(shared));
    cells.total = static_cast<std::uint64_t>(shared[0]);
    write_cell_columns(Table<agents::CellRecord>(writer, path + "/cells", cells),
                       [](const agents::CellRecord& cell) -> const agents::CellRecord& { return cell; });
    writer.write_attribute(path + "/cells", "next_number", shared[1]);
    writer.write_attribute(path + "/fields", "at_tick", shared[2]);
    write_numbers(writer, path + "/fields_at_rest", {shared.begin() + 3, shared.end()}, world_->is_root());
    write_numbers(writer, path + "/ledger", ledger_of(totals), world_->is_root());
}

void Body::write_state(io::StateWriter& writer) const
{
    const BodyCensus counted = census();
    for (std::size_t i = 0; i < description_->organs.size(); ++i) {
        write_organ(writer, i, counted.organs[i].totals);
    }
    write_travellers(writer, circulation_, *world_);
    write_numbers(writer, "/blood/ledger", ledger_of(counted.blood), world_->is_root());
    const auto& drugs = therapy_.concentrations();
    writer.write_column("/therapy/concentrations", drugs.size(), 0,
                        world_->is_root() ? std::span<const double>(drugs) : std::span<const double>());
}

} // namespace paget::body
