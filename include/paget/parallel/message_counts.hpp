#pragma once

#include <cstdint>

namespace paget::parallel
{

/// What this rank has asked of MPI since the program began, libraries (PETSc) included. Counted by MPI's profiling
/// interface (docs/adr), so that no caller has to remember it.
struct MessageCounts {
    std::int64_t messages = 0;         ///< sent from rank to rank
    std::int64_t message_bytes = 0;    ///< in them
    std::int64_t collectives = 0;      ///< blocking calls of all ranks of a communicator of several, barriers included
    std::int64_t collective_bytes = 0; ///< that this rank put into them
    std::int64_t nanoseconds = 0;      ///< in sends, receives, waits and collectives: work on messages, and waiting
    std::int64_t calls = 0;            ///< that were timed for it
    std::int64_t processor_nanoseconds = 0; ///< of that time, those that the rank had a processor; see below

    MessageCounts& operator+=(const MessageCounts& other);
    friend MessageCounts operator-(const MessageCounts& later, const MessageCounts& earlier);
    friend bool operator==(const MessageCounts&, const MessageCounts&) = default;
};

/// Local. Reading and writing of files and what MPI does between calls are not in it; nor are collectives that do not
/// block, and one-sided communication, which Paget does not use.
const MessageCounts& message_counts();

/// What counting and timing add to a call, measured now, in about a millisecond. Local.
double seconds_to_count_a_call();

/// From now on processor time is counted too, here and by meters (or no longer). It is what tells computing where ranks
/// share processors, and costs two calls of the system per call of MPI. Local.
void count_processor_time(bool counted);
bool counts_processor_time();

/// Processor time of this thread so far, or 0 if it is not counted. Local.
std::int64_t processor_nanoseconds();

} // namespace paget::parallel
