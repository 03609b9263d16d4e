#pragma once

#include "paget/parallel/communicator.hpp"

namespace paget::app
{

/// While it lives, SIGINT, SIGTERM and SIGUSR1 ask the run to stop after the present step; a second one of them ends
/// the program at once. One object at a time. (A signal handler can reach nothing but a flag of the process.)
class StopSignal
{
public:
    StopSignal();
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    /// True on all ranks if any rank was asked. Collective.
    bool requested(const parallel::Communicator& world) const;
};

} // namespace paget::app
