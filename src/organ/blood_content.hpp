#pragma once

#include "paget/organ/blood_carriage.hpp"

namespace paget::organ
{

/// What blood holds, per volume and in amounts of the tissue's (the field's unit times um^3 of tissue). Local.
class BloodContent
{
public:
    explicit BloodContent(const BloodCarriage& carriage);

    /// Content of blood at concentration p >= 0.
    double at(double p, double haematocrit) const { return plasma_ * p + haematocrit * red_cells_ * bound_share(p); }
    /// d content / dp.
    double slope(double p, double haematocrit) const;
    /// The p >= 0 for which flow * content(p) + conductance * p = amount; 0 if the amount is not above 0. flow or
    /// conductance > 0.
    double concentration(double amount, double flow, double haematocrit, double conductance = 0.0) const;

private:
    double bound_share(double p) const;
    double bound_slope(double p, double share) const;

    double plasma_;
    double red_cells_;
    double half_;
    double hill_;
};

} // namespace paget::organ
