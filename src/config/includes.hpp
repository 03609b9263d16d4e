#pragma once

#include <map>
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
    /// Whether the file was read before, at most as far from the case as the innermost file would include it.
    bool was_read(const std::string& path) const;
    /// Why the innermost file cannot include what it writes; empty if it can.
    std::string problem_of(const std::string& written) const;

private:
    std::vector<std::string> open_;
    std::map<std::string, int> read_; ///< depth of every file, whatever way it was written
};

} // namespace paget::config
