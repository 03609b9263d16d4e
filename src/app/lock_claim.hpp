#pragma once

#include "paget/app/lock_owner.hpp"
#include "paget/core/error.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace paget::app
{

InputError cannot_lock(const std::filesystem::path& folder, const std::string& reason);

/// A file of this process alone, with its description, locked where locks are known, that is to become the lock of a
/// run folder. It is removed with the object unless it became that.
class LockClaim
{
public:
    LockClaim(const std::filesystem::path& folder, const LockOwner& self);
    ~LockClaim();
    LockClaim(const LockClaim&) = delete;
    LockClaim& operator=(const LockClaim&) = delete;

    int descriptor() const { return descriptor_; }

    /// True if the claim stands under that name now, where nothing stood.
    bool link_as(const std::filesystem::path& name) const;
    /// The claim replaces what stands under that name.
    bool move_to(const std::filesystem::path& name) const;
    void drop_own_name() const;
    /// The open file, which keeps the lock.
    int release();

private:
    bool make_without_links(const std::filesystem::path& name) const;
    void discard();

    std::filesystem::path path_;
    int descriptor_;
};

/// Seconds since a file was written, by the clock of the file system, which writes `now_file` for it.
std::optional<double> age_of(const std::filesystem::path& path, int now_file);

/// Certain where it says yes; a no says little, since the locks of many file systems reach no other machine.
bool is_locked_by_a_process(const std::filesystem::path& path);

} // namespace paget::app
