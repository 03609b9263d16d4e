#include "problems.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace paget::config
{
namespace
{
constexpr std::size_t most_shown = 200; ///< more are no case file that somebody will mend line by line
} // namespace

std::string Origin::text() const
{
    if (file.empty()) {
        return "command line";
    }
    return line > 0 ? fmt::format("{}:{}", file, line) : file;
}

std::string text_of(const Problem& problem)
{
    return fmt::format("{}: {}{}", problem.origin.text(), problem.key.empty() ? "" : problem.key + ": ",
                       problem.message);
}

bool ProblemList::before(const Problem& a, const Problem& b) const
{
    return std::tuple(entries_.rank(a.origin), a.origin.line) < std::tuple(entries_.rank(b.origin), b.origin.line);
}

void ProblemList::note(const Origin& origin, const std::string& key, const std::string& message)
{
    const Problem problem{.origin = origin, .key = key, .message = message};
    const auto earlier = [this](const Problem& a, const Problem& b) { return before(a, b); };
    const auto [first, last] = std::equal_range(problems_.begin(), problems_.end(), problem, earlier);
    const bool known = std::any_of(first, last, [&](const Problem& other) {
        return other.origin.file == origin.file && other.key == key && other.message == message;
    });
    if (!known) {
        problems_.insert(last, problem);
    }
}

std::string ProblemList::text() const
{
    std::string lines;
    for (std::size_t i = 0; i < std::min(problems_.size(), most_shown); ++i) {
        lines += (i == 0 ? "" : "\n") + text_of(problems_[i]);
    }
    if (problems_.size() > most_shown) {
        lines += fmt::format("\n... and {} problems more", problems_.size() - most_shown);
    }
    return lines;
}

} // namespace paget::config
