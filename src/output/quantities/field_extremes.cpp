#include "quantities.hpp"

namespace paget::output
{

std::string unit_suffix(const organ::OrganDescription& organ, std::size_t field)
{
    const std::string unit = field < organ.fields.size() ? unit_in_name(organ.fields[field].substance.unit) : "";
    return unit.empty() || unit == "1" ? "" : "_" + unit;
}

void add_field_extremes(Row& row, const Sample& sample)
{
    for (std::size_t i = 0; i < sample.fields.size(); ++i) {
        const auto& organ = sample.body->organs[i];
        for (std::size_t f = 0; f < sample.fields[i].size(); ++f) {
            const auto& field = sample.fields[i][f];
            const std::string prefix = organ.name + "." + field.name + ".";
            const std::string unit = unit_suffix(organ, f);
            row.add(prefix + "minimum" + unit, field.minimum);
            row.add(prefix + "mean" + unit, field.mean);
            row.add(prefix + "maximum" + unit, field.maximum);
        }
    }
}

Row make_row(const Sample& sample)
{
    Row row;
    row.add("time_h", minutes_from_ticks(sample.now) / minutes_per_hour);
    add_cells(row, sample);
    add_turnover(row, sample);
    add_blood(row, sample);
    add_self_seeding(row, sample);
    add_niches(row, sample);
    add_vessels(row, sample);
    add_field_extremes(row, sample);
    add_types(row, sample);
    add_phases(row, sample);
    add_shapes(row, sample);
    add_probes(row, sample);
    return row;
}

} // namespace paget::output
