#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace paget::output
{

/// One row of a table: named numbers in a fixed order. Counts stay integers.
class Row
{
public:
    struct Entry {
        std::string name;
        std::variant<std::int64_t, double> value;
    };

    void add(std::string name, std::int64_t count) { entries_.push_back({std::move(name), count}); }
    void add(std::string name, double value) { entries_.push_back({std::move(name), value}); }

    const std::vector<Entry>& entries() const { return entries_; }

    /// Names and values as lines of CSV, with their end. Doubles have the fewest digits that read back to the same
    /// bits.
    std::string header_line() const;
    std::string value_line() const;
    /// The row of which value_line() gives `line` (without its end), with the columns of this one. Throws FileError if
    /// it has other columns.
    Row read(std::string_view line) const;

private:
    std::vector<Entry> entries_;
};

/// A unit as part of a name: "nmol/l" becomes "nmol_per_l"; what names cannot hold becomes "_".
std::string unit_in_name(const std::string& unit);

/// A text as one field of CSV, quoted if it must be.
std::string csv_field(const std::string& text);

} // namespace paget::output
