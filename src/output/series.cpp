#include "series.hpp"

#include "paget/core/error.hpp"
#include "paget/io/hdf5_state.hpp"
#include "paget/parallel/communicator.hpp"

#include <fstream>

namespace paget::output
{
namespace
{
template <class T>
std::vector<T> column_of(const std::vector<Row>& rows, std::size_t index)
{
    std::vector<T> column;
    for (const Row& row : rows) {
        column.push_back(std::get<T>(row.entries()[index].value));
    }
    return column;
}

template <class T>
void write_column(io::StateWriter& writer, const std::vector<Row>& rows, std::size_t index)
{
    const std::vector<T> column = column_of<T>(rows, index);
    writer.write_column("/" + rows.front().entries()[index].name, column.size(), 0, std::span<const T>(column));
}
std::vector<Row> rows_in(const std::string& path, const Row& columns)
{
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line) || line + "\n" != columns.header_line()) {
        throw FileError(path + " has other columns than this run would write (rows could not be continued). Continue "
                               "with the case and the version of Paget that wrote it.");
    }
    std::vector<Row> rows;
    while (std::getline(file, line)) {
        rows.push_back(columns.read(line));
    }
    return rows;
}
} // namespace

Series::Series(const std::string& folder, Stamp stamp)
    : folder_(folder),
      stamp_(std::move(stamp)),
      csv_(folder + "/series.csv")
{
}

Series::Series(const std::string& folder, Stamp stamp, std::uint64_t bytes, const Row& columns)
    : folder_(folder),
      stamp_(std::move(stamp)),
      csv_(folder + "/series.csv", bytes),
      rows_(rows_in(folder + "/series.csv", columns))
{
}

void Series::append(const Row& row)
{
    ensure(rows_.empty() || rows_.front().header_line() == row.header_line(), "a time series changes its columns");
    csv_.append(rows_.empty() ? row.header_line() + row.value_line() : row.value_line());
    rows_.push_back(row);
}

void Series::sync() { csv_.sync(); }

void Series::write_hdf5() const
{
    const auto self = parallel::Communicator::self();
    io::Hdf5StateWriter writer(folder_ + "/series.h5", self);
    write_stamp(writer, stamp_);
    for (std::size_t i = 0; !rows_.empty() && i < rows_.front().entries().size(); ++i) {
        if (std::holds_alternative<double>(rows_.front().entries()[i].value)) {
            write_column<double>(writer, rows_, i);
        } else {
            write_column<std::int64_t>(writer, rows_, i);
        }
    }
    writer.commit();
}

} // namespace paget::output
