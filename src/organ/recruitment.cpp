#include "recruitment.hpp"

#include "sensing.hpp"

#include "paget/core/math.hpp"

#include <algorithm>

namespace paget::organ
{
namespace
{
constexpr std::uint64_t most_at_once = 63; // in a voxel, of a type, in a step

/// By inversion: the smallest number whose cumulative probability exceeds u.
std::uint64_t poisson(double mean, double u)
{
    double probability = portable_exp(-mean);
    double cumulative = probability;
    std::uint64_t number = 0;
    while (u > cumulative && number < most_at_once) {
        ++number;
        probability *= mean / static_cast<double>(number);
        cumulative += probability;
    }
    return number;
}

agents::CellRecord newcomer(const agents::CellType& type, std::uint8_t number, const mesh::Grid& grid,
                            const mesh::Index3& voxel, const std::array<double, 4>& u, Tick now)
{
    agents::CellRecord cell;
    const Vec3 centre = grid.centre_um(voxel);
    cell.position_um = centre + Vec3{(u[0] - 0.5) * grid.spacing_um[0], (u[1] - 0.5) * grid.spacing_um[1],
                                     grid.planar() ? 0.0 : (u[2] - 0.5) * grid.spacing_um[2]};
    cell.volume = type.reference_volume();
    cell.traits = type.traits;
    cell.born_at = now;
    cell.experience.divided_at = now;
    cell.phase_entered_at = now;
    cell.type = number;
    return cell;
}
/// A type that is recruited, and what calls it.
struct Call {
    std::uint8_t type = 0;
    double rate_per_um2_min = 0.0;
    const fields::Concentration* field = nullptr; ///< null: always in full
    double threshold = 0.0;
    double saturation = 1.0;
};

std::vector<Call> calls_of(const TissueDescription& tissue, const std::vector<FieldDescription>& descriptions,
                           const std::vector<fields::DiffusingField>& fields)
{
    std::vector<Call> calls;
    for (std::size_t t = 0; t < tissue.types.size(); ++t) {
        const Recruitment& recruitment = tissue.behaviour[t].recruitment;
        if (recruitment.rate_per_um2_min > 0.0) {
            const auto field = find_field(descriptions, recruitment.field);
            calls.push_back({static_cast<std::uint8_t>(t), recruitment.rate_per_um2_min,
                             field ? &fields[*field].concentration() : nullptr, recruitment.threshold,
                             recruitment.saturation});
        }
    }
    return calls;
}

/// 0 to 1, at a voxel.
double strength_of(const Call& call, const mesh::Index3& voxel)
{
    return call.field != nullptr ? ramp(call.field->at(voxel), call.threshold, call.saturation) : 1.0;
}

mesh::Index3 voxel_in(const mesh::Box& box, std::size_t offset)
{
    const auto nx = static_cast<std::size_t>(box.extent(0));
    const auto ny = static_cast<std::size_t>(box.extent(1));
    return {box.lo[0] + static_cast<int>(offset % nx), box.lo[1] + static_cast<int>(offset / nx % ny),
            box.lo[2] + static_cast<int>(offset / (nx * ny))};
}
} // namespace

bool anybody_comes(const TissueDescription& tissue)
{
    return std::any_of(tissue.behaviour.begin(), tissue.behaviour.end(),
                       [](const TissueBehaviour& type) { return type.recruitment.rate_per_um2_min > 0.0; });
}

std::vector<Recruit> recruits(const TissueDescription& tissue, const std::vector<FieldDescription>& descriptions,
                              const std::vector<fields::DiffusingField>& fields, const VesselMap& vessels,
                              const mesh::Grid& grid, const mesh::Box& box, OrganKey organ, const RandomNumbers& random,
                              const TimeStep& step)
{
    std::vector<Recruit> found;
    const std::vector<Call> calls = calls_of(tissue, descriptions, fields);
    const auto walls = vessels.wall_area_per_um();
    for (std::size_t v = 0; v < walls.size(); ++v) {
        if (walls[v] == 0.0) {
            continue;
        }
        const mesh::Index3 voxel = voxel_in(box, v);
        const std::uint64_t place = grid.global_index(voxel);
        const std::uint64_t draws = (static_cast<std::uint64_t>(organ) << 48U) | place;
        for (const Call& call : calls) {
            const double mean =
                call.rate_per_um2_min * walls[v] * grid.voxel_volume_um3() * strength_of(call, voxel) * step.minutes();
            const std::uint64_t number =
                mean > 0.0 ? poisson(mean, random.uniform(Purpose::recruitment, draws, step.begin, call.type)) : 0;
            for (std::uint64_t k = 0; k < number; ++k) {
                const std::uint64_t types = tissue.types.size();
                const auto u = random.uniforms(Purpose::recruitment, draws, step.begin, (k + 1) * types + call.type);
                found.push_back({(place * types + call.type) * (most_at_once + 1) + k,
                                 newcomer(tissue.types[call.type], call.type, grid, voxel, u, step.end())});
            }
        }
    }
    return found;
}

} // namespace paget::organ
