#pragma once

#include "field_equation.hpp"
#include "mass_account.hpp"

namespace paget::fields
{

/// Steps of a FieldEquation in time.
class TimeStepper
{
public:
    /// Both must outlive the stepper. Collective.
    TimeStepper(FieldEquation& equation, MassAccount& account);

    /// One step of SDIRK2; where that leaves values below zero that cannot be, two of backward Euler instead: no scheme
    /// of order above one keeps every field positive (Bolley and Crouzeix 1978, RAIRO Anal. Numer. 12:237). Collective.
    void take_fixed(double minutes, SolveReport& report);

    /// As many steps as the substance's time tolerance asks for: one of backward Euler if that is enough, else SDIRK2,
    /// each step once as a whole and once in two halves, which tells its error. Collective.
    void take_controlled(double minutes, SolveReport& report);

    /// Whether nothing can take the field below zero in the last call: it is so only by round-off, or by less than the
    /// time tolerance, and may be set to zero.
    bool stays_positive() const { return stays_positive_; }

private:
    void begin(SolveReport& report);
    void euler(double minutes, const Accuracy& accuracy, SolveReport& report);
    void sdirk(double minutes, const Accuracy& accuracy, SolveReport& report);
    bool undershoots() const;
    Accuracy accuracy(double relaxed) const;
    Accuracy compared_accuracy() const;
    Accuracy euler_accuracy() const;
    double euler_allowed() const;
    double euler_error(double minutes, SolveReport& report);
    double doubled_step(double minutes, SolveReport& report);
    void take_doubled(double minutes, double size, SolveReport& report);
    void need_vectors();
    void set_values(const petsc::Vector& values);

    FieldEquation* equation_;
    MassAccount* account_;
    petsc::Vector start_; ///< of the step
    petsc::Vector first_; ///< and two for estimates, made when they are needed
    petsc::Vector second_;
    double size_ = 0.0; ///< of the field at the start
    bool stays_positive_ = false;
};

} // namespace paget::fields
