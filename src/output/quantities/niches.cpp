#include "quantities.hpp"

#include "names.hpp"

namespace paget::output
{

void add_niches(Row& row, const Sample& sample)
{
    for (std::size_t i = 0; i < sample.body->organs.size(); ++i) {
        if (sample.body->organs[i].niche.prepared_by != OrganId::none) {
            row.add(organ_name(*sample.body, static_cast<OrganId>(i)) + ".niche", sample.census.niches[i]);
        }
    }
}

} // namespace paget::output
