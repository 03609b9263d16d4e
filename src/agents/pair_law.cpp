#include "pair_law.hpp"

#include "paget/agents/touching.hpp"

#include <algorithm>
#include <cmath>

namespace paget::agents
{

namespace
{
constexpr int speed_bits = 24; // of the fastest pair: 128 of them are needed to leave 32 bits

/// Power of two just above x > 0; 1 if x is 0.
double power_above(double x)
{
    int exponent = 0;
    std::frexp(x, &exponent);
    return std::ldexp(1.0, exponent);
}

/// The largest repulsion or adhesion that rules can give a cell; 0 without such rules.
double fastest_by_rules(const std::vector<CellType>& types)
{
    double fastest = 0.0;
    for (const CellType& type : types) {
        for (const RuledBehaviour& ruled : type.rules) {
            if (ruled.behaviour == Behaviour::adhesion || ruled.behaviour == Behaviour::repulsion) {
                const rules::Response& r = ruled.response;
                fastest = std::max({fastest, r.base.value_or(0.0), r.most, r.least});
            }
        }
    }
    return fastest;
}

std::size_t rounded_up(std::size_t rows) { return (rows + 15U) / 16U * 16U; }
} // namespace

PairLaw::PairLaw(const std::vector<CellType>& types)
    : stride_(rounded_up(types.size() * state_count * 2)),
      repulsion_(stride_ * stride_),
      adhesion_(stride_ * stride_),
      range_(stride_)
{
    std::vector<double> repulsion(stride_);
    std::vector<double> adhesion(stride_);
    double fastest = 0.0;
    for (std::size_t r = 0; r < types.size() * state_count * 2; ++r) {
        const MechanicsParameters& m = types[r / (2 * state_count)].mechanics;
        const bool dead = r % 2 == 1;
        repulsion[r] = m.repulsion_um_per_min;
        adhesion[r] = dead ? 0.0 : m.adhesion_um_per_min[r / 2 % state_count];
        range_[r] = static_cast<float>(std::max(1.0, m.adhesion_range)); // a pair in contact is always in reach
        fastest = std::max({fastest, repulsion[r], adhesion[r]});
    }
    fastest = std::max(fastest, fastest_by_rules(types));
    without_forces_ = fastest == 0.0;
    velocity_quantum_um_per_min_ = std::ldexp(power_above(fastest), -speed_bits);
    for (std::size_t a = 0; a < stride_; ++a) {
        for (std::size_t b = 0; b < stride_; ++b) {
            const auto in_quanta = [&](const std::vector<double>& speed) {
                return static_cast<float>(std::sqrt(speed[a] * speed[b]) / velocity_quantum_um_per_min_);
            };
            repulsion_[a * stride_ + b] = in_quanta(repulsion);
            adhesion_[a * stride_ + b] = in_quanta(adhesion);
        }
    }
}

float PairLaw::root_of(double um_per_min) const
{
    return static_cast<float>(std::sqrt(um_per_min / velocity_quantum_um_per_min_));
}

PairTable PairLaw::table() const { return {repulsion_.data(), adhesion_.data(), static_cast<std::uint32_t>(stride_)}; }

double largest_reach_um(const std::vector<CellType>& types)
{
    double reach = 0.0;
    for (const CellType& type : types) {
        // Contact counts even where adhesion is shorter.
        const double range = std::max(touching_range, type.mechanics.adhesion_range);
        reach = std::max(reach, 2.0 * range * radius_from_volume_um(largest_volume_um3(type)));
    }
    return reach;
}

Vec3 Coincidence::direction(CellId cell, CellId other) const
{
    // Draw 0 of this purpose is the axis of division.
    const Vec3 axis = random.unit_vector(Purpose::division_axis, std::min(cell, other).value, tick, planar, 1);
    return (cell < other ? 1.0 : -1.0) * axis;
}

} // namespace paget::agents
