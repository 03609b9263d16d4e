#include "paget/app/checkpoint.hpp"

#include "paget/core/error.hpp"
#include "paget/io/hdf5_state.hpp"

#include <fmt/format.h>

#include <numeric>

namespace paget::app
{
namespace
{
constexpr const char* format_name = "paget checkpoint";

/// Texts are columns of bytes: attributes of HDF5 are meant to be small.
void write_text(io::StateWriter& writer, const parallel::Communicator& world, const std::string& path,
                const std::string& text)
{
    const std::vector<std::uint8_t> bytes(text.begin(), text.end());
    std::vector<std::uint64_t> size{bytes.size()};
    world.broadcast(size); // rank 0 knows best
    writer.write_column(path, size.front(), 0,
                        world.is_root() ? std::span<const std::uint8_t>(bytes) : std::span<const std::uint8_t>());
}

std::string read_text(io::StateReader& reader, const parallel::Communicator& world, const std::string& path)
{
    const auto bytes = io::read_whole_column<std::uint8_t>(reader, world, path);
    return {bytes.begin(), bytes.end()};
}

void check_format(io::Hdf5StateReader& state)
{
    if (!state.has_attribute("/", "format") || io::read_attribute<std::string>(state, "/", "format") != format_name) {
        throw FileError(fmt::format("{} is no checkpoint of Paget's", state.path()));
    }
    const auto version = io::read_attribute<std::int64_t>(state, "/", "format_version");
    if (version > checkpoint_format) {
        throw FileError(fmt::format("{} is of format {}; this program reads formats up to {}. Use a newer version of "
                                    "Paget",
                                    state.path(), version, checkpoint_format));
    }
}

/// Cells in tissues and in the blood. Collective.
std::int64_t cells_in(const body::Body& body)
{
    const body::BodyCensus census = body.census();
    std::int64_t cells = census.in_blood.all_cells();
    for (const auto& organ : census.organs) {
        for (const auto& by_fate : organ.cells) {
            cells = std::accumulate(by_fate.begin(), by_fate.end(), cells);
        }
    }
    return cells;
}

CheckpointFacts read_facts(io::StateReader& state, const parallel::Communicator& world)
{
    CheckpointFacts facts;
    facts.now = io::read_attribute<std::int64_t>(state, "/", "tick");
    facts.seed = io::read_attribute<std::uint64_t>(state, "/", "seed");
    facts.case_file = read_text(state, world, "/run/case_file");
    facts.resolved_case = read_text(state, world, "/run/case");
    facts.outputs = output::positions_from(read_text(state, world, "/run/outputs"));
    facts.history = history_from(read_text(state, world, "/run/history"));
    return facts;
}
} // namespace

std::uint64_t write_checkpoint(const std::string& path, const body::Body& body, const CheckpointFacts& facts)
{
    const parallel::Communicator& world = body.world();
    io::Hdf5StateWriter writer(path, world);
    body.write_state(writer);
    const std::uint64_t hash = writer.hash(); // of the state alone: the rest varies with ranks and time of day
    writer.write_attribute("/", "format", std::string(format_name));
    writer.write_attribute("/", "format_version", checkpoint_format);
    writer.write_attribute("/", "state_hash", hash);
    writer.write_attribute("/", "tick", facts.now);
    writer.write_attribute("/", "seed", facts.seed);
    writer.write_attribute("/", "cells", cells_in(body));
    write_text(writer, world, "/run/case_file", facts.case_file);
    write_text(writer, world, "/run/case", facts.resolved_case);
    write_text(writer, world, "/run/outputs", text_of(facts.outputs));
    write_text(writer, world, "/run/history", text_of(facts.history));
    writer.commit();
    return hash;
}

Checkpoint::Checkpoint(const std::string& path, const parallel::Communicator& world) : state_(path, world)
{
    check_format(state_);
    facts_ = read_facts(state_, world);
    state_hash_ = io::read_attribute<std::uint64_t>(state_, "/", "state_hash");
    cells_ = static_cast<std::uint64_t>(io::read_attribute<std::int64_t>(state_, "/", "cells"));
    bytes_ = state_.bytes();
}

} // namespace paget::app
