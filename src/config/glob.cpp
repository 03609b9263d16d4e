#include "glob.hpp"

#include "key.hpp"

#include <bitset>
#include <vector>

namespace paget::config
{
namespace
{
// Both languages are read by automata that are plain chains: every step takes one character of a set, and a loop step
// may take any number of them. A key that both accept exists if the pair of chains can be walked to both ends, where a
// character that is taken must be in both sets. All moves go forward, so one sweep over the pairs of steps decides.
using Characters = std::bitset<256>;

struct Step {
    Characters characters;
    bool loop = false;
};

Characters range(char first, char last)
{
    Characters set;
    for (int c = static_cast<unsigned char>(first); c <= static_cast<unsigned char>(last); ++c) {
        set.set(static_cast<std::size_t>(c));
    }
    return set;
}

void append_literal(std::vector<Step>& chain, std::string_view text)
{
    for (const char c : text) {
        chain.push_back({.characters = range(c, c)});
    }
}

std::vector<Step> chain_of_glob(std::string_view glob)
{
    std::vector<Step> chain;
    for (const char c : glob) {
        const bool any = c == '*' || c == '?';
        chain.push_back({.characters = any ? ~Characters{} : range(c, c), .loop = c == '*'});
    }
    return chain;
}

std::vector<Step> chain_of_pattern(std::string_view pattern)
{
    const Characters first = range('a', 'z');
    const Characters rest = first | range('0', '9') | range('_', '_');
    std::vector<Step> chain;
    for (const auto part : split_key(pattern)) {
        append_literal(chain, chain.empty() ? "" : ".");
        if (is_placeholder(part)) {
            chain.insert(chain.end(), {Step{.characters = first}, Step{.characters = rest, .loop = true}});
        } else {
            append_literal(chain, part);
        }
    }
    return chain;
}

bool share_a_text(const std::vector<Step>& a, const std::vector<Step>& b)
{
    std::vector<std::vector<bool>> reached(a.size() + 2, std::vector<bool>(b.size() + 2));
    reached[0][0] = true;
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (!reached[i][j]) {
                continue;
            }
            if (i < a.size() && a[i].loop) {
                reached[i + 1][j] = true;
            }
            if (j < b.size() && b[j].loop) {
                reached[i][j + 1] = true;
            }
            if (i < a.size() && j < b.size() && (a[i].characters & b[j].characters).any()) {
                reached[i + (a[i].loop ? 0 : 1)][j + (b[j].loop ? 0 : 1)] = true;
            }
        }
    }
    return reached[a.size()][b.size()];
}
} // namespace

bool glob_can_match(std::string_view glob, std::string_view pattern)
{
    return share_a_text(chain_of_glob(glob), chain_of_pattern(pattern));
}

} // namespace paget::config
