#include "quantities.hpp"

namespace paget::output
{

TypeCounts count_types(const body::Body& body)
{
    const body::BodyDescription& about = body.description();
    TypeCounts counts;
    for (std::size_t o = 0; o < about.organs.size(); ++o) {
        counts.emplace_back(2 * about.tissue.types.size(), 0);
        const organ::Organ* here = body.organ(OrganId{static_cast<std::int32_t>(o)});
        for (std::size_t cell = 0; here != nullptr && cell < here->population().size(); ++cell) {
            const agents::Fate fate = here->population().fate(cell);
            const std::size_t type = here->population().type(cell);
            counts[o][2 * type] += agents::is_living(fate) ? 1 : 0;
            counts[o][2 * type + 1] += fate == agents::Fate::dormant ? 1 : 0;
        }
        body.world().sum(std::span(counts[o]));
    }
    return counts;
}

void add_types(Row& row, const Sample& sample)
{
    for (std::size_t o = 0; o < sample.types.size(); ++o) {
        for (std::size_t type = 0; type < sample.body->tissue.types.size(); ++type) {
            const std::string name = sample.body->organs[o].name + "." + sample.body->tissue.types[type].name;
            row.add(name + ".living", sample.types[o][2 * type]);
            row.add(name + ".dormant", sample.types[o][2 * type + 1]);
        }
    }
}

} // namespace paget::output
