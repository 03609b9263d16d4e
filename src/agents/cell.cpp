#include "paget/agents/cell.hpp"

namespace paget::agents
{

Tally& Tally::operator+=(const Tally& other)
{
    founded += other.founded;
    born += other.born;
    arrived += other.arrived;
    shed += other.shed;
    recruited += other.recruited;
    left += other.left;
    for (std::size_t cause = 0; cause < death_cause_count; ++cause) {
        died[cause] += other.died[cause];
    }
    return *this;
}

} // namespace paget::agents
