#include "paget/output/plan.hpp"

#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"

#include <algorithm>

namespace paget::output
{
namespace
{
constexpr double longest_min = 1e9;

/// 0 stays 0; anything longer is at least one tick.
Tick read_interval(config::Case& description, const std::string& key)
{
    const double minutes = description.real(key);
    return minutes > 0.0 ? std::max<Tick>(1, ticks_from_minutes(minutes)) : 0;
}
} // namespace

void declare_parameters(config::Catalogue& catalogue)
{
    catalogue.add({.pattern = "output.series_every",
                   .unit = "min",
                   .default_text = "1 h",
                   .lowest = 0.0,
                   .highest = longest_min,
                   .meaning = "Simulated time between two rows of series.csv and series.h5. 0: only at the start and "
                              "at the end.",
                   .source = "assumption"});
    catalogue.add({.pattern = "output.snapshot_every",
                   .unit = "min",
                   .default_text = "0 h",
                   .lowest = 0.0,
                   .highest = longest_min,
                   .meaning = "Simulated time between two snapshots of all fields and cells for ParaView. 0: only at "
                              "the start and at the end.",
                   .source = "assumption"});
    catalogue.add({.pattern = "output.sample_volume",
                   .unit = "ml",
                   .default_text = "7.5 ml",
                   .lowest = 1e-6,
                   .highest = 1e4,
                   .meaning = "Volume of the blood sample in which tumour cells are counted.",
                   .source = "CellSearch: Cristofanilli et al. 2004, N Engl J Med 351:781"});
}

Plan read_plan(config::Case& description)
{
    return {read_interval(description, "output.series_every"), read_interval(description, "output.snapshot_every"),
            description.real("output.sample_volume")};
}

} // namespace paget::output
