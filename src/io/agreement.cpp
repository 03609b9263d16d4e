#include "paget/io/agreement.hpp"

#include "paget/core/error.hpp"

#include <optional>
#include <string>

namespace paget::io
{

void agreed(const parallel::Communicator& comm, const std::function<void()>& work)
{
    std::optional<std::string> failure;
    try {
        work();
    } catch (const FileError& error) {
        failure = error.what();
    }
    const std::int64_t nobody = comm.size();
    std::int64_t speaker = failure ? comm.rank() : nobody;
    comm.minimum(std::span(&speaker, 1));
    if (speaker != nobody) {
        std::string message = failure.value_or("");
        comm.broadcast(message, static_cast<int>(speaker));
        throw FileError(message);
    }
}

void agreed_on_root(const parallel::Communicator& comm, const std::function<void()>& work)
{
    agreed(comm, [&] {
        if (comm.is_root()) {
            work();
        }
    });
}

} // namespace paget::io
