#include "read_state.hpp"

#include "state_columns.hpp"
#include "vessel_state.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

namespace paget::body
{
namespace
{
/// Entries [first, last) of a column.
struct Part {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};

/// The part of reader `index` of `readers`; nothing for those that do not read.
Part part_of(std::uint64_t total, std::optional<std::size_t> index, std::size_t readers)
{
    return index ? Part{total * *index / readers, total * (*index + 1) / readers} : Part{};
}

/// Fills one column of records.
template <class T, class Get>
void read_column(io::StateReader& reader, const std::string& path, std::uint64_t first, std::vector<T>& records,
                 Get get)
{
    using Member = std::decay_t<decltype(get(records.front()))>;
    std::vector<Saved<Member>> values(records.size());
    reader.read_column(path, first, std::span<Saved<Member>>(values));
    for (std::size_t i = 0; i < records.size(); ++i) {
        get(records[i]) = static_cast<Member>(values[i]);
    }
}

std::vector<std::int64_t> read_numbers(io::StateReader& reader, const parallel::Communicator& world,
                                       const std::string& path, std::size_t count)
{
    auto numbers = io::read_whole_column<std::int64_t>(reader, world, path);
    if (numbers.size() != count) {
        throw FileError(
            fmt::format("{} of the saved state has {} entries; {} are expected", path, numbers.size(), count));
    }
    return numbers;
}

/// Position of this rank among those that work on an organ.
std::optional<std::size_t> position_in(const std::vector<int>& ranks, int rank)
{
    const auto found = std::find(ranks.begin(), ranks.end(), rank);
    return found == ranks.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - ranks.begin()));
}

void check_vessels(io::StateReader& reader, const organ::OrganDescription& about, const std::string& path)
{
    if (io::read_attribute<std::uint64_t>(reader, path, "vessels") != about.vessels.checksum()) {
        throw InputError(fmt::format("organ '{}' has other vessels than in the saved state (cells and fields there "
                                     "belong to those). Bring back the network file as it was, or the version of Paget "
                                     "that generated the vessels.",
                                     about.name));
    }
}

void read_fields(io::StateReader& reader, const organ::OrganDescription& about, const std::string& path,
                 const mesh::Box& box, organ::OrganState& state)
{
    const auto voxels = static_cast<std::size_t>(box.volume());
    for (const auto& field : about.fields) {
        state.fields.emplace_back(voxels);
        reader.read_field(path + "/fields/" + field.substance.name, about.grid, box, state.fields.back());
    }
    state.matrix.resize(voxels);
    reader.read_field(path + "/fields/ecm", about.grid, box, state.matrix);
}

agents::Tally tally_from(const std::vector<std::int64_t>& numbers)
{
    agents::Tally tally{numbers[0], numbers[1], numbers[2], numbers[3]};
    std::copy(numbers.begin() + 4, numbers.end(), tally.died.begin());
    return tally;
}

/// The columns that are asked for and there: what a case asks for that goes on with other keys may not be there yet.
OptionalColumns saved_columns(io::StateReader& reader, const BodyDescription& description, const std::string& folder)
{
    OptionalColumns columns = optional_columns(description);
    columns.experience = columns.experience && reader.has_column(folder + "attached_to");
    return columns;
}

void read_open_ledger(io::StateReader& reader, const parallel::Communicator& world, const std::string& path,
                      agents::Tally& tally)
{
    if (reader.has_column(path)) {
        const auto numbers = read_numbers(reader, world, path, open_ledger_entries);
        tally.recruited = numbers[0];
        tally.left = numbers[1];
        tally.died[static_cast<std::size_t>(agents::DeathCause::killed)] = numbers[2];
    }
}
} // namespace

organ::OrganState read_organ(io::StateReader& reader, const BodyDescription& description, std::size_t index,
                             const mesh::OrganPlacement& placement, const parallel::Communicator& world)
{
    const auto& about = description.organs[index];
    const std::string path = "/organs/" + about.name;
    const auto position = position_in(placement.ranks, world.rank());
    const mesh::Partition partition = placement.partition(about.grid);
    organ::OrganState state;
    check_vessels(reader, about, path);
    read_fields(reader, about, path, position ? partition.box(static_cast<int>(*position)) : mesh::Box{}, state);
    const Part part = part_of(reader.column_size(path + "/cells/id"), position, placement.ranks.size());
    state.cells.resize(part.last - part.first);
    const OptionalColumns columns = saved_columns(reader, description, path + "/cells/");
    visit_cell_columns(columns, [&](const char* name, auto get) {
        read_column(reader, path + "/cells/" + name, part.first, state.cells, get);
    });
    for (agents::CellRecord& cell : state.cells) {
        cell.experience.divided_at = columns.experience ? cell.experience.divided_at : cell.born_at;
    }
    state.next_number =
        static_cast<std::uint64_t>(io::read_attribute<std::int64_t>(reader, path + "/cells", "next_number"));
    state.fields_at = io::read_attribute<std::int64_t>(reader, path + "/fields", "at_tick");
    for (const std::int64_t rests : read_numbers(reader, world, path + "/fields_at_rest", about.fields.size())) {
        state.fields_at_rest.push_back(rests != 0);
    }
    state.totals = tally_from(read_numbers(reader, world, path + "/ledger", 4 + causes_everywhere));
    read_open_ledger(reader, world, path + "/open_ledger", state.totals);
    if (about.angiogenesis.on()) {
        state.vessels = read_grown_vessels(reader, path + "/grown_vessels", world);
    }
    return state;
}

std::vector<circulation::Traveller> read_travellers(io::StateReader& reader, const BodyDescription& description,
                                                    const parallel::Communicator& world)
{
    const std::string path = "/blood/cells/";
    const Part part = part_of(reader.column_size(path + "id"), static_cast<std::size_t>(world.rank()),
                              static_cast<std::size_t>(world.size()));
    std::vector<circulation::Traveller> travellers(part.last - part.first);
    const OptionalColumns columns = saved_columns(reader, description, path);
    visit_traveller_columns(
        columns, [&](const char* name, auto get) { read_column(reader, path + name, part.first, travellers, get); });
    for (circulation::Traveller& traveller : travellers) {
        agents::CellRecord& cell = traveller.cell;
        cell.experience.divided_at = columns.experience ? cell.experience.divided_at : cell.born_at;
    }
    return travellers;
}

circulation::BloodLedger read_blood_ledger(io::StateReader& reader, const parallel::Communicator& world)
{
    const auto numbers = read_numbers(reader, world, "/blood/ledger", 3 + circulation::blood_death_count);
    circulation::BloodLedger ledger{numbers[0], {}, numbers[1], numbers[2]};
    std::copy(numbers.begin() + 3, numbers.end(), ledger.died.begin());
    return ledger;
}

std::vector<double> read_drugs(io::StateReader& reader, const BodyDescription& description,
                               const parallel::Communicator& world)
{
    auto concentrations = io::read_whole_column<double>(reader, world, "/therapy/concentrations");
    if (concentrations.size() != description.drugs.size()) {
        throw FileError(fmt::format("the saved state has {} drugs; {} are expected", concentrations.size(),
                                    description.drugs.size()));
    }
    return concentrations;
}

std::vector<double> read_niches(io::StateReader& reader, const BodyDescription& description,
                                const parallel::Communicator& world)
{
    if (!description.has_niches()) {
        return std::vector<double>(description.organs.size(), 0.0);
    }
    auto readiness = io::read_whole_column<double>(reader, world, "/niches/readiness");
    if (readiness.size() != description.organs.size()) {
        throw FileError(fmt::format("the saved state has niches of {} organs; {} are expected", readiness.size(),
                                    description.organs.size()));
    }
    return readiness;
}

} // namespace paget::body
