#pragma once

#include "convergence.hpp"

#include "paget/fields/diffusing_field.hpp"

#include <array>
#include <cmath>
#include <functional>
#include <ostream>

namespace paget::testing_fields
{

struct Walls {
    const char* name;
    std::array<std::optional<double>, 6> held;

    friend std::ostream& operator<<(std::ostream& out, const Walls& walls) { return out << walls.name; }
};

inline const std::array<Walls, 3> all_walls{
    Walls{"Held", {38.0, 38.0, 38.0, 38.0, 38.0, 38.0}}, Walls{"Closed", {}},
    Walls{"Mixed", {38.0, std::nullopt, std::nullopt, 20.0, std::nullopt, std::nullopt}}};

/// Loss [1/min] of a voxel, from its place in the unit cube and two random numbers.
struct Uptake {
    const char* name;
    std::function<double(const Vec3& place, double random, double other)> loss_per_min;
};

inline double distance_from_middle(const Vec3& p) { return std::hypot(p.x - 0.5, p.y - 0.5, p.z - 0.5); }

inline const std::array<Uptake, 6> uptakes{
    Uptake{"a tumour and scattered cells",
           [](const Vec3& p, double r, double other) {
               return distance_from_middle(p) < 0.35 ? 3.0 + 7.0 * r : (other < 0.02 ? 3.3 : 0.0);
           }},
    Uptake{"a smooth contrast of 1e4", [](const Vec3& p, double, double) { return 0.1 * std::pow(1e4, p.x); }},
    Uptake{"any voxel between 0.1 and 1000", [](const Vec3&, double r, double) { return 0.1 * std::pow(1e4, r); }},
    Uptake{"every other voxel, by chance, 1000", [](const Vec3&, double r, double) { return r < 0.5 ? 1000.0 : 0.1; }},
    Uptake{"one voxel in a hundred 1000", [](const Vec3&, double r, double) { return r < 0.01 ? 1000.0 : 0.1; }},
    Uptake{"a ball of 1000",
           [](const Vec3& p, double, double) { return distance_from_middle(p) < 0.35 ? 1000.0 : 0.1; }}};

/// Bands that the measured numbers (5 to 12, on odd grids to 16) keep well within.
inline constexpr int most_cycles = 13;
inline constexpr int most_cycles_on_odd_grids = 18;

/// Cycles to a relative error of 1e-6 from a zero guess.
inline int cycles_of(const mesh::Index3& voxels, const Walls& walls, const Uptake& uptake)
{
    const auto comm = parallel::Communicator::world();
    const mesh::Grid grid{voxels, 20.0};
    const auto partition = partition_for(grid, comm);
    const mesh::Box box = partition.box(comm.rank());
    fields::Substance substance = oxygen();
    substance.walls = walls.held;
    const auto loss = values_on(box, [&](const mesh::Index3& v) {
        const Vec3 place{(v[0] + 0.5) / voxels[0], (v[1] + 0.5) / voxels[1], (v[2] + 0.5) / voxels[2]};
        return uptake.loss_per_min(place, random_at(grid, v, 1), random_at(grid, v, 2));
    });
    fields::DiffusingField field(partition, comm, substance, "lung_oxygen_");
    field.assign(std::vector<double>(loss.size(), 0.0));
    return field.solve_steady({loss, std::vector<double>(loss.size(), 5.0)}).iterations;
}

} // namespace paget::testing_fields
