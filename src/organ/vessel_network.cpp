#include "paget/organ/vessel_network.hpp"

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

} // namespace paget::organ
