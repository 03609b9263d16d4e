#pragma once

#include "field_solver.hpp"

#include "paget/fields/substance.hpp"

#include <span>
#include <string>
#include <vector>

namespace paget::fields
{

/// The equation of one substance in one organ, its present values, and the solution of its linear and (with a
/// saturating loss) non-linear systems: with L u = decay u + loss u + diffusion and walls, f the saturating loss and g
/// the gain and what walls supply, du/dt = g - L u - f(u).
class FieldEquation
{
public:
    /// Collective. `comm` must outlive the equation.
    FieldEquation(const mesh::Partition& partition, const parallel::Communicator& comm, const Substance& substance,
                  const std::string& options_prefix);

    const Substance& substance() const { return substance_; }
    const std::string& prefix() const { return prefix_; }
    const parallel::Communicator& comm() const { return stencil_.comm(); }
    const StencilOperator& stencil() const { return stencil_; }
    BrickSums& sums() { return sums_; }
    const FieldSolver& solver() const { return solver_; }
    Vec values() const { return values_.get(); }
    /// What the last implicit stage changed.
    Vec change() const { return change_.get(); }
    /// A further vector over the organ, zero. Collective.
    petsc::Vector vector() const { return matrix_.vector(); }

    /// Takes over the rates for the calls that follow; they must live as long. Throws NumericalError if they make no
    /// sense. Collective.
    void set_reaction(const Reaction& reaction);
    const Reaction& reaction() const { return reaction_; }
    /// Least first-order loss [1/min], and least rate of all loss that must be expected in a steady state.
    double least_loss_per_min() const { return least_loss_; }
    /// Whether gains and walls can only make the field positive.
    bool sources_are_positive() const;

    /// u <- the steady solution. Collective.
    void solve_steady(SolveReport& report);

    /// u <- the solution of shift (u - u_before) = g - L u - f(u): backward Euler with a step of 1 / shift, or the
    /// first stage of SDIRK2. Collective.
    void solve_first_stage(double shift_per_min, const Accuracy& accuracy, SolveReport& report);

    /// u <- the second stage after the first, where the change in the first one counts `ratio` times. Collective.
    void solve_second_stage(double shift_per_min, double ratio, const Accuracy& accuracy, SolveReport& report);

    /// out <- (1 + (L + f') / shift)^-1 in, with the operator of the last stage. Collective.
    void damp(double shift_per_min, Vec in, Vec out, const Accuracy& accuracy, SolveReport& report);

private:
    bool saturates() const { return !reaction_.saturating_loss_per_min.empty(); }
    void set_operator(double shift_per_min);
    void set_sources();
    void set_rate_of_change(double shift_per_min);
    void require_steady_state() const;
    void solve_stage(double shift_per_min, const Accuracy& accuracy, SolveReport& report);
    void iterate_saturating(double shift_per_min, const Accuracy& accuracy, bool steady, SolveReport& report);
    void linearisation_error();

    Substance substance_;
    std::string prefix_;
    StencilOperator stencil_;
    BrickSums sums_;
    StencilMatrix matrix_;
    FieldSolver solver_;
    petsc::Vector values_;
    petsc::Vector rhs_;
    petsc::Vector change_;
    petsc::Vector total_; ///< change over several iterations, where the loss saturates
    Reaction reaction_;
    double least_loss_ = 0.0;
    double least_gain_ = 0.0;
    std::vector<double> slope_per_min_; ///< first-order loss, and the slope of the saturating one
};

} // namespace paget::fields
