#pragma once

#include "entries.hpp"
#include "paget/config/case.hpp"

#include <string>
#include <vector>

namespace paget::config
{

/// `file:line: key: message`
std::string text_of(const Problem& problem);

/// The problems of a case in the order of the input, each once.
class ProblemList
{
public:
    explicit ProblemList(const Entries& entries) : entries_(entries) {}

    void note(const Origin& origin, const std::string& key, const std::string& message);
    const std::vector<Problem>& all() const { return problems_; }

    /// One problem per line, `file:line: key: message`.
    std::string text() const;

private:
    bool before(const Problem& a, const Problem& b) const;

    const Entries& entries_;
    std::vector<Problem> problems_;
};

} // namespace paget::config
