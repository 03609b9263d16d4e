#include "paget/parallel/exchange.hpp"

#include <algorithm>

namespace paget::parallel
{
namespace
{
constexpr int exchange_tag = 71;

int messages_to_expect(const Communicator& comm, const std::vector<std::vector<std::byte>>& outgoing)
{
    std::vector<int> flags(outgoing.size());
    std::transform(outgoing.begin(), outgoing.end(), flags.begin(), [](const auto& m) { return m.empty() ? 0 : 1; });
    flags[static_cast<std::size_t>(comm.rank())] = 0; // to itself: copied, not sent
    int expected = 0;
    check(MPI_Reduce_scatter_block(flags.data(), &expected, 1, MPI_INT, MPI_SUM, comm.handle()));
    return expected;
}

std::vector<MPI_Request> start_sending(const Communicator& comm, const std::vector<std::vector<std::byte>>& outgoing)
{
    std::vector<MPI_Request> requests;
    for (int rank = 0; rank < comm.size(); ++rank) {
        const auto& message = outgoing[static_cast<std::size_t>(rank)];
        if (rank != comm.rank() && !message.empty()) {
            check(MPI_Isend(message.data(), count_of(message.size()), MPI_BYTE, rank, exchange_tag, comm.handle(),
                            &requests.emplace_back()));
        }
    }
    return requests;
}
} // namespace

std::vector<std::vector<std::byte>> exchange_bytes(const Communicator& comm,
                                                   const std::vector<std::vector<std::byte>>& outgoing)
{
    const auto self = static_cast<std::size_t>(comm.rank());
    std::vector<std::vector<std::byte>> arrived(outgoing.size());
    arrived[self] = outgoing[self];
    if (comm.size() == 1) {
        return arrived;
    }
    const int expected = messages_to_expect(comm, outgoing);
    auto requests = start_sending(comm, outgoing);
    for (int i = 0; i < expected; ++i) {
        MPI_Status status;
        int bytes = 0;
        check(MPI_Probe(MPI_ANY_SOURCE, exchange_tag, comm.handle(), &status));
        check(MPI_Get_count(&status, MPI_BYTE, &bytes));
        auto& message = arrived[static_cast<std::size_t>(status.MPI_SOURCE)];
        message.resize(static_cast<std::size_t>(bytes));
        check(MPI_Recv(message.data(), bytes, MPI_BYTE, status.MPI_SOURCE, exchange_tag, comm.handle(),
                       MPI_STATUS_IGNORE));
    }
    check(MPI_Waitall(count_of(requests.size()), requests.data(), MPI_STATUSES_IGNORE));
    return arrived;
}

} // namespace paget::parallel
