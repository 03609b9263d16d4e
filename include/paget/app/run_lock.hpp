#pragma once

#include "paget/app/lock_owner.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

namespace paget::app
{

/// One run per folder. While it lives, the file `lock` in the folder says who works there. It appears in one piece, by
/// a hard link, which exactly one process can make, also on network file systems; its time is renewed every few
/// seconds, and where the file system has locks it is locked. A lock whose owner has ended is taken over:
/// - on the owner's machine, when the process has ended;
/// - when SLURM says that the owner's job, or an earlier start of this very job, has ended;
/// - else when the lock's time has not been renewed for `patience`.
/// For one rank (the others ask it). Local.
class RunLock
{
public:
    static constexpr std::chrono::seconds renewal{15};
    static constexpr std::chrono::seconds patience{180};

    /// Makes the folder if it is not there. Throws InputError that names the owner if the folder is held, or the reason
    /// if it cannot be written.
    explicit RunLock(const std::string& folder);
    /// Gives the folder back; removes folders that were made and are still empty.
    ~RunLock();
    RunLock(RunLock&&) noexcept;
    RunLock& operator=(RunLock&&) noexcept;

    /// Who was found dead in the folder; empty if nobody was.
    const std::string& taken_over_from() const;

    /// Throws FileError if another process holds the folder by now: this one must have slept so long that it was held
    /// for dead, and may write nothing more.
    void check_held() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Name of the lock file in a run folder; files that are needed to take it begin with the same word and a dot.
inline constexpr const char* lock_file = "lock";

/// Throws as RunLock's constructor does if another run works in the folder; changes nothing else. Local.
void refuse_held_folder(const std::string& folder);

} // namespace paget::app
