#pragma once

namespace paget::app
{

/// What signals have asked of this process.
struct Wishes {
    bool stop = false;       ///< SIGINT, SIGTERM or SIGUSR1
    bool checkpoint = false; ///< SIGUSR2
};

/// While it lives, SIGINT, SIGTERM and SIGUSR1 ask the run to stop after the present step, with a checkpoint; a second
/// one of them ends the program at once (exit code 85; what has been written stays). The same signal on two ways, as
/// launchers send it, counts once: what comes within a fifth of a second belongs together. SIGUSR2 asks for a
/// checkpoint. To be made after PETSc's start, which sets handlers too. One object at a time. (A signal handler can
/// reach nothing but flags of the process.)
class StopSignal
{
public:
    StopSignal();
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    /// What this process has been asked for since the last call; a wish to stop stays. Local: ranks have to agree.
    Wishes take_wishes();
};

} // namespace paget::app
