#pragma once

#include "paget/core/clock.hpp"
#include "paget/core/vec3.hpp"

#include <array>
#include <cstdint>

namespace paget
{

/// Every kind of random decision has a name of its own, so that two decisions never share numbers (competing causes of
/// one event are one decision). Values are part of
/// the trajectory: append, never renumber.
enum class Purpose : std::uint32_t {
    cycle = 1,
    apoptosis = 2,
    transition = 4,
    turning = 5,
    division_axis = 6,
    mutation = 7,
    initial_position = 8,
    initial_state = 9,
    intravasation = 10,
    cluster = 11,
    flow = 12,
    capture = 13,
    death_in_blood = 14,
    extravasation = 15,
    disaggregation = 16,
    arrival_site = 17,
    colonisation = 18,
    dormancy = 19,
    vessel_generator = 20,
    blood_sample = 22,
    entry_time = 23,
    circuit_input = 24,
    phase_duration = 25,
    attachment = 40,
    attack_choice = 41,
    phagocytosis = 42,
    emigration = 43,
    recruitment = 44,
    turning_into = 45,
    lymph_route = 46,
    room_in_voxel = 47,
    sprouting = 60,
    tip_motion = 61,
    tip_branching = 62,
    vessel_regression = 63,
    test = 1000
};

/// Counter-based random numbers (Threefry4x64-20, Salmon et al. 2011, SC'11, by Random123): a number is a function of
/// (seed, purpose, key, tick, draw) and of nothing else, so it does not matter which rank asks, when, or how often.
/// `key` is usually a cell id. Stateless, cheap to copy.
class RandomNumbers
{
public:
    explicit RandomNumbers(std::uint64_t seed) : seed_(seed) {}

    std::uint64_t seed() const { return seed_; }

    /// Four independent 64-bit words.
    std::array<std::uint64_t, 4> words(Purpose purpose, std::uint64_t key, Tick tick, std::uint64_t draw = 0) const;

    /// Uniform in the open interval (0,1): odd multiples of 2^-53.
    double uniform(Purpose purpose, std::uint64_t key, Tick tick, std::uint64_t draw = 0) const;

    /// Four independent uniforms in (0,1).
    std::array<double, 4> uniforms(Purpose purpose, std::uint64_t key, Tick tick, std::uint64_t draw = 0) const;

    /// From the standard normal distribution.
    double normal(Purpose purpose, std::uint64_t key, Tick tick, std::uint64_t draw = 0) const;

    /// Uniform direction on the unit sphere, or on the unit circle (z = 0) if `planar`.
    Vec3 unit_vector(Purpose purpose, std::uint64_t key, Tick tick, bool planar, std::uint64_t draw = 0) const;

private:
    std::uint64_t seed_;
};

} // namespace paget
