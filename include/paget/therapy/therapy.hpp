#pragma once

#include "paget/core/clock.hpp"
#include "paget/core/plasma.hpp"

#include <optional>
#include <string>
#include <vector>

namespace paget::config
{
class Case;
class Catalogue;
} // namespace paget::config

namespace paget::therapy
{

/// A drug given as short infusions, one compartment: dC/dt = dose(t)/V - (CL/V) C; it kills cells in cycle with hazard
/// kill C/(C + IC50).
struct Drug {
    std::string name;
    double dose_mg = 0.0;
    double first_dose_min = 0.0;
    double interval_min = 0.0;
    int doses = 0;
    double infusion_min = 60.0;
    double volume_l = 5.0;
    double clearance_l_per_min = 0.01;
    double kill_per_min = 0.0;
    double ic50_mg_per_l = 1.0;
};

/// All treatments of the patient. The same on all ranks; nothing here communicates.
class Therapy
{
public:
    explicit Therapy(std::vector<Drug> drugs);

    /// Advances the drugs over the step, exactly for the infusions in it.
    Plasma advance(const TimeStep& step);

    /// Next tick after `now` at which an infusion begins or ends, so that steps can end there.
    std::optional<Tick> next_event(Tick now) const;

    const std::vector<Drug>& drugs() const { return drugs_; }
    const std::vector<double>& concentrations() const { return concentration_mg_per_l_; }
    void restore(std::vector<double> concentrations);

private:
    std::vector<Drug> drugs_;
    std::vector<double> concentration_mg_per_l_;
};

/// Adds the keys `drug.<drug>.*`.
void declare_parameters(config::Catalogue& catalogue);
std::vector<Drug> read_drugs(config::Case& description);

} // namespace paget::therapy
