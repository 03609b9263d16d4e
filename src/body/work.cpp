// How much work is where, before any of it has been measured.

#include "work.hpp"

#include "paget/agents/population.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace paget::body
{
namespace
{
// Nanoseconds of a step on the reference machine of docs/architecture.md; only their ratios count.
constexpr double work_per_voxel_and_field = 200.0;
constexpr std::int64_t work_per_cell = 10'000;
/// Of one founder cell over a run: its descendants' forces outweigh it by far.
constexpr double work_per_founder = 400'000.0;
/// Of the sites of founders packed in a ball (src/organ/founders.cpp), against space filled by their spheres.
constexpr double packed_share = 0.74 / (0.95 * 0.95 * 0.95);
/// What a rank that holds all of an organ's grids does again of its work on fields. Measured: on seven ranks each needs
/// 0.52 of what one alone does (inputs/breast.ini).
constexpr double repeated_of_whole = 0.45;

void add_fields(const organ::OrganDescription& organ, mesh::OrganLoad& load)
{
    const double all = work_per_voxel_and_field * static_cast<double>(organ.grid.voxel_count()) *
                       (1.0 + static_cast<double>(organ.fields.size()));
    const double repeated = repeated_share(organ.grid);
    load.repeated += std::llround(repeated * all);
    load.work.spread(organ.grid.box(), (1.0 - repeated) * all);
}

/// A box around the middle of a grid that holds the ball in which founders are packed.
mesh::Box box_of_founders(const mesh::Grid& grid, double radius_um, std::int64_t count)
{
    const double share = static_cast<double>(count) / packed_share;
    const double reach_um = radius_um * (grid.planar() ? std::sqrt(share) : std::cbrt(share));
    // A cube of the ball's volume, or a square of the disc's area.
    const double half_um =
        reach_um * (grid.planar() ? std::sqrt(std::numbers::pi / 4.0) : std::cbrt(std::numbers::pi / 6.0));
    const Vec3 centre = 0.5 * grid.extent_um();
    const Vec3 half{half_um, half_um, half_um};
    mesh::Box box{grid.voxel_at(centre - half), grid.voxel_at(centre + half)};
    for (int& end : box.hi) {
        ++end;
    }
    return box;
}

void add_founders(const BodyDescription& body, const organ::Founders& founders, mesh::OrganLoad& load)
{
    const double work = work_per_founder * static_cast<double>(founders.count);
    if (!founders.placed.empty()) {
        for (const organ::PlacedFounder& founder : founders.placed) {
            load.work.add(load.grid.voxel_at(founder.position_um), std::llround(work_per_founder));
        }
    } else if (founders.scattered) {
        load.work.spread(load.grid.box(), work);
    } else {
        const auto& types = body.tissue.types;
        const auto type =
            std::find_if(types.begin(), types.end(), [&](const auto& t) { return t.name == founders.type; });
        load.work.spread(box_of_founders(load.grid, type->radius_um(), founders.count), work);
    }
}

/// Entries of this rank, of so many.
struct Part {
    std::uint64_t first;
    std::uint64_t count;
};

Part part_of(std::uint64_t total, const parallel::Communicator& world)
{
    const auto rank = static_cast<std::uint64_t>(world.rank());
    const auto ranks = static_cast<std::uint64_t>(world.size());
    const std::uint64_t first = total * rank / ranks;
    return {first, total * (rank + 1) / ranks - first};
}

void add_saved_cells(const std::string& path, const parallel::Communicator& world, io::StateReader& saved,
                     mesh::OrganLoad& load)
{
    const Part part = part_of(saved.column_size(path + "x"), world);
    std::array<std::vector<double>, 3> places;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        places[axis].resize(part.count);
        saved.read_column(path + std::string(1, "xyz"[axis]), part.first, std::span<double>(places[axis]));
    }
    mesh::WorkMap cells(load.grid);
    for (std::size_t i = 0; i < part.count; ++i) {
        cells.add(load.grid.voxel_at({places[0][i], places[1][i], places[2][i]}), work_per_cell);
    }
    world.sum(cells.amounts());
    std::transform(cells.amounts().begin(), cells.amounts().end(), load.work.amounts().begin(),
                   load.work.amounts().begin(), std::plus<>());
}
} // namespace

double repeated_share(const mesh::Grid& grid)
{
    return repeated_of_whole *
           std::min(1.0, static_cast<double>(mesh::whole_below) / static_cast<double>(grid.voxel_count()));
}

std::vector<mesh::OrganLoad> empty_loads(const BodyDescription& description)
{
    std::vector<mesh::OrganLoad> loads;
    for (const organ::OrganDescription& organ : description.organs) {
        loads.emplace_back(organ.grid).least_part =
            agents::least_part(organ.grid, description.tissue.types, description.tissue.skin_um);
    }
    return loads;
}

std::vector<mesh::OrganLoad> BodyDescription::loads() const
{
    std::vector<mesh::OrganLoad> loads = empty_loads(*this);
    for (std::size_t i = 0; i < organs.size(); ++i) {
        add_fields(organs[i], loads[i]);
        for (const organ::Founders& founders : organs[i].founders) {
            add_founders(*this, founders, loads[i]);
        }
    }
    return loads;
}

std::vector<mesh::OrganLoad> saved_loads(const BodyDescription& description, const parallel::Communicator& world,
                                         io::StateReader& saved)
{
    std::vector<mesh::OrganLoad> loads = empty_loads(description);
    for (std::size_t i = 0; i < loads.size(); ++i) {
        add_fields(description.organs[i], loads[i]);
        add_saved_cells("/organs/" + description.organs[i].name + "/cells/", world, saved, loads[i]);
    }
    return loads;
}

} // namespace paget::body
