#pragma once

#include "paget/io/append_file.hpp"
#include "row.hpp"
#include "stamp.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace paget::output
{

/// The time series of a run, on one rank: series.csv, which has every row at once, and series.h5 with the same numbers,
/// one data set per column, written anew when asked for. Throws FileError.
class Series
{
public:
    Series(const std::string& folder, Stamp stamp);
    /// Goes on with the series of an earlier run: its first `bytes` of series.csv, read back as rows with the columns
    /// of `columns`, and nothing after them.
    Series(const std::string& folder, Stamp stamp, std::uint64_t bytes, const Row& columns);

    /// All rows have the same columns (else BugError).
    void append(const Row& row);
    void write_hdf5() const;
    /// Rows that were appended survive a failure of the machine when this returns.
    void sync();

    /// Bytes of series.csv so far, and rows.
    std::uint64_t bytes() const { return csv_.size(); }
    std::uint64_t row_count() const { return rows_.size(); }

private:
    std::string folder_;
    Stamp stamp_;
    io::AppendFile csv_;
    std::vector<Row> rows_;
};

} // namespace paget::output
