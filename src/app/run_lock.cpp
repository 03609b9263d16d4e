#include "paget/app/run_lock.hpp"

#include "lock_claim.hpp"
#include "paget/app/slurm.hpp"
#include "paget/core/error.hpp"

#include <fmt/format.h>

#include <condition_variable>
#include <fstream>
#include <iterator>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

namespace paget::app
{
namespace
{
namespace fs = std::filesystem;

constexpr int rounds = 40; // of 25 ms: an answer within a second
constexpr std::chrono::milliseconds round_length{25};
constexpr std::chrono::seconds longest_takeover{20}; // it takes milliseconds, so an older one was interrupted

std::string text_in(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

InputError held_by(const fs::path& folder, const std::string& owner)
{
    return InputError(fmt::format("Another run works in '{}': {} (two runs would spoil each other's files). Wait for "
                                  "its end, or choose another folder with --output=<folder>.",
                                  folder.string(), owner));
}

Life life_by_slurm(const LockOwner& owner, const LockOwner& self)
{
    const Life before = life_before_requeue(owner, self);
    if (before != Life::unknown || owner.job.empty() || owner.job == self.job) {
        return before;
    }
    const auto state = state_of_job(owner.job);
    return state ? life_of_job(*state) : Life::unknown;
}

Life life_by_renewal(const fs::path& lock, int now_file)
{
    const auto age = age_of(lock, now_file);
    return age && *age < std::chrono::duration<double>(RunLock::patience).count() ? Life::alive : Life::ended;
}

Life life_of(const LockOwner& owner, const LockOwner& self, const fs::path& lock, int now_file)
{
    const Life here = life_on_this_machine(owner, self);
    if (here != Life::unknown) { // in a container the table of processes may not show the owner
        return is_locked_by_a_process(lock) ? Life::alive : here;
    }
    const Life in_slurm = life_by_slurm(owner, self);
    if (in_slurm != Life::unknown) {
        return in_slurm;
    }
    return is_locked_by_a_process(lock) ? Life::alive : life_by_renewal(lock, now_file);
}

/// The text of the lock if its owner is dead; nothing if there is no lock (any more). Throws if its owner lives.
std::optional<std::string> refuse_living_owner(const fs::path& folder, const LockOwner& self, const LockClaim& claim)
{
    const fs::path lock = folder / lock_file;
    if (!fs::exists(lock)) {
        return std::nullopt;
    }
    std::string text = text_in(lock);
    const auto owner = text.empty() ? std::optional(LockOwner{}) : read_owner(text);
    if (!owner) {
        throw cannot_lock(folder, "its file 'lock' is not one of Paget's");
    }
    if (life_of(*owner, self, lock, claim.descriptor()) == Life::alive) {
        throw held_by(folder, description_of(*owner));
    }
    return text;
}

/// Makes `claim` the lock in place of the dead owner's, unless another process has been quicker. Only one process at a
/// time gets that far: the one that could link its `guard`.
bool replace_dead(const LockClaim& claim, const LockClaim& guard, const fs::path& folder, const std::string& dead)
{
    const fs::path takeover = folder / (std::string(lock_file) + ".takeover");
    if (!guard.link_as(takeover)) {
        const auto age = age_of(takeover, guard.descriptor());
        if (age && *age > std::chrono::duration<double>(longest_takeover).count()) {
            ::unlink(takeover.c_str());
        }
        return false;
    }
    const bool replaced = text_in(folder / lock_file) == dead && claim.move_to(folder / lock_file);
    ::unlink(takeover.c_str());
    return replaced;
}

/// The folders that have to be made, innermost first.
std::vector<fs::path> missing_folders(fs::path folder)
{
    std::vector<fs::path> missing;
    for (folder = fs::absolute(folder); !fs::exists(folder) && folder.has_relative_path();
         folder = folder.parent_path()) {
        if (folder.has_filename()) {
            missing.push_back(folder);
        }
    }
    return missing;
}
} // namespace

struct RunLock::Impl {
    fs::path folder;
    std::vector<fs::path> made; ///< folders, innermost first
    int descriptor = -1;        ///< of the lock; -1 while it is not held
    std::string dead_owner;
    std::mutex mutex;
    std::condition_variable_any ending;
    std::jthread renewer;

    fs::path lock() const { return folder / lock_file; }
    void make_folders();
    void take();
    bool try_to_take(const LockOwner& self);
    bool is_ours() const;
    void renew(const std::stop_token& end);
    ~Impl();
};

void RunLock::Impl::make_folders()
{
    try {
        made = missing_folders(folder);
        fs::create_directories(folder);
    } catch (const fs::filesystem_error& error) {
        throw cannot_lock(folder, error.code().message());
    }
}

/// One round: true if the lock is ours now, false if things were changing. Throws if a living process has it.
bool RunLock::Impl::try_to_take(const LockOwner& self)
{
    LockClaim claim(folder, self);
    bool taken = claim.link_as(lock());
    if (taken) {
        claim.drop_own_name();
    } else {
        const auto dead = refuse_living_owner(folder, self, claim);
        taken = dead && replace_dead(claim, LockClaim(folder, self), folder, *dead);
        dead_owner = taken ? description_of(read_owner(*dead).value_or(LockOwner{})) : "";
    }
    descriptor = taken ? claim.release() : -1;
    return taken;
}

void RunLock::Impl::take()
{
    const LockOwner self = this_process();
    for (int round = 0; round < rounds; ++round) {
        if (try_to_take(self)) {
            renewer = std::jthread([this](const std::stop_token& end) { renew(end); });
            return;
        }
        std::this_thread::sleep_for(round_length);
    }
    throw held_by(folder, "several processes want it at once");
}

/// The file under the lock's name is the one that this process made.
bool RunLock::Impl::is_ours() const
{
    struct stat mine {
    };
    struct stat there {
    };
    return ::fstat(descriptor, &mine) == 0 && ::stat(lock().c_str(), &there) == 0 && mine.st_ino == there.st_ino &&
           mine.st_dev == there.st_dev;
}

void RunLock::Impl::renew(const std::stop_token& end)
{
    std::unique_lock guard(mutex);
    while (!ending.wait_for(guard, end, renewal, [&] { return end.stop_requested(); })) {
        static_cast<void>(::futimens(descriptor, nullptr));
    }
}

RunLock::Impl::~Impl()
{
    renewer = {};
    if (descriptor >= 0) {
        if (is_ours()) {
            ::unlink(lock().c_str());
        }
        ::close(descriptor);
    }
    for (const fs::path& folder_made : made) {
        ::rmdir(folder_made.c_str()); // stays if something is in it
    }
}

void refuse_held_folder(const std::string& folder)
{
    std::error_code ignored;
    const fs::path lock = fs::path(folder) / lock_file;
    if (fs::exists(lock, ignored)) {
        const LockOwner self = this_process();
        const LockClaim probe(folder, self);
        refuse_living_owner(folder, self, probe);
    }
}

RunLock::RunLock(const std::string& folder) : impl_(std::make_unique<Impl>())
{
    impl_->folder = folder;
    impl_->make_folders();
    impl_->take();
}

RunLock::~RunLock() = default;
RunLock::RunLock(RunLock&&) noexcept = default;
RunLock& RunLock::operator=(RunLock&&) noexcept = default;

const std::string& RunLock::taken_over_from() const { return impl_->dead_owner; }

void RunLock::check_held() const
{
    if (!impl_->is_ours()) {
        const auto owner = read_owner(text_in(impl_->lock()));
        throw FileError(fmt::format(
            "The folder '{}' was taken over by {} while this process slept (it was held for dead). This run "
            "ends and leaves the folder to the other.",
            impl_->folder.string(), owner ? description_of(*owner) : "somebody else"));
    }
}

} // namespace paget::app
