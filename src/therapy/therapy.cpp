#include "paget/therapy/therapy.hpp"

#include "infusions.hpp"
#include "one_compartment.hpp"
#include "paget/core/error.hpp"
#include "paget/core/math.hpp"
#include "problems.hpp"

#include <algorithm>
#include <utility>

namespace paget::therapy
{
namespace
{
/// The drug over the step, piece by piece between changes of its inflow.
Course follow(const Drug& drug, double start_mg_per_l, const TimeStep& step)
{
    Course course{start_mg_per_l, 0.0};
    for (Tick now = step.begin; now < step.end();) {
        const Tick until = std::min(next_change(drug, now).value_or(step.end()), step.end());
        const Course piece = one_compartment(course.end_mg_per_l, infused_mg_per_min(drug, now), drug.volume_l,
                                             drug.clearance_l_per_min, minutes_from_ticks(until - now));
        course = {piece.end_mg_per_l, course.area_mg_min_per_l + piece.area_mg_min_per_l};
        now = until;
    }
    return course;
}
} // namespace

Therapy::Therapy(std::vector<Drug> drugs) : drugs_(std::move(drugs)), concentration_mg_per_l_(drugs_.size(), 0.0)
{
    std::string text;
    for (const Drug& drug : drugs_) {
        for (const DrugProblem& problem : find_problems(drug)) {
            text += (text.empty() ? "" : "\n") + problem.message;
        }
    }
    if (!text.empty()) {
        throw InputError(text);
    }
}

Plasma Therapy::advance(const TimeStep& step)
{
    ensure(step.length > 0, "a step takes time");
    Plasma plasma;
    for (std::size_t i = 0; i < drugs_.size(); ++i) {
        const Drug& drug = drugs_[i];
        const Course course = follow(drug, concentration_mg_per_l_[i], step);
        concentration_mg_per_l_[i] = course.end_mg_per_l;
        const double mean = course.area_mg_min_per_l / step.minutes();
        plasma.concentration_mg_per_l.push_back(mean);
        plasma.death_per_min += drug.kill_per_min * hill(mean, drug.ic50_mg_per_l, 1.0);
    }
    return plasma;
}

std::optional<Tick> Therapy::next_event(Tick now) const
{
    std::optional<Tick> next;
    for (const Drug& drug : drugs_) {
        const auto change = next_change(drug, now);
        if (change && (!next || *change < *next)) {
            next = change;
        }
    }
    return next;
}

void Therapy::restore(std::vector<double> concentrations)
{
    ensure(concentrations.size() == drugs_.size(), "a saved state has one concentration per drug");
    concentration_mg_per_l_ = std::move(concentrations);
}

} // namespace paget::therapy
