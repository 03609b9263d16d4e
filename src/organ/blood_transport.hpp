#pragma once

#include "blood_content.hpp"
#include "vessel_elements.hpp"

#include <span>
#include <vector>

namespace paget::organ
{

/// What blood did with a substance on its way through a network, in the field's unit times um^3 of tissue per minute.
struct BloodPassage {
    std::vector<double> blood; ///< mean concentration in each element
    double carried_in = 0.0;
    double carried_out = 0.0;
    double given_off = 0.0; ///< through the walls; carried_in - carried_out up to rounding
};

/// A substance in flowing blood in its steady state: d(Q c(p))/dx = -(p - tissue) / resistance along every segment,
/// mixing at nodes. (Blood passes a piece of tissue in seconds; a coupling step takes minutes.) On every rank alike.
class BloodTransport
{
public:
    /// network, flow and elements must outlive it. Local.
    BloodTransport(const VesselNetwork& network, const VesselFlow& flow, const BloodCarriage& carriage,
                   const VesselElements& elements);

    /// With the tissue at the given concentration around each element. Along an element the profile is that of the
    /// linear equation (Scharfetter and Gummel 1969), so that blood never passes the tissue's value however slow it is.
    /// Local.
    BloodPassage pass(std::span<const double> tissue) const;

    /// The largest concentration that comes in. Local.
    double largest_inflow() const { return largest_inflow_; }

private:
    /// What leaves a node, taken together: flow, and the mean haematocrit of it.
    struct Junction {
        double flow = 0.0;
        double haematocrit = 0.0;
        double brought = 0.0; ///< from outside, amount per time
        double outside = 0.0; ///< flow out of the network
    };

    void note_ends(const BloodCarriage& carriage);
    void note_branches();
    double along(std::size_t segment, double p, std::span<const double> tissue, BloodPassage& passage) const;
    double step(const VesselElement& element, double tissue, std::size_t segment, double& p, double& amount) const;

    const VesselNetwork* network_;
    const VesselFlow* flow_;
    const VesselElements* elements_;
    BloodContent content_;
    std::vector<std::vector<std::int32_t>> leaving_; ///< per node: segments
    std::vector<Junction> junctions_;                ///< per node
    double largest_inflow_ = 0.0;
};

} // namespace paget::organ
