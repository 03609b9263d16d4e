// The whole state of the body, piece by piece, in an order and a form that do not depend on the ranks.

#include "paget/body/body.hpp"

#include "state_columns.hpp"
#include "vessel_state.hpp"

#include "paget/parallel/sorted_slice.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace paget::body
{
namespace
{
/// Calls visit(path, values) for every column of a slice of records.
template <class Record, class Columns, class Visit>
void visit_values(const std::string& folder, const std::vector<Record>& records, Columns&& visit_columns, Visit&& visit)
{
    visit_columns([&](const char* name, auto get) {
        using Value = Saved<std::decay_t<decltype(get(records.front()))>>;
        std::vector<Value> values;
        values.reserve(records.size());
        for (const Record& record : records) {
            values.push_back(static_cast<Value>(get(record)));
        }
        visit(folder + "/" + name, std::span<const Value>(values));
    });
}

auto cell_columns(OptionalColumns optional)
{
    return [optional](auto&& visit) { visit_cell_columns(optional, visit); };
}

auto traveller_columns(OptionalColumns optional)
{
    return [optional](auto&& visit) { visit_traveller_columns(optional, visit); };
}

void write_travellers(io::StateWriter& writer, const circulation::Circulation& blood,
                      const parallel::Communicator& world, OptionalColumns optional)
{
    using circulation::Traveller;
    const auto slice = parallel::sorted_slice(world, blood.travellers(), [](const Traveller& t) {
        return std::array{t.cluster.value, t.cell.id.value};
    });
    visit_values("/blood/cells", slice.items, traveller_columns(optional), [&](const std::string& path, auto values) {
        writer.write_column(path, slice.total, slice.first, values);
    });
}

/// The cells of an organ, whose ranks hand them over portion by portion; the other ranks have none. Collective over the
/// world.
void write_cells(io::StateWriter& writer, const std::string& folder, const organ::Organ* organ, std::uint64_t total,
                 std::uint64_t portions, OptionalColumns optional)
{
    const std::vector<agents::CellRecord> none;
    const auto columns = cell_columns(optional);
    visit_values(folder, none, columns,
                 [&](const std::string& path, auto values) { writer.begin_column(path, total, values); });
    std::optional<organ::CellsById> cells;
    if (organ != nullptr) {
        cells.emplace(organ->cells_by_id(portions));
    }
    for (std::uint64_t portion = 0; portion < portions; ++portion) {
        const auto slice = cells ? cells->next() : parallel::Slice<agents::CellRecord>{};
        visit_values(folder, slice.items, columns,
                     [&](const std::string& path, auto values) { writer.write_part(path, slice.first, values); });
    }
    visit_values(folder, none, columns, [&](const std::string& path, auto) { writer.end_column(path); });
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
    numbers.insert(numbers.end(), tally.died.begin(), tally.died.begin() + causes_everywhere);
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
    // What the organ's ranks agree on, for the others: three numbers, then which fields rest.
    std::vector<std::int64_t> shared(3 + about.fields.size(), 0);
    if (organ != nullptr) {
        shared[0] = organ->communicator().sum(static_cast<std::int64_t>(organ->population().size()));
        shared[1] = static_cast<std::int64_t>(organ->population().next_number());
        shared[2] = organ->fields_at();
        std::copy(organ->fields_at_rest().begin(), organ->fields_at_rest().end(), shared.begin() + 3);
    }
    world_->maximum(std::span(shared));
    const auto total = static_cast<std::uint64_t>(shared[0]);
    const std::uint64_t portions = organ::portions_of(total, layout_[index].ranks.size());
    write_cells(writer, path + "/cells", organ, total, portions, optional_columns(*description_));
    writer.write_attribute(path + "/cells", "next_number", shared[1]);
    writer.write_attribute(path + "/fields", "at_tick", shared[2]);
    write_numbers(writer, path + "/fields_at_rest", {shared.begin() + 3, shared.end()}, world_->is_root());
    write_numbers(writer, path + "/ledger", ledger_of(totals), world_->is_root());
    const std::int64_t killed = totals.died[static_cast<std::size_t>(agents::DeathCause::killed)];
    if (description_->tissue.open || totals.recruited + totals.left + killed > 0) {
        write_numbers(writer, path + "/open_ledger", {totals.recruited, totals.left, killed}, world_->is_root());
    }
    if (about.angiogenesis.on()) {
        write_grown_vessels(writer, path + "/grown_vessels", organ, *world_);
    }
    writer.write_attribute(path, "vessels", about.vessels.checksum());
}

void Body::write_state(io::StateWriter& writer) const
{
    const BodyCensus counted = census();
    for (std::size_t i = 0; i < description_->organs.size(); ++i) {
        write_organ(writer, i, counted.organs[i].totals);
    }
    write_travellers(writer, circulation_, *world_, optional_columns(*description_));
    write_numbers(writer, "/blood/ledger", ledger_of(counted.blood), world_->is_root());
    if (description_->has_niches()) {
        const auto& readiness = niches_.readiness();
        writer.write_column("/niches/readiness", readiness.size(), 0,
                            world_->is_root() ? std::span<const double>(readiness) : std::span<const double>());
    }
    const auto& drugs = therapy_.concentrations();
    writer.write_column("/therapy/concentrations", drugs.size(), 0,
                        world_->is_root() ? std::span<const double>(drugs) : std::span<const double>());
}

} // namespace paget::body
