#include "quantities.hpp"

namespace paget::output
{

PhaseCounts count_phases(const body::Body& body)
{
    const body::BodyDescription& about = body.description();
    PhaseCounts counts(about.organs.size());
    for (std::size_t organ = 0; organ < counts.size(); ++organ) {
        for (const agents::CellType& type : about.tissue.types) {
            counts[organ].emplace_back(type.cycle.phases.size(), 0);
        }
        const organ::Organ* here = body.organ(OrganId{static_cast<std::int32_t>(organ)});
        for (std::size_t cell = 0; here != nullptr && cell < here->population().size(); ++cell) {
            const agents::CellRecord record = here->population().record(cell);
            if (agents::is_living(record.fate) && !counts[organ][record.type].empty()) {
                ++counts[organ][record.type][record.phase];
            }
        }
        for (auto& phases : counts[organ]) {
            body.world().sum(std::span(phases));
        }
    }
    return counts;
}

void add_phases(Row& row, const Sample& sample)
{
    for (std::size_t organ = 0; organ < sample.phases.size(); ++organ) {
        for (std::size_t t = 0; t < sample.phases[organ].size(); ++t) {
            const agents::CellType& type = sample.body->tissue.types[t];
            for (std::size_t phase = 0; phase < type.cycle.phases.size(); ++phase) {
                row.add(sample.body->organs[organ].name + "." + type.name + ".in_" + type.cycle.phases[phase].name,
                        sample.phases[organ][t][phase]);
            }
        }
    }
}

} // namespace paget::output
