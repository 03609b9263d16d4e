#include "founders_file.hpp"

#include "paget/core/error.hpp"
#include "paget/core/plain_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>
#include <string_view>

namespace paget::organ
{
namespace
{
constexpr std::array<const char*, 8> known_columns{"x_um",  "y_um",      "z_um",      "type",
                                                   "state", "heading_x", "heading_y", "heading_z"};
constexpr std::array<const char*, agents::state_count> known_states{"epithelial", "hybrid", "mesenchymal"};

/// Reads one table; problems are collected.
class Table
{
public:
    Table(const std::string& path, const Founders& common, const std::vector<std::string>& types,
          const mesh::Grid& grid)
        : path_(path),
          common_(&common),
          types_(&types),
          grid_(&grid)
    {
    }

    std::vector<Founders> read();

private:
    void read_heading(const std::vector<std::string>& words);
    void read_cell(const std::vector<std::string>& words);
    double number(const std::vector<std::string>& words, const std::string& column, double otherwise);
    Vec3 heading(const std::vector<std::string>& words);
    std::optional<agents::State> state(const std::vector<std::string>& words);
    Founders& group_of(const std::string& type);
    bool has(const std::string& column) const { return columns_.count(column) > 0; }
    void complain(const std::string& message) { problems_.push_back(fmt::format("{}:{}: {}", path_, line_, message)); }

    std::string path_;
    const Founders* common_;
    const std::vector<std::string>* types_;
    const mesh::Grid* grid_;
    int line_ = 0;
    std::map<std::string, std::size_t> columns_;
    std::size_t width_ = 0;
    std::vector<Founders> groups_;
    std::vector<std::string> problems_;
};

std::vector<Founders> Table::read()
{
    std::ifstream file(path_);
    if (!file) {
        throw InputError(fmt::format("'{}' cannot be read: {}. Check its name; it is sought from the case's folder.",
                                     path_, std::strerror(errno)));
    }
    for (std::string line; std::getline(file, line);) {
        ++line_;
        const std::string_view text = without_blanks(line_ == 1 ? without_byte_order_mark(line) : line);
        if (text.empty() || text.front() == '#') {
            continue;
        }
        width_ == 0 ? read_heading(comma_fields(text)) : read_cell(comma_fields(text));
    }
    if (groups_.empty() && problems_.empty()) {
        complain("the table has no cell (founders were to come from it). Add lines below the heading x_um,y_um,z_um.");
    }
    if (!problems_.empty()) {
        throw InputError(fmt::format("{}", fmt::join(problems_, "\n")));
    }
    return groups_;
}

void Table::read_heading(const std::vector<std::string>& words)
{
    width_ = words.size();
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (std::find(known_columns.begin(), known_columns.end(), words[i]) == known_columns.end()) {
            complain(fmt::format("no column '{}' (its meaning is unknown). Use some of: {}.", words[i],
                                 fmt::join(known_columns, ", ")));
        }
        columns_[words[i]] = i;
    }
    for (const char* axis : {"x_um", "y_um", "z_um"}) {
        if (!has(axis)) {
            complain(fmt::format("the heading lacks {} (every founder needs a place). Begin the table with a line as "
                                 "x_um,y_um,z_um.",
                                 axis));
        }
    }
}

double Table::number(const std::vector<std::string>& words, const std::string& column, double otherwise)
{
    if (!has(column)) {
        return otherwise;
    }
    const std::string& text = words[columns_[column]];
    if (const auto value = number_in(text)) {
        return *value;
    }
    complain(fmt::format("{} is '{}' (a number is needed). Write it as in 12.5.", column, text));
    return otherwise;
}

Vec3 Table::heading(const std::vector<std::string>& words)
{
    const Vec3 towards{number(words, "heading_x", 0.0), number(words, "heading_y", 0.0),
                       number(words, "heading_z", 0.0)};
    return norm(towards) > 0.0 ? direction(towards) : Vec3{};
}

std::optional<agents::State> Table::state(const std::vector<std::string>& words)
{
    if (!has("state")) {
        return std::nullopt;
    }
    const std::string& text = words[columns_["state"]];
    const auto known = std::find(known_states.begin(), known_states.end(), text);
    if (known == known_states.end()) {
        complain(fmt::format("'{}' is not a state of cells (it was to be the cell's first). Write one of: {}.", text,
                             fmt::join(known_states, ", ")));
        return std::nullopt;
    }
    return static_cast<agents::State>(known - known_states.begin());
}

Founders& Table::group_of(const std::string& type)
{
    const auto known =
        std::find_if(groups_.begin(), groups_.end(), [&](const Founders& group) { return group.type == type; });
    if (known != groups_.end()) {
        return *known;
    }
    if (std::find(types_->begin(), types_->end(), type) == types_->end()) {
        complain(fmt::format("'{}' is not a cell type of this case (founders need one). Name one of: {}.", type,
                             fmt::join(*types_, ", ")));
    }
    Founders& group = groups_.emplace_back(*common_);
    group.type = type;
    group.count = 0;
    return group;
}

void Table::read_cell(const std::vector<std::string>& words)
{
    if (words.size() != width_) {
        complain(fmt::format("{} values under a heading of {} (columns would be confused). Give one for each.",
                             words.size(), width_));
        return;
    }
    const Vec3 middle = 0.5 * grid_->extent_um();
    PlacedFounder cell;
    cell.position_um = {number(words, "x_um", middle.x), number(words, "y_um", middle.y),
                        number(words, "z_um", middle.z)};
    cell.heading = heading(words);
    cell.state = state(words);
    if (!grid_->contains(cell.position_um)) {
        const Vec3 size = grid_->extent_um();
        complain(fmt::format("the cell lies outside the organ (which reaches from 0 to {} x {} x {} um). Place it "
                             "inside, or enlarge the organ.",
                             size.x, size.y, size.z));
    }
    Founders& group = group_of(has("type") ? words[columns_["type"]] : common_->type);
    group.placed.push_back(cell);
    ++group.count;
}
} // namespace

std::vector<Founders> read_founders_file(const std::string& path, const Founders& common,
                                         const std::vector<std::string>& types, const mesh::Grid& grid)
{
    return Table(path, common, types, grid).read();
}

} // namespace paget::organ
