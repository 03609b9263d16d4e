#include "controlled_motion.hpp"

#include "displacements.hpp"

#include "paget/core/math.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace paget::agents
{
namespace
{
constexpr double longest_crawl_um = 8.0; // in one sub-step
constexpr double largest_error_um = 1.0; // what counts of a cell's error, so that few cells do not rule all
constexpr double square_quanta_per_um2 = 1073741824.0; // 2^30
constexpr double rounding = 1e-6;                      // by so much a sub-step may be longer than allowed
constexpr double fastest_growth = 3.0;                 // of sub-steps

bool moves(const Columns& cells, std::size_t i)
{
    return !(cells.velocity[i] == Triple<std::int32_t>{}) || cells.crawl_um_per_min[i] > 0.0F ||
           !(cells.drift_of(i) == Vec3{});
}
} // namespace

ControlledMotion::ControlledMotion(MotionLoop& loop, double tolerance_um, double shortest_step_min)
    : loop_(&loop),
      tolerance_um_(tolerance_um),
      shortest_step_min_(shortest_step_min)
{
}

void ControlledMotion::run(double minutes)
{
    loop_->cells().begin_steps();
    look();
    double left_min = minutes;
    double allowed_min = shortest_step_min_;
    while (!at_rest_) {
        // Equal sub-steps to the end, none longer than allowed.
        allowed_min = std::min(allowed_min, longest_step_min_);
        step_min_ = left_min / std::max(1.0, std::ceil(left_min / allowed_min - rounding));
        make_step();
        if (step_min_ == left_min) {
            break;
        }
        loop_->evaluate();
        const double error_um = estimated_error_um();
        const double ratio = error_um > 0.0 ? tolerance_um_ / error_um : 1e6;
        const double factor = 0.8 * (before_min_ > 0.0 ? portable_pow(ratio, 1.0 / 3.0) : std::sqrt(ratio));
        if (error_um <= tolerance_um_ || step_min_ <= (1.0 + rounding) * shortest_step_min_) {
            accept();
            left_min -= step_min_;
            allowed_min = std::max(shortest_step_min_, step_min_ * std::min(factor, fastest_growth));
        } else {
            undo();
            allowed_min = std::max(shortest_step_min_, step_min_ * std::clamp(factor, 0.2, 0.8));
        }
    }
    loop_->cells().end_steps();
}

void ControlledMotion::look()
{
    loop_->evaluate();
    Columns& cells = loop_->cells();
    std::array<double, 2> largest{}; // crawling speed, anything that moves
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells.velocity[i] = loop_->pairs().at(i);
        largest[0] = std::max(largest[0], double{cells.crawl_um_per_min[i]} + norm(cells.drift_of(i)));
        largest[1] = std::max(largest[1], moves(cells, i) ? 1.0 : 0.0);
    }
    loop_->comm().maximum(largest);
    longest_step_min_ = longest_crawl_um / std::max(largest[0], 1e-6);
    at_rest_ = largest[1] == 0.0;
    before_min_ = 0.0;
}

void ControlledMotion::make_step()
{
    Columns& cells = loop_->cells();
    const double w = before_min_ > 0.0 ? 0.5 * step_min_ / before_min_ : 0.0;
    const double um_per_quantum = loop_->law().velocity_quantum_um_per_min() * step_min_;
    std::int64_t farthest = 0;
    for_displacements(cells, [&](Displacements& by) {
        by.push_by_extrapolation(cells, w, um_per_quantum);
        by.cut(cells);
        by.add_active_motion(cells, step_min_);
        farthest = std::max(farthest, by.move(cells, loop_->walls()));
    });
    loop_->keep_up(um_of(farthest));
}

double ControlledMotion::estimated_error_um() const
{
    const Columns& cells = loop_->cells();
    const double w = before_min_ > 0.0 ? step_min_ / before_min_ : 0.0;
    // Error of the extrapolation over its distance to the trapezoidal rule: (1/6 + 1/(4w)) / (1/4 + 1/(4w)).
    const double share = (2.0 / 3.0 * w + 1.0) / (w + 1.0);
    const double factor = share * 0.5 * step_min_ * loop_->law().velocity_quantum_um_per_min();
    std::array<std::int64_t, 2> sums{}; // squared errors, moving cells
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Vec3 now = real(loop_->pairs().at(i));
        const Vec3 bend = now - (1.0 + w) * real(cells.velocity[i]) + w * real(cells.velocity_before[i]);
        const double square = factor * factor * dot(bend, bend);
        sums[0] += std::lrint(std::min(square, largest_error_um * largest_error_um) * square_quanta_per_um2);
        sums[1] += moves(cells, i) ? 1 : 0;
    }
    loop_->comm().sum(sums);
    const double squares = static_cast<double>(sums[0]) / square_quanta_per_um2;
    return std::sqrt(squares / static_cast<double>(std::max<std::int64_t>(sums[1], 1)));
}

void ControlledMotion::accept()
{
    if (before_min_ == 0.0) {
        correct_first_step();
    } else {
        keep_velocities();
    }
    before_min_ = step_min_;
}

void ControlledMotion::keep_velocities()
{
    Columns& cells = loop_->cells();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells.velocity_before[i] = cells.velocity[i];
        cells.velocity[i] = loop_->pairs().at(i);
    }
}

void ControlledMotion::correct_first_step()
{
    Columns& cells = loop_->cells();
    const double um_per_quantum = 0.5 * step_min_ * loop_->law().velocity_quantum_um_per_min();
    std::int64_t farthest = 0;
    for_displacements(cells, [&](Displacements& by) {
        by.push_by_change(cells, loop_->pairs().sums(), um_per_quantum);
        by.cut(cells);
        farthest = std::max(farthest, by.move(cells, loop_->walls()));
    });
    keep_velocities();
    loop_->keep_up(um_of(farthest));
}

void ControlledMotion::undo()
{
    Columns& cells = loop_->cells();
    std::int64_t farthest = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Place step{cells.step[i].x, cells.step[i].y, cells.step[i].z};
        cells.set_place(i, cells.place(i) - step);
        farthest = std::max(farthest, largest_component(step));
    }
    loop_->keep_up(um_of(farthest));
}

} // namespace paget::agents
