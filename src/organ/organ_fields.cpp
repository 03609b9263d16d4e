// The fields of an organ over time, also while there is no cell in it.

#include "paget/organ/organ.hpp"

#include "sensing.hpp"
#include "tissue_exchange.hpp"

#include <algorithm>
#include <cmath>

namespace paget::organ
{
namespace
{
/// Whether a field that changed by so much of its largest value in an advance without cells is at rest. A warm solve
/// leaves less than a fifth of an error, so ten tolerances of change are the last one. On the way to a steady state,
/// what is still to come is the change over (rate * step): with a thousandth, below the tolerance for all but the
/// slowest substances.
bool rests(double change, const fields::SolveReport& report, double tolerance)
{
    return change <= (report.steady ? 10.0 : 1e-3) * tolerance;
}

/// Largest |change| over the largest |value|, exact. Collective.
double relative_change(const std::vector<double>& before, const std::vector<double>& after,
                       const parallel::Communicator& comm)
{
    std::array<double, 2> largest{0.0, 0.0};
    for (std::size_t v = 0; v < after.size(); ++v) {
        largest[0] = std::max(largest[0], std::fabs(after[v] - before[v]));
        largest[1] = std::max(largest[1], std::fabs(after[v]));
    }
    comm.maximum(std::span<double>(largest));
    return largest[0] > 0.0 ? largest[0] / largest[1] : 0.0;
}
} // namespace

void Organ::start_fields()
{
    const auto rates = current_rates(0);
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        if (description_->fields[i].start_steady) {
            note(carried_[i] ? carried_[i]->solve(fields_[i], rates[i], 1.0)
                             : fields_[i].solve_steady(rates[i].reaction()));
        }
    }
}

std::vector<VoxelRates> Organ::current_rates(Tick now) const
{
    const auto environment = sense(agents::signals_heard(tissue_->types, agents::Stage::tissue));
    const Heard heard{environment, now};
    return exchange_rates(population_, *tissue_, description_->fields, vessel_map_, description_->grid,
                          partition_.box(comm_->rank()), hypoxia_of_cells(population_, environment), &heard);
}

void Organ::advance_fields(const TimeStep& step, const Plasma& plasma)
{
    plasma_ = plasma;
    occupied_ = comm_->any(population_.size() > 0) || growing_; // vessels that grow are never idle
    if (occupied_) {
        advance_tissue(step);
        grow_vessels(step);
        return;
    }
    const Tick interval = std::max(tissue_->idle_step, Tick{1});
    if (step.end() / interval > fields_at_ / interval) { // whole multiples of it, whenever the last cell left
        advance_idle_tissue(step.end());
    }
}

fields::SolveReport Organ::advance_field(std::size_t field, const VoxelRates& rates, double minutes)
{
    return carried_[field] ? carried_[field]->solve(fields_[field], rates, minutes)
                           : fields_[field].advance(rates.reaction(), minutes);
}

void Organ::advance_tissue(const TimeStep& step)
{
    auto rates = current_rates(step.begin);
    if (stores_in_matrix()) { // the matrix first: fields gain in a step what it loses in that step
        set_free(rates, advance_matrix(step), step.minutes());
    }
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        note(advance_field(i, rates[i], step.minutes()));
    }
    if (!stores_in_matrix()) {
        advance_matrix(step);
    }
    note_advance(step.end());
}

bool Organ::stores_in_matrix() const
{
    return std::any_of(description_->fields.begin(), description_->fields.end(),
                       [](const FieldDescription& field) { return field.stored_in_matrix > 0.0; });
}

void Organ::set_free(std::vector<VoxelRates>& rates, const std::vector<double>& lost, double minutes) const
{
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const double stored = description_->fields[i].stored_in_matrix;
        for (std::size_t v = 0; stored > 0.0 && v < lost.size(); ++v) {
            rates[i].gain_per_min[v] += stored * lost[v] / minutes;
        }
    }
}

/// Without cells nothing in the reaction changes: a field that came to rest stays there. Not where dissolved protease
/// goes on to degrade matrix that stores something.
void Organ::advance_idle_tissue(Tick now)
{
    const TimeStep step{fields_at_, now - fields_at_};
    if (stores_in_matrix() && description_->matrix.soluble_per_min > 0.0) {
        std::fill(at_rest_.begin(), at_rest_.end(), false);
    }
    const std::vector<double> lost = stores_in_matrix() ? advance_matrix(step) : std::vector<double>{};
    if (!std::all_of(at_rest_.begin(), at_rest_.end(), [](bool rests) { return rests; })) {
        auto rates = current_rates(step.begin);
        set_free(rates, lost, step.minutes());
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            if (!at_rest_[i]) {
                const std::vector<double> before = fields_[i].concentration().owned();
                const auto report = advance_field(i, rates[i], step.minutes());
                note(report);
                const double change = relative_change(before, fields_[i].concentration().owned(), *comm_);
                at_rest_[i] = rests(change, report, fields_[i].substance().tolerance);
            }
        }
    }
    if (!stores_in_matrix()) {
        advance_matrix(step);
    }
    note_advance(now);
}

void Organ::wake(bool cell_arrives, Tick now)
{
    if (occupied_ || !comm_->any(cell_arrives)) {
        return;
    }
    if (fields_at_ < now) {
        advance_idle_tissue(now);
    }
    std::fill(at_rest_.begin(), at_rest_.end(), false);
}

std::vector<double> Organ::advance_matrix(const TimeStep& step)
{
    const MatrixDescription& matrix = description_->matrix;
    const mesh::Box box = partition_.box(comm_->rank());
    const bool ruled = agents::any_rules_on(tissue_->types, agents::Behaviour::matrix_degradation) ||
                       agents::any_rules_on(tissue_->types, agents::Behaviour::matrix_deposition);
    const auto environment =
        ruled ? sense(agents::signals_heard(tissue_->types, agents::Stage::tissue)) : agents::Environment(0);
    const Heard heard{environment, step.begin};
    std::vector<double> degradation = producer_fraction(population_, matrix, description_->grid, box, &heard);
    const auto protease = find_field(description_->fields, "mmp2");
    const std::vector<double> soluble =
        protease ? fields_[*protease].concentration().owned() : std::vector<double>(degradation.size(), 0.0);
    for (std::size_t v = 0; v < degradation.size(); ++v) {
        degradation[v] = matrix.membrane_per_min * degradation[v] + matrix.soluble_per_min * soluble[v];
    }
    const auto deposition = deposition_per_min(population_, *tissue_, matrix, description_->grid, box, heard);
    std::vector<double> lost;
    if (stores_in_matrix()) {
        lost = matrix_.loss(degradation, deposition, step.minutes());
    }
    matrix_.advance(degradation, deposition, step.minutes());
    return lost;
}

void Organ::note_advance(Tick now)
{
    fields_at_ = now;
    std::fill(mean_at_vessels_.begin(), mean_at_vessels_.end(), std::nullopt);
}

void Organ::note(const fields::SolveReport& report)
{
    solver_.solves += report.solves;
    solver_.iterations += report.iterations;
}

} // namespace paget::organ
