// An organ that goes on from a saved state.

#include "paget/organ/organ.hpp"

#include "paget/core/error.hpp"

namespace paget::organ
{

Organ::Organ(const OrganDescription& description, const TissueDescription& tissue, OrganId id,
             const mesh::Partition& partition, parallel::Communicator comm, const RandomNumbers& random,
             OrganState saved)
    : Organ(Empty{}, description, tissue, id, partition, std::move(comm), random)
{
    ensure(saved.fields.size() == fields_.size() && saved.fields_at_rest.size() == fields_.size(),
           "a saved organ has other fields than its description");
    if (growing_) {
        ensure(saved.vessels.has_value(), "the saved state of an organ lacks the vessels that grew");
        growing_->restore(std::move(*saved.vessels));
        lay_vessels();
    }
    for (std::size_t f = 0; f < fields_.size(); ++f) {
        fields_[f].assign(saved.fields[f]);
    }
    matrix_.assign(saved.matrix);
    population_.restore(std::move(saved.cells), saved.next_number);
    fields_at_ = saved.fields_at;
    at_rest_ = std::move(saved.fields_at_rest);
    totals_ = comm_->is_root() ? saved.totals : agents::Tally{}; // sums over ranks are what counts
}

} // namespace paget::organ
