#include "vessel_state.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace paget::body
{
namespace
{
using organ::GrownVessels;
using organ::SegmentLife;
using organ::TipCell;

/// Calls visit(name, list, member) for every number that vessels remember: `list` gives the records, `member` a
/// reference to one of a record's.
template <class Visit>
void visit_nodes(Visit&& visit)
{
    visit(
        "x", [](auto& n) -> auto& { return n.position_um.x; });
    visit(
        "y", [](auto& n) -> auto& { return n.position_um.y; });
    visit(
        "z", [](auto& n) -> auto& { return n.position_um.z; });
    visit(
        "name", [](auto& n) -> auto& { return n.name; });
}

template <class Visit>
void visit_segments(Visit&& visit)
{
    visit(
        "radius", [](auto& s) -> auto& { return s.radius_um; });
    visit(
        "maturity", [](auto& s) -> auto& { return s.maturity; });
    visit(
        "id", [](auto& s) -> auto& { return s.name; });
}

template <class Visit>
void visit_ends(Visit&& visit)
{
    visit(
        "from", [](auto& f) -> auto& { return f.from_node; });
    visit(
        "to", [](auto& f) -> auto& { return f.to_node; });
    visit(
        "haematocrit", [](auto& f) -> auto& { return f.haematocrit; });
}

template <class Visit>
void visit_lives(Visit&& visit)
{
    visit(
        "sprout", [](auto& l) -> auto& { return l.sprout; });
    visit(
        "created_at", [](auto& l) -> auto& { return l.created_at; });
    visit(
        "stagnant_since", [](auto& l) -> auto& { return l.stagnant_since; });
    visit(
        "blocked", [](auto& l) -> auto& { return l.blocked; });
    visit(
        "collapsed", [](auto& l) -> auto& { return l.collapsed; });
}

template <class Visit>
void visit_tips(Visit&& visit)
{
    visit(
        "id", [](auto& t) -> auto& { return t.id; });
    visit(
        "node", [](auto& t) -> auto& { return t.node; });
    visit(
        "segment", [](auto& t) -> auto& { return t.segment; });
    visit(
        "velocity_x", [](auto& t) -> auto& { return t.velocity_um_per_min.x; });
    visit(
        "velocity_y", [](auto& t) -> auto& { return t.velocity_um_per_min.y; });
    visit(
        "velocity_z", [](auto& t) -> auto& { return t.velocity_um_per_min.z; });
    visit(
        "origin_x", [](auto& t) -> auto& { return t.origin_um.x; });
    visit(
        "origin_y", [](auto& t) -> auto& { return t.origin_um.y; });
    visit(
        "origin_z", [](auto& t) -> auto& { return t.origin_um.z; });
    visit(
        "born_at", [](auto& t) -> auto& { return t.born_at; });
    visit(
        "fed_at", [](auto& t) -> auto& { return t.fed_at; });
}

template <class Member>
using Kept = std::conditional_t<std::is_floating_point_v<Member>, double, std::int64_t>;

/// Columns of the records that one rank has, all of them.
class Writing
{
public:
    Writing(io::StateWriter& writer, const parallel::Communicator& world) : writer_(&writer), world_(&world) {}

    template <class Value>
    void column(const std::string& path, const std::vector<Value>& mine) const
    {
        const auto total = world_->maximum(static_cast<std::int64_t>(mine.size()));
        writer_->write_column(path, static_cast<std::uint64_t>(total), 0, std::span<const Value>(mine));
    }

    template <class Record, class Columns>
    void records(const std::string& folder, const std::vector<Record>& mine, Columns&& columns) const
    {
        columns([&](const char* name, auto get) {
            using Member = std::decay_t<decltype(get(mine.front()))>;
            std::vector<Kept<Member>> values;
            for (const Record& record : mine) {
                values.push_back(static_cast<Kept<Member>>(get(record)));
            }
            column(folder + "/" + name, values);
        });
    }

private:
    io::StateWriter* writer_;
    const parallel::Communicator* world_;
};

class Reading
{
public:
    Reading(io::StateReader& reader, const parallel::Communicator& world) : reader_(&reader), world_(&world) {}

    template <class Value>
    std::vector<Value> column(const std::string& path) const
    {
        return io::read_whole_column<Value>(*reader_, *world_, path);
    }

    template <class Record, class Columns>
    void records(const std::string& folder, std::vector<Record>& all, Columns&& columns) const
    {
        bool first = all.empty();
        columns([&](const char* name, auto get) {
            using Member = std::decay_t<decltype(get(all.front()))>;
            const auto values = column<Kept<Member>>(folder + "/" + name);
            all.resize(first ? values.size() : all.size());
            first = false;
            check_size(folder + "/" + name, values.size(), all.size());
            for (std::size_t i = 0; i < values.size(); ++i) {
                get(all[i]) = static_cast<Member>(values[i]);
            }
        });
    }

    static void check_size(const std::string& path, std::size_t found, std::size_t expected)
    {
        if (found != expected) {
            throw FileError(
                fmt::format("{} of the saved state has {} entries; {} are expected", path, found, expected));
        }
    }

private:
    io::StateReader* reader_;
    const parallel::Communicator* world_;
};

std::vector<std::int64_t> numbers_of(const GrownVessels& vessels)
{
    std::vector<std::int64_t> numbers{vessels.next_id, vessels.advanced_to};
    numbers.insert(numbers.end(), vessels.events.number.begin(), vessels.events.number.end());
    return numbers;
}

/// Indices must lie within what they point into.
void check_indices(const GrownVessels& vessels, const std::string& path)
{
    const auto nodes = static_cast<std::int32_t>(vessels.network.nodes.size());
    const auto segments = static_cast<std::int32_t>(vessels.network.segments.size());
    const auto in = [nodes](std::int32_t node) { return node >= 0 && node < nodes; };
    const bool ends = std::all_of(vessels.network.flows.begin(), vessels.network.flows.end(),
                                  [&](const auto& flow) { return in(flow.from_node) && in(flow.to_node); });
    const bool tips = std::all_of(vessels.tips.begin(), vessels.tips.end(), [&](const TipCell& tip) {
        return in(tip.node) && tip.segment >= -1 && tip.segment < segments;
    });
    if (!ends || !tips) {
        throw FileError(fmt::format("{} of the saved state names nodes or segments that it does not have", path));
    }
}
} // namespace

void write_grown_vessels(io::StateWriter& writer, const std::string& path, const organ::Organ* organ,
                         const parallel::Communicator& world)
{
    const bool mine = organ != nullptr && organ->communicator().is_root();
    const GrownVessels vessels = mine ? organ->growing_vessels()->state() : GrownVessels{};
    const Writing write(writer, world);
    write.records(path + "/nodes", vessels.network.nodes, [](auto&& visit) { visit_nodes(visit); });
    write.column(path + "/nodes/sprouted", vessels.sprouted);
    write.records(path + "/segments", vessels.network.segments, [](auto&& visit) { visit_segments(visit); });
    write.records(path + "/segments", vessels.network.flows, [](auto&& visit) { visit_ends(visit); });
    write.records(path + "/segments", vessels.lives, [](auto&& visit) { visit_lives(visit); });
    write.records(path + "/tips", vessels.tips, [](auto&& visit) { visit_tips(visit); });
    write.column(path + "/numbers", mine ? numbers_of(vessels) : std::vector<std::int64_t>{});
}

GrownVessels read_grown_vessels(io::StateReader& reader, const std::string& path, const parallel::Communicator& world)
{
    GrownVessels vessels;
    const Reading read(reader, world);
    auto& network = vessels.network;
    read.records(path + "/nodes", network.nodes, [](auto&& visit) { visit_nodes(visit); });
    vessels.sprouted = read.column<std::int64_t>(path + "/nodes/sprouted");
    read.records(path + "/segments", network.segments, [](auto&& visit) { visit_segments(visit); });
    read.records(path + "/segments", network.flows, [](auto&& visit) { visit_ends(visit); });
    read.records(path + "/segments", vessels.lives, [](auto&& visit) { visit_lives(visit); });
    read.records(path + "/tips", vessels.tips, [](auto&& visit) { visit_tips(visit); });
    const auto numbers = read.column<std::int64_t>(path + "/numbers");
    Reading::check_size(path + "/numbers", numbers.size(), 2 + vessels.events.number.size());
    Reading::check_size(path + "/nodes/sprouted", vessels.sprouted.size(), network.nodes.size());
    Reading::check_size(path + "/segments/from", network.flows.size(), network.segments.size());
    Reading::check_size(path + "/segments/sprout", vessels.lives.size(), network.segments.size());
    check_indices(vessels, path);
    vessels.next_id = numbers[0];
    vessels.advanced_to = numbers[1];
    std::copy(numbers.begin() + 2, numbers.end(), vessels.events.number.begin());
    for (std::size_t s = 0; s < network.segments.size(); ++s) {
        network.segments[s].start_um = network.nodes[static_cast<std::size_t>(network.flows[s].from_node)].position_um;
        network.segments[s].end_um = network.nodes[static_cast<std::size_t>(network.flows[s].to_node)].position_um;
    }
    return vessels;
}

} // namespace paget::body
