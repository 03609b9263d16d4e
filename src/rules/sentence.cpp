#include "paget/rules/sentence.hpp"

#include "paget/core/error.hpp"
#include "paget/core/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <sstream>
#include <vector>

namespace paget::rules
{
namespace
{
constexpr const char* pattern =
    "CELL: SIGNAL increases|decreases BEHAVIOUR [from VALUE] to VALUE, half at VALUE[, hill NUMBER]";
constexpr const char* example = "cancer: oxygen increases cycle_entry to 7.2e-4 1/min, half at 21.5 mmHg, hill 4";

[[noreturn]] void refuse(const std::string& what)
{
    throw InputError(
        fmt::format("{} (a rule cannot be guessed). Write it as '{}', e.g. '{}'.", what, pattern, example));
}

using Words = std::vector<std::string>;

Words words_of(const std::string& text)
{
    std::istringstream stream(text);
    Words words;
    for (std::string word; stream >> word;) {
        words.push_back(word);
    }
    return words;
}

std::vector<std::string> split_at(const std::string& text, char separator)
{
    std::vector<std::string> parts;
    std::istringstream stream(text + separator); // else an empty last part would go unseen
    for (std::string part; std::getline(stream, part, separator);) {
        parts.push_back(part);
    }
    return parts;
}

/// The words from `begin` on up to one of the given ones, as a quantity; `/min` stands for `1/min`.
std::string quantity(const Words& words, std::size_t& begin, const std::string& after, const std::string& stop = {})
{
    std::string text;
    for (; begin < words.size() && words[begin] != stop; ++begin) {
        if (words[begin] == "from" || words[begin] == "to") {
            refuse(fmt::format("'{}' stands behind '{}'", words[begin], after));
        }
        if (words[begin] == "hill" || words[begin] == "half") {
            refuse(fmt::format("no comma before '{}'", words[begin]));
        }
        const bool bare = words[begin].front() == '/';
        text += (text.empty() ? "" : " ") + (bare ? "1" + words[begin] : words[begin]);
    }
    if (text.empty()) {
        refuse(fmt::format("no value after '{}'", after));
    }
    return text;
}

/// `SIGNAL increases BEHAVIOUR [from VALUE] to VALUE`
void read_effect(const Words& words, Sentence& rule)
{
    if (words.size() < 3) {
        refuse("a rule needs a signal, 'increases' or 'decreases', and a behaviour");
    }
    rule.signal = words[0];
    if (words[1] != "increases" && words[1] != "decreases") {
        const auto verb = std::find_if(words.begin() + 2, words.end(), [](const std::string& word) {
            return word == "increases" || word == "decreases";
        });
        if (verb != words.end()) {
            refuse(fmt::format("the signal '{}' is no single word: names have '_' between their parts, as in "
                               "oxygen_gradient or contact_CELL",
                               fmt::join(words.begin(), verb, " ")));
        }
        refuse(fmt::format("'{}' where 'increases' or 'decreases' should stand", words[1]));
    }
    rule.increases = words[1] == "increases";
    rule.behaviour = words[2];
    std::size_t next = 3;
    if (next < words.size() && words[next] == "from") {
        rule.base = quantity(words, ++next, "from", "to");
    }
    if (next >= words.size() || words[next] != "to") {
        refuse(fmt::format("no 'to' and value after '{}'", rule.behaviour));
    }
    rule.saturated = quantity(words, ++next, "to");
}

double number(const Words& words)
{
    const auto value = words.size() == 2 ? number_in(words[1]) : std::nullopt;
    if (!value || !(*value > 0.0) || *value > largest_hill) {
        refuse(fmt::format("'hill' wants one number above 0, at most {}", largest_hill));
    }
    return *value;
}

/// `half at VALUE` or `hill NUMBER`
void read_clause(const Words& words, Sentence& rule, bool& hill_given)
{
    std::size_t next = 2;
    if (words.size() >= 2 && words[0] == "half" && words[1] == "at" && rule.half.empty()) {
        rule.half = quantity(words, next, "half at");
    } else if (!words.empty() && words[0] == "hill" && !hill_given) {
        rule.hill = number(words);
        hill_given = true;
    } else if (!words.empty() && std::isdigit(static_cast<unsigned char>(words[0].front())) != 0) {
        refuse(fmt::format("'{}' follows a comma: decimals stand behind a point, and commas only before 'half at' and "
                           "'hill'",
                           fmt::join(words, " ")));
    } else if (words.empty()) {
        refuse("nothing stands behind a comma; a rule is one line");
    } else {
        refuse(fmt::format("'{}' is not understood, or said twice", fmt::join(words, " ")));
    }
}
} // namespace

Sentence read_sentence(const std::string& text)
{
    if (text.starts_with('"') || text.starts_with('\'')) {
        refuse("quotation marks stand around the rule");
    }
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos) {
        refuse(text.find(' ') == std::string::npos
                   ? fmt::format("'{}' is no rule, nor 'off', which takes one out", text)
                   : "no colon behind the name of a cell type");
    }
    const Words cell = words_of(text.substr(0, colon));
    if (cell.size() != 1) {
        refuse("one cell type must be named before the colon");
    }
    Sentence rule;
    rule.cell = cell.front();
    const std::vector<std::string> clauses = split_at(text.substr(colon + 1), ',');
    read_effect(words_of(clauses.front()), rule);
    bool hill_given = false;
    for (std::size_t k = 1; k < clauses.size(); ++k) {
        read_clause(words_of(clauses[k]), rule, hill_given);
    }
    if (rule.half.empty()) {
        refuse("no 'half at' and value");
    }
    return rule;
}

std::string text_of(const Sentence& rule)
{
    return fmt::format("{}: {} {} {}{} to {}, half at {}, hill {}", rule.cell, rule.signal,
                       rule.increases ? "increases" : "decreases", rule.behaviour,
                       rule.base ? " from " + *rule.base : "", rule.saturated, rule.half, rule.hill);
}

} // namespace paget::rules
