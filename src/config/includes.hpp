#pragma once

#include <set>
#include <string>
#include <vector>

namespace paget::config
{

/// The files of a case that are being read, from the case to the innermost one that it includes, and those that were.
class Includes
{
public:
    void enter(const std::string& path);
    void leave();

    /// 0 in the case itself.
    int depth() const { return static_cast<int>(open_.size()) - 1; }
    /// A path as the innermost file writes it, completed by the folder of that file.
    std::string path_of(const std::string& written) const;
    bool was_read(const std::string& path) const;
    /// Why the innermost file cannot include what it writes; empty if it can.
    std::string problem_of(const std::string& written) const;

private:
    std::vector<std::string> open_;
    std::set<std::string> read_; ///< whatever way they were written
};

} // namespace paget::config
