#pragma once

#include "paget/hdf5/handle.hpp"

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>

namespace paget::hdf5
{

/// A file of bytes in memory, of which only the pages exist that were written; the rest reads as zeros.
class Image
{
public:
    static constexpr std::size_t page_bytes = 4096;

    void write(std::uint64_t address, std::span<const std::byte> bytes);
    void read(std::uint64_t address, std::span<std::byte> bytes) const;

    /// Calls visit(address, bytes) for every run of bytes that were written, in the order of addresses.
    void visit_written(const std::function<void(std::uint64_t, std::span<const std::byte>)>& visit) const;

    std::size_t page_count() const { return pages_.size(); }
    std::uint64_t size() const { return size_; }
    void resize(std::uint64_t size) { size_ = size; }

private:
    struct Page {
        std::array<std::byte, page_bytes> bytes{};
        std::bitset<page_bytes> written;
    };

    std::map<std::uint64_t, Page> pages_; ///< by address / page_bytes
    std::uint64_t size_ = 0;
};

using Driver = Handle<H5FDunregister>;

/// A driver with which HDF5 reads and writes an Image instead of a file.
Driver make_image_driver(const std::string& file);

/// Lets a list of file access properties use `image`, which must outlive the HDF5 file.
void use_image(const PropertyList& access, const Driver& driver, Image& image, const std::string& file);

} // namespace paget::hdf5
