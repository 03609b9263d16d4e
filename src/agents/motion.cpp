#include "motion.hpp"

#include "displacements.hpp"

#include <algorithm>
#include <cmath>

namespace paget::agents
{

double matrix_factor(double density, double optimum)
{
    if (optimum <= 0.0) {
        return 1.0;
    }
    const double w = std::clamp(density, 0.0, 1.0);
    const double width = w < optimum ? optimum : 1.0 - optimum;
    const double off = width > 0.0 ? (w - optimum) / width : 0.0;
    return 1.0 - off * off;
}

double crawl_speed_um_per_min(const CellType& type, double speed_um_per_min, Fate fate, double matrix_density)
{
    return fate == Fate::cycling ? speed_um_per_min * matrix_factor(matrix_density, type.motility.matrix_optimum) : 0.0;
}

double advance_places(Columns& cells, const PairSummation& pairs, double velocity_quantum_um_per_min,
                      const Walls& walls, double minutes)
{
    std::int64_t farthest = 0;
    for_displacements(cells, [&](Displacements& by) {
        by.push_by_last_two(cells, pairs.sums(), velocity_quantum_um_per_min * minutes);
        by.cut(cells);
        by.add_active_motion(cells, minutes);
        farthest = std::max(farthest, by.move(cells, walls));
        by.keep_velocities(cells, pairs.sums());
    });
    return um_of(farthest);
}

} // namespace paget::agents
