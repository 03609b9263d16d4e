#pragma once

#include "paget/io/state.hpp"
#include "paget/parallel/communicator.hpp"

#include <memory>
#include <string>

namespace paget::io
{

/// A state that is kept in memory, each piece spread over the ranks that handed it in, to be read back by the same
/// ranks with other parts of it each. All members are collective over `world`.
class MemoryState : public StateWriter, public StateReader
{
public:
    /// Empty. `world` must outlive it.
    explicit MemoryState(const parallel::Communicator& world);
    ~MemoryState() override;
    MemoryState(const MemoryState&) = delete;
    MemoryState& operator=(const MemoryState&) = delete;

    void begin_column(const std::string& path, std::uint64_t total, Column like) override;
    void write_part(const std::string& path, std::uint64_t first, Column mine) override;
    void end_column(const std::string& path) override;
    void write_field(const std::string& path, const mesh::Grid& grid, const mesh::Box& box,
                     std::span<const double> mine) override;
    void write_attribute(const std::string& path, const std::string& name, const Attribute& value) override;

    bool has_column(const std::string& path) override;
    std::uint64_t column_size(const std::string& path) override;
    void read_column(const std::string& path, std::uint64_t first, ColumnRoom mine) override;
    void read_field(const std::string& path, const mesh::Grid& grid, const mesh::Box& box,
                    std::span<double> mine) override;
    Attribute read_attribute(const std::string& path, const std::string& name) override;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace paget::io
