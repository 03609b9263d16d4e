#include "forces.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace paget::agents
{
namespace
{
constexpr std::size_t block_size = 32; // pairs that are gathered before they are computed

/// Pairs of one cell as columns, so that the compiler can compute several at once.
struct PairBlock {
    std::array<double, block_size> x_um;
    std::array<double, block_size> y_um;
    std::array<double, block_size> z_um;
    std::array<double, block_size> squared_um2;
    std::array<double, block_size> contact_um; ///< sum of radii
    std::array<double, block_size> reach_um;   ///< where adhesion ends, not below contact
    std::array<double, block_size> repulsion_um_per_min;
    std::array<double, block_size> adhesion_um_per_min;
    std::array<double, block_size> factor_per_min; ///< what the vector between the centres is to be multiplied by
};

/// What is the same for all pairs of a cell.
struct Subject {
    Sphere sphere;
    const PairLaw::Pair* pairs = nullptr;
    double reach_um = 0.0;
};

/// Fills the block and returns the smallest squared distance.
double gather(const Columns& cells, const PairLaw& law, const Subject& a, std::span<const std::uint32_t> neighbours,
              PairBlock& block)
{
    double nearest = coincident_um2;
    for (std::size_t k = 0; k < neighbours.size(); ++k) {
        const Sphere& b = cells.sphere[neighbours[k]];
        const std::uint16_t row = cells.mechanics[neighbours[k]];
        const Vec3 apart = a.sphere.centre_um - b.centre_um;
        const double squared = dot(apart, apart);
        block.x_um[k] = apart.x;
        block.y_um[k] = apart.y;
        block.z_um[k] = apart.z;
        block.squared_um2[k] = squared;
        block.contact_um[k] = a.sphere.radius_um + b.radius_um;
        block.reach_um[k] = a.reach_um + law.range(row) * b.radius_um;
        block.repulsion_um_per_min[k] = a.pairs[row].repulsion_um_per_min;
        block.adhesion_um_per_min[k] = a.pairs[row].adhesion_um_per_min;
        nearest = std::min(nearest, squared);
    }
    return nearest;
}

/// The force law over distance, without branches: exactly zero out of reach. One division serves all three quotients.
void compute(PairBlock& block, std::size_t pairs)
{
    for (std::size_t k = 0; k < pairs; ++k) {
        const double distance = std::sqrt(block.squared_um2[k]);
        const double contact = block.contact_um[k];
        const double reach = block.reach_um[k];
        const double inverse = 1.0 / (distance * contact * reach);
        const double overlap = 1.0 - distance * (inverse * (distance * reach));
        const double nearness = 1.0 - distance * (inverse * (distance * contact));
        const double push = overlap > 0.0 ? overlap : 0.0;
        const double pull = nearness > 0.0 ? nearness : 0.0;
        const double speed =
            block.repulsion_um_per_min[k] * (push * push) - block.adhesion_um_per_min[k] * (pull * pull);
        block.factor_per_min[k] = speed * (inverse * (contact * reach));
    }
}

/// Centres that coincide have no line between them: a direction is drawn for each such pair.
void part_coinciding(const Columns& cells, std::size_t cell, std::span<const std::uint32_t> neighbours,
                     const Coincidence& coincidence, PairBlock& block)
{
    for (std::size_t k = 0; k < neighbours.size(); ++k) {
        if (block.squared_um2[k] < coincident_um2) {
            const Vec3 apart = coincidence.direction(cells.id[cell], cells.id[neighbours[k]]);
            block.x_um[k] = apart.x;
            block.y_um[k] = apart.y;
            block.z_um[k] = apart.z;
            block.factor_per_min[k] = block.repulsion_um_per_min[k] - block.adhesion_um_per_min[k];
        }
    }
}

void add_up(const PairBlock& block, std::size_t pairs, Vec3& sum)
{
    for (std::size_t k = 0; k < pairs; ++k) {
        sum += block.factor_per_min[k] * Vec3{block.x_um[k], block.y_um[k], block.z_um[k]};
    }
}
} // namespace

void pair_velocities(const Columns& cells, const NeighbourList& neighbours, const PairLaw& law,
                     const Coincidence& coincidence, std::vector<Vec3>& velocity_um_per_min)
{
    PairBlock block;
    velocity_um_per_min.resize(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Sphere sphere = cells.sphere[i];
        const std::uint16_t row = cells.mechanics[i];
        const Subject subject{sphere, law.pairs_of(row), law.range(row) * sphere.radius_um};
        Vec3 sum;
        for (auto rest = neighbours.of(i); !rest.empty();) {
            const auto some = rest.first(std::min(rest.size(), block_size));
            rest = rest.subspan(some.size());
            const double nearest = gather(cells, law, subject, some, block);
            compute(block, some.size());
            if (nearest < coincident_um2) {
                part_coinciding(cells, i, some, coincidence, block);
            }
            add_up(block, some.size(), sum);
        }
        velocity_um_per_min[i] = sum;
    }
}

} // namespace paget::agents
