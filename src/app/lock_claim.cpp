#include "lock_claim.hpp"

#include "paget/app/run_lock.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <random>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace paget::app
{
namespace fs = std::filesystem;

InputError cannot_lock(const fs::path& folder, const std::string& reason)
{
    return InputError(fmt::format("The output folder '{}' cannot be used: {} (results could not be kept). Choose "
                                  "another with --output=<folder>.",
                                  folder.string(), reason));
}

LockClaim::LockClaim(const fs::path& folder, const LockOwner& self)
    : path_(folder / fmt::format("{}.{}.{}.{:08x}", lock_file, self.host, self.process, std::random_device{}())),
      descriptor_(::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666))
{
    const std::string text = text_of(self);
    if (descriptor_ < 0 || ::write(descriptor_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        const int reason = errno;
        discard();
        throw cannot_lock(folder, fmt::format("'{}': {}", path_.string(), std::strerror(reason)));
    }
    static_cast<void>(::flock(descriptor_, LOCK_EX | LOCK_NB)); // its own file: fails only where there are no locks
}

LockClaim::~LockClaim() { discard(); }

void LockClaim::discard()
{
    if (descriptor_ >= 0) {
        ::unlink(path_.c_str());
        ::close(std::exchange(descriptor_, -1));
    }
}

/// Over NFS link() may report a failure of a link that was made: the count of links tells.
bool LockClaim::link_as(const fs::path& name) const
{
    const bool linked = ::link(path_.c_str(), name.c_str()) == 0;
    if (!linked && (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS)) {
        return make_without_links(name);
    }
    struct stat status {
    };
    return linked || (::fstat(descriptor_, &status) == 0 && status.st_nlink == 2);
}

/// The name is taken by an empty file first.
bool LockClaim::make_without_links(const fs::path& name) const
{
    const int made = ::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (made >= 0) {
        ::close(made);
    }
    return made >= 0 && move_to(name);
}

bool LockClaim::move_to(const fs::path& name) const { return ::rename(path_.c_str(), name.c_str()) == 0; }

void LockClaim::drop_own_name() const { ::unlink(path_.c_str()); }

int LockClaim::release() { return std::exchange(descriptor_, -1); }

std::optional<double> age_of(const fs::path& path, int now_file)
{
    struct stat then {
    };
    struct stat now {
    };
    if (::stat(path.c_str(), &then) != 0 || ::futimens(now_file, nullptr) != 0 || ::fstat(now_file, &now) != 0) {
        return std::nullopt;
    }
    return std::difftime(now.st_mtim.tv_sec, then.st_mtim.tv_sec) +
           1e-9 * static_cast<double>(now.st_mtim.tv_nsec - then.st_mtim.tv_nsec);
}

bool is_locked_by_a_process(const fs::path& path)
{
    const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    const bool locked = ::flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(file); // gives a lock back
    return locked;
}

} // namespace paget::app
