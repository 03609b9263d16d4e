#include "paget/organ/vessel_network.hpp"

#include "paget/core/hash.hpp"

#include <bit>

namespace paget::organ
{

double VesselNetwork::total_length_um() const
{
    double total = 0.0;
    for (const Segment& segment : segments) {
        total += segment.length_um();
    }
    return total;
}

std::uint64_t VesselNetwork::checksum() const
{
    std::uint64_t sum = segments.size();
    const auto add = [&sum](double x) { sum = mix64(sum ^ std::bit_cast<std::uint64_t>(x)); };
    for (const Segment& s : segments) {
        for (const double x : {s.start_um.x, s.start_um.y, s.start_um.z, s.end_um.x, s.end_um.y, s.end_um.z,
                               s.radius_um, s.flowing ? 1.0 : 0.0}) {
            add(x);
        }
    }
    for (const MeasuredFlow& f : flows) {
        for (const double x : {double(f.from_node), double(f.to_node), f.flow_nl_per_min, f.haematocrit}) {
            add(x);
        }
    }
    for (const FlowBoundary& b : boundary) {
        const double kind = b.kind == FlowBoundary::Kind::pressure ? 0.0 : 2.0;
        for (const double x : {double(b.node), kind, b.value, b.haematocrit, b.oxygen_mmhg}) {
            add(x);
        }
    }
    return sum;
}

} // namespace paget::organ
