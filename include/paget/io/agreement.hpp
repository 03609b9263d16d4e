#pragma once

#include "paget/parallel/communicator.hpp"

#include <functional>

namespace paget::io
{

/// Does `work` on every rank and then agrees on the outcome: if it threw FileError on some ranks, it is thrown on all,
/// with the message of the lowest of them. So no rank goes on alone into a collective call that the others never reach.
/// Other exceptions pass through. Collective.
void agreed(const parallel::Communicator& comm, const std::function<void()>& work);

/// The same for work that only rank 0 has.
void agreed_on_root(const parallel::Communicator& comm, const std::function<void()>& work);

} // namespace paget::io
