#include "quantities.hpp"

#include "names.hpp"

namespace paget::output
{

void add_self_seeding(Row& row, const Sample& sample)
{
    const OrganId primary = sample.body->primary();
    const auto& census = sample.census.organs[static_cast<std::size_t>(index_of(primary))];
    row.add(organ_name(*sample.body, primary) + ".self_seeded_share", returned_share(census));
}

} // namespace paget::output
