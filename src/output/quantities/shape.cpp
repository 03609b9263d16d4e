#include "quantities.hpp"

#include "paget/core/superaccumulator.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace paget::output
{
namespace
{
/// Of the living cells of an organ, on this rank until they are summed. Exact, so that the cut does not matter.
struct Moments {
    std::int64_t cells = 0;
    std::array<SuperAccumulator, 3> position;
    SuperAccumulator square;
    SuperAccumulator volume;
    std::array<double, 6> farthest; ///< x, y, z and their negatives, with the cells' radii

    Moments() { farthest.fill(-std::numeric_limits<double>::infinity()); }

    void add(const agents::Population& population, std::size_t cell)
    {
        const Vec3 p = population.position_um(cell);
        const double radius_um = population.radius_um(cell);
        const std::array<double, 3> axes{p.x, p.y, p.z};
        for (std::size_t a = 0; a < 3; ++a) {
            position[a].add(axes[a]);
            farthest[a] = std::max(farthest[a], axes[a] + radius_um);
            farthest[3 + a] = std::max(farthest[3 + a], radius_um - axes[a]);
        }
        square.add(dot(p, p));
        volume.add(population.volume_um3(cell));
        ++cells;
    }

    void sum_over(const parallel::Communicator& comm)
    {
        cells = comm.sum(cells);
        for (SuperAccumulator& sum : position) {
            comm.sum(sum);
        }
        comm.sum(square);
        comm.sum(volume);
        comm.maximum(std::span<double>(farthest));
    }
};

Shape shape_of(const Moments& m)
{
    if (m.cells == 0) {
        return {};
    }
    const double share = 1.0 / static_cast<double>(m.cells);
    Shape shape;
    shape.centre_um = {share * m.position[0].round(), share * m.position[1].round(), share * m.position[2].round()};
    const double spread = share * m.square.round() - dot(shape.centre_um, shape.centre_um);
    shape.gyration_um = std::sqrt(std::max(0.0, spread));
    shape.low_um = {-m.farthest[3], -m.farthest[4], -m.farthest[5]};
    shape.high_um = {m.farthest[0], m.farthest[1], m.farthest[2]};
    shape.cell_volume_um3 = m.volume.round();
    return shape;
}

void add_place(Row& row, const std::string& name, const Vec3& place_um)
{
    row.add(name + "_x_um", place_um.x);
    row.add(name + "_y_um", place_um.y);
    row.add(name + "_z_um", place_um.z);
}
} // namespace

std::vector<Shape> measure_shapes(const body::Body& body)
{
    std::vector<Shape> shapes;
    for (std::size_t organ = 0; organ < body.description().organs.size(); ++organ) {
        Moments moments;
        const organ::Organ* here = body.organ(OrganId{static_cast<std::int32_t>(organ)});
        for (std::size_t cell = 0; here != nullptr && cell < here->population().size(); ++cell) {
            if (agents::is_living(here->population().fate(cell))) {
                moments.add(here->population(), cell);
            }
        }
        moments.sum_over(body.world());
        shapes.push_back(shape_of(moments));
    }
    return shapes;
}

void add_shapes(Row& row, const Sample& sample)
{
    for (std::size_t organ = 0; organ < sample.shapes.size(); ++organ) {
        const std::string prefix = sample.body->organs[organ].name + ".";
        const Shape& shape = sample.shapes[organ];
        add_place(row, prefix + "centre", shape.centre_um);
        row.add(prefix + "gyration_um", shape.gyration_um);
        add_place(row, prefix + "low", shape.low_um);
        add_place(row, prefix + "high", shape.high_um);
        row.add(prefix + "cell_volume_um3", shape.cell_volume_um3);
    }
}

} // namespace paget::output
