#include "paget/parallel/message_counts.hpp"

#include "paget/parallel/least_seconds.hpp"

#include <mpi.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <unordered_map>

#include <time.h>

// The program's own versions of MPI's functions: they count, and call the library's, which all have a second name that
// begins with P for this purpose (MPI standard, chapter on tool support). The linker prefers them, in shared libraries
// too. State that all code shares is what this needs, and it is hidden here.

namespace paget::parallel
{
namespace
{
constinit MessageCounts counts;
constinit bool processor_time_counts = false;

/// What a message will carry each time it is started.
std::unordered_map<MPI_Request, std::int64_t>& persistent_sends()
{
    static std::unordered_map<MPI_Request, std::int64_t> bytes;
    return bytes;
}

std::int64_t bytes_of(std::int64_t elements, MPI_Datatype type)
{
    int size = 0;
    return PMPI_Type_size(type, &size) == MPI_SUCCESS ? elements * size : 0;
}

/// Adds the time until its end.
class Timed
{
public:
    Timed() : begin_(Clock::now()), begin_processor_ns_(processor_nanoseconds()) {}
    Timed(const Timed&) = delete;
    Timed& operator=(const Timed&) = delete;
    ~Timed()
    {
        counts.nanoseconds += std::chrono::nanoseconds(Clock::now() - begin_).count();
        ++counts.calls;
        counts.processor_nanoseconds += processor_nanoseconds() - begin_processor_ns_;
    }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point begin_;
    std::int64_t begin_processor_ns_;
};

/// Counts a message, and times the call that hands it over.
Timed message(int elements, MPI_Datatype type, int to)
{
    if (to != MPI_PROC_NULL) {
        ++counts.messages;
        counts.message_bytes += bytes_of(elements, type);
    }
    return {};
}

void started(MPI_Request request)
{
    const auto sent = persistent_sends().find(request);
    if (sent != persistent_sends().end()) {
        ++counts.messages;
        counts.message_bytes += sent->second;
    }
}

int ranks_of(MPI_Comm comm)
{
    int ranks = 1;
    PMPI_Comm_size(comm, &ranks);
    return ranks;
}

/// Counts a call of all ranks of a communicator, if there are others, and times it.
Timed collective(std::int64_t bytes, MPI_Comm comm)
{
    if (ranks_of(comm) > 1) {
        ++counts.collectives;
        counts.collective_bytes += bytes;
    }
    return {};
}

std::int64_t sum_of(const int* elements, MPI_Comm comm)
{
    return std::accumulate(elements, elements + ranks_of(comm), std::int64_t{0});
}
} // namespace

const MessageCounts& message_counts() { return counts; }

void count_processor_time(bool counted) { processor_time_counts = counted; }

bool counts_processor_time() { return processor_time_counts; }

std::int64_t processor_nanoseconds()
{
    timespec time{};
    if (!processor_time_counts || ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) != 0) {
        return 0;
    }
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

MessageCounts& MessageCounts::operator+=(const MessageCounts& other)
{
    messages += other.messages;
    message_bytes += other.message_bytes;
    collectives += other.collectives;
    collective_bytes += other.collective_bytes;
    nanoseconds += other.nanoseconds;
    calls += other.calls;
    processor_nanoseconds += other.processor_nanoseconds;
    return *this;
}

MessageCounts operator-(const MessageCounts& later, const MessageCounts& earlier)
{
    return {later.messages - earlier.messages,
            later.message_bytes - earlier.message_bytes,
            later.collectives - earlier.collectives,
            later.collective_bytes - earlier.collective_bytes,
            later.nanoseconds - earlier.nanoseconds,
            later.calls - earlier.calls,
            later.processor_nanoseconds - earlier.processor_nanoseconds};
}

double seconds_to_count_a_call()
{
    const MessageCounts before = counts;
    const double counted = least_seconds([] { MPI_Barrier(MPI_COMM_SELF); });
    const double plain = least_seconds([] { PMPI_Barrier(MPI_COMM_SELF); });
    counts = before;
    return std::max(counted - plain, 0.0);
}

// Messages.

extern "C" int MPI_Send(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm)
{
    const Timed timed = message(count, type, to);
    return PMPI_Send(data, count, type, to, tag, comm);
}

extern "C" int MPI_Isend(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm,
                         MPI_Request* request)
{
    const Timed timed = message(count, type, to);
    return PMPI_Isend(data, count, type, to, tag, comm, request);
}

extern "C" int MPI_Issend(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm,
                          MPI_Request* request)
{
    const Timed timed = message(count, type, to);
    return PMPI_Issend(data, count, type, to, tag, comm, request);
}

extern "C" int MPI_Sendrecv(const void* out, int out_count, MPI_Datatype out_type, int to, int out_tag, void* in,
                            int in_count, MPI_Datatype in_type, int from, int in_tag, MPI_Comm comm, MPI_Status* status)
{
    const Timed timed = message(out_count, out_type, to);
    return PMPI_Sendrecv(out, out_count, out_type, to, out_tag, in, in_count, in_type, from, in_tag, comm, status);
}

extern "C" int MPI_Send_init(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm,
                             MPI_Request* request)
{
    const int code = PMPI_Send_init(data, count, type, to, tag, comm, request);
    if (code == MPI_SUCCESS && to != MPI_PROC_NULL) {
        persistent_sends()[*request] = bytes_of(count, type);
    }
    return code;
}

extern "C" int MPI_Request_free(MPI_Request* request)
{
    persistent_sends().erase(*request);
    return PMPI_Request_free(request);
}

extern "C" int MPI_Start(MPI_Request* request)
{
    started(*request);
    const Timed timed;
    return PMPI_Start(request);
}

extern "C" int MPI_Startall(int count, MPI_Request* requests)
{
    for (int i = 0; i < count; ++i) {
        started(requests[i]);
    }
    const Timed timed;
    return PMPI_Startall(count, requests);
}

extern "C" int MPI_Recv(void* data, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm, MPI_Status* status)
{
    const Timed timed;
    return PMPI_Recv(data, count, type, from, tag, comm, status);
}

extern "C" int MPI_Probe(int from, int tag, MPI_Comm comm, MPI_Status* status)
{
    const Timed timed;
    return PMPI_Probe(from, tag, comm, status);
}

extern "C" int MPI_Wait(MPI_Request* request, MPI_Status* status)
{
    const Timed timed;
    return PMPI_Wait(request, status);
}

extern "C" int MPI_Waitall(int count, MPI_Request* requests, MPI_Status* statuses)
{
    const Timed timed;
    return PMPI_Waitall(count, requests, statuses);
}

extern "C" int MPI_Waitany(int count, MPI_Request* requests, int* index, MPI_Status* status)
{
    const Timed timed;
    return PMPI_Waitany(count, requests, index, status);
}

extern "C" int MPI_Waitsome(int count, MPI_Request* requests, int* done, int* indices, MPI_Status* statuses)
{
    const Timed timed;
    return PMPI_Waitsome(count, requests, done, indices, statuses);
}

// Collectives.

extern "C" int MPI_Barrier(MPI_Comm comm)
{
    const Timed timed = collective(0, comm);
    return PMPI_Barrier(comm);
}

extern "C" int MPI_Bcast(void* data, int count, MPI_Datatype type, int root, MPI_Comm comm)
{
    int rank = 0;
    PMPI_Comm_rank(comm, &rank);
    const Timed timed = collective(rank == root ? bytes_of(count, type) : 0, comm);
    return PMPI_Bcast(data, count, type, root, comm);
}

extern "C" int MPI_Reduce(const void* in, void* out, int count, MPI_Datatype type, MPI_Op op, int root, MPI_Comm comm)
{
    const Timed timed = collective(bytes_of(count, type), comm);
    return PMPI_Reduce(in, out, count, type, op, root, comm);
}

extern "C" int MPI_Allreduce(const void* in, void* out, int count, MPI_Datatype type, MPI_Op op, MPI_Comm comm)
{
    const Timed timed = collective(bytes_of(count, type), comm);
    return PMPI_Allreduce(in, out, count, type, op, comm);
}

extern "C" int MPI_Reduce_scatter(const void* in, void* out, const int counts_of_ranks[], MPI_Datatype type, MPI_Op op,
                                  MPI_Comm comm)
{
    const Timed timed = collective(bytes_of(sum_of(counts_of_ranks, comm), type), comm);
    return PMPI_Reduce_scatter(in, out, counts_of_ranks, type, op, comm);
}

extern "C" int MPI_Reduce_scatter_block(const void* in, void* out, int count, MPI_Datatype type, MPI_Op op,
                                        MPI_Comm comm)
{
    const Timed timed = collective(bytes_of(std::int64_t{count} * ranks_of(comm), type), comm);
    return PMPI_Reduce_scatter_block(in, out, count, type, op, comm);
}

extern "C" int MPI_Scan(const void* in, void* out, int count, MPI_Datatype type, MPI_Op op, MPI_Comm comm)
{
    const Timed timed = collective(bytes_of(count, type), comm);
    return PMPI_Scan(in, out, count, type, op, comm);
}

extern "C" int MPI_Exscan(const void* in, void* out, int count, MPI_Datatype type, MPI_Op op, MPI_Comm comm)
{
    const Timed timed = collective(bytes_of(count, type), comm);
    return PMPI_Exscan(in, out, count, type, op, comm);
}

extern "C" int MPI_Gather(const void* in, int in_count, MPI_Datatype in_type, void* out, int out_count,
                          MPI_Datatype out_type, int root, MPI_Comm comm)
{
    const Timed timed = collective(bytes_of(in_count, in_type), comm);
    return PMPI_Gather(in, in_count, in_type, out, out_count, out_type, root, comm);
}

extern "C" int MPI_Gatherv(const void* in, int in_count, MPI_Datatype in_type, void* out, const int out_counts[],
                           const int starts[], MPI_Datatype out_type, int root, MPI_Comm comm)
{
    const Timed timed = collective(bytes_of(in_count, in_type), comm);
    return PMPI_Gatherv(in, in_count, in_type, out, out_counts, starts, out_type, root, comm);
}

extern "C" int MPI_Allgather(const void* in, int in_count, MPI_Datatype in_type, void* out, int out_count,
                             MPI_Datatype out_type, MPI_Comm comm)
{
    const Timed timed = collective(bytes_of(in_count, in_type), comm);
    return PMPI_Allgather(in, in_count, in_type, out, out_count, out_type, comm);
}

extern "C" int MPI_Allgatherv(const void* in, int in_count, MPI_Datatype in_type, void* out, const int out_counts[],
                              const int starts[], MPI_Datatype out_type, MPI_Comm comm)
{
    const Timed timed = collective(bytes_of(in_count, in_type), comm);
    return PMPI_Allgatherv(in, in_count, in_type, out, out_counts, starts, out_type, comm);
}

extern "C" int MPI_Alltoall(const void* in, int in_count, MPI_Datatype in_type, void* out, int out_count,
                            MPI_Datatype out_type, MPI_Comm comm)
{
    const Timed timed = collective(bytes_of(std::int64_t{in_count} * ranks_of(comm), in_type), comm);
    return PMPI_Alltoall(in, in_count, in_type, out, out_count, out_type, comm);
}

extern "C" int MPI_Alltoallv(const void* in, const int in_counts[], const int in_starts[], MPI_Datatype in_type,
                             void* out, const int out_counts[], const int out_starts[], MPI_Datatype out_type,
                             MPI_Comm comm)
{
    const Timed timed = collective(bytes_of(sum_of(in_counts, comm), in_type), comm);
    return PMPI_Alltoallv(in, in_counts, in_starts, in_type, out, out_counts, out_starts, out_type, comm);
}

} // namespace paget::parallel
