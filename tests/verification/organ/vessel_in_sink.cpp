// One vessel along x in tissue that takes up everything at one rate, also where the vessel lies: outside it the
// concentration falls as the Bessel function K0(r / L), inside as I0(r / L), so that the vessel loses 2 pi D z (K1(z) /
// K0(z) + I1(z) / I0(z)), z = R / L, per length and concentration at its wall, and the blood falls exponentially along
// it.

#include "paget/organ/carried_field.hpp"

#include "tissue_exchange.hpp"

#include "paget/fields/diffusing_field.hpp"

#include "support/obtained.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace paget::organ
{
namespace
{
constexpr double diffusivity = 1.2e5; ///< [um^2/min]
constexpr double uptake = 200.0;      ///< [1/min]: L = 24.5 um
constexpr double wall_um = 4.0;
constexpr double permeability = 3e4;

double conductance_per_um()
{
    const double length_um = std::sqrt(diffusivity / uptake);
    const double z = wall_um / length_um;
    const double outside = z * std::cyl_bessel_k(1.0, z) / std::cyl_bessel_k(0.0, z);
    const double inside = z * std::cyl_bessel_i(1.0, z) / std::cyl_bessel_i(0.0, z);
    const double tissue = 2.0 * std::numbers::pi * diffusivity * (outside + inside);
    const double wall = 2.0 * std::numbers::pi * wall_um * permeability;
    return 1.0 / (1.0 / tissue + 1.0 / wall);
}

VesselNetwork vessel(const mesh::Grid& grid, double y_um, double z_um, double flow_nl_per_min)
{
    VesselNetwork network;
    const double end_um = grid.extent_um().x;
    network.nodes = {{{0.0, y_um, z_um}, 1}, {{end_um, y_um, z_um}, 2}};
    network.segments.push_back({{0.0, y_um, z_um}, {end_um, y_um, z_um}, wall_um, 1, true});
    network.flows.push_back({0, 1, flow_nl_per_min, 0.0});
    network.boundary = {{0, FlowBoundary::Kind::flow, flow_nl_per_min, 0.0, 0.0},
                        {1, FlowBoundary::Kind::flow, -flow_nl_per_min, 0.0, 0.0}};
    return network;
}

/// What such a vessel gives off, solved on voxels. On this rank alone.
SupplyReport solve(double voxel_um, double y_um, double z_um, double flow_nl_per_min)
{
    const int across = static_cast<int>(240.0 / voxel_um);
    const mesh::Grid grid({static_cast<int>(320.0 / voxel_um), across, across}, voxel_um);
    const auto comm = parallel::Communicator::self();
    const mesh::Partition partition(grid, {1, 1, 1});
    fields::Substance substance;
    substance.name = "tracer";
    substance.diffusivity_um2_per_min = diffusivity;
    substance.scheme = fields::Scheme::steady;
    substance.tolerance = 1e-9;
    BloodCarriage carriage;
    carriage.carried = true;
    carriage.permeability_um_per_min = permeability;
    carriage.inflow = 80.0;
    const VesselNetwork network = vessel(grid, y_um, z_um, flow_nl_per_min);
    const VesselFlow flow = find_flow(network, {FlowSource::file, HaematocritLaw::mixed, 1.0, 1.2});
    fields::DiffusingField field(partition, comm, substance, "sink_tracer_");
    CarriedField carried(network, flow, carriage, substance, partition, comm);
    const std::vector<double> loss(static_cast<std::size_t>(grid.voxel_count()), uptake);
    carried.solve(field, {loss, std::vector<double>(loss.size(), 0.0)}, 1.0);
    return carried.supply();
}
} // namespace

TEST(VesselInSink, GivesOffWhatTheExactSolutionSays)
{
    const double exact = 80.0 * 1e9 * 1e6 * -std::expm1(-conductance_per_um() * 320.0 / (1e9 * 1e6));
    for (const auto& [voxel, allowed] : {std::pair{20.0, 0.06}, {10.0, 0.02}, {5.0, 0.01}}) {
        double worst = 0.0;
        for (const double offset : {0.0, 2.0, 4.5, 9.0}) {
            const SupplyReport supply = solve(voxel, 120.0 + offset, 120.0 - 0.4 * offset, 1e9);
            worst = std::max(worst, std::fabs(supply.given_off / exact - 1.0));
            EXPECT_NEAR(supply.received / supply.given_off, 1.0, 1e-6);
        }
        EXPECT_LT(worst, allowed) << voxel;
        test::obtained(
            fmt::format("vessel of 8 um in a sink, voxels of {} um: largest error of what it gives off", voxel),
            fmt::format("{:.4f}", worst), 0.0);
    }
}

/// The share that is left at the end, with axial diffusion left out of the exact solution.
TEST(VesselInSink, BloodFallsExponentially)
{
    const double flow_um3_per_min = 320.0 * conductance_per_um(); // a share 1/e is left
    const SupplyReport supply = solve(10.0, 121.0, 118.0, flow_um3_per_min / 1e6);
    const double left = supply.carried_out / supply.carried_in;
    EXPECT_NEAR(left / std::exp(-1.0), 1.0, 0.02);
    test::obtained("vessel in a sink: share left at its end", fmt::format("{:.4f}", left), std::exp(-1.0));
}

} // namespace paget::organ
