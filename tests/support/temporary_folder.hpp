#pragma once

#include "paget/parallel/communicator.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>

#include <unistd.h>

namespace paget::test
{

/// A fresh folder that all ranks see, removed with its content at the end. Collective.
class TemporaryFolder
{
public:
    explicit TemporaryFolder(const parallel::Communicator& world) : world_(&world)
    {
        if (world.is_root()) {
            std::string pattern = (std::filesystem::temp_directory_path() / "paget_test_XXXXXX").string();
            path_ = ::mkdtemp(pattern.data());
        }
        world.broadcast(path_);
    }
    ~TemporaryFolder()
    {
        world_->barrier();
        if (world_->is_root()) {
            std::error_code ignored;
            std::filesystem::remove_all(path_, ignored);
        }
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::string operator/(const std::string& name) const { return path_ + "/" + name; }
    const std::string& path() const { return path_; }

private:
    const parallel::Communicator* world_;
    std::string path_;
};

} // namespace paget::test
