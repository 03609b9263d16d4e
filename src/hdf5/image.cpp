#include "paget/hdf5/image.hpp"

#include <algorithm>
#include <new>

namespace paget::hdf5
{
namespace
{
/// Calls visit(page number, start in the page, start in the range, length) for each page that a range of bytes touches.
template <class Visit>
void visit_pages(std::uint64_t address, std::size_t length, Visit&& visit)
{
    for (std::size_t done = 0; done < length;) {
        const std::size_t start = static_cast<std::size_t>((address + done) % Image::page_bytes);
        const std::size_t part = std::min(length - done, Image::page_bytes - start);
        visit((address + done) / Image::page_bytes, start, done, part);
        done += part;
    }
}

/// What HDF5 holds of an open file; HDF5 itself sees only the first member.
struct OpenImage {
    H5FD_t common{};
    Image* image = nullptr;
    haddr_t allocated = 0;
};

OpenImage& open_image(H5FD_t* file) { return *reinterpret_cast<OpenImage*>(file); }
const OpenImage& open_image(const H5FD_t* file) { return *reinterpret_cast<const OpenImage*>(file); }

H5FD_t* open(const char*, unsigned, hid_t access, haddr_t)
{
    auto* const* image = static_cast<Image* const*>(H5Pget_driver_info(access));
    auto* file = image != nullptr ? new (std::nothrow) OpenImage : nullptr;
    if (file == nullptr) {
        return nullptr;
    }
    file->image = *image;
    return &file->common;
}

herr_t close(H5FD_t* file)
{
    delete &open_image(file);
    return 0;
}

herr_t query(const H5FD_t*, unsigned long* flags)
{
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_AGGREGATE_SMALLDATA;
    return 0;
}

haddr_t get_allocated(const H5FD_t* file, H5FD_mem_t) { return open_image(file).allocated; }

herr_t set_allocated(H5FD_t* file, H5FD_mem_t, haddr_t end)
{
    open_image(file).allocated = end;
    return 0;
}

haddr_t get_size(const H5FD_t* file, H5FD_mem_t) { return open_image(file).image->size(); }

herr_t read(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, void* buffer)
{
    open_image(file).image->read(address, {static_cast<std::byte*>(buffer), size});
    return 0;
}

herr_t write(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, const void* buffer)
{
    try {
        open_image(file).image->write(address, {static_cast<const std::byte*>(buffer), size});
        return 0;
    } catch (const std::bad_alloc&) { // HDF5 is C: nothing may be thrown through it
        return -1;
    }
}

herr_t truncate(H5FD_t* file, hid_t, hbool_t)
{
    open_image(file).image->resize(open_image(file).allocated);
    return 0;
}

H5FD_class_t image_class()
{
    H5FD_class_t driver{};
    driver.name = "paget_image";
    driver.maxaddr = (haddr_t{1} << 62U);
    driver.fc_degree = H5F_CLOSE_STRONG;
    driver.fapl_size = sizeof(Image*);
    driver.open = open;
    driver.close = close;
    driver.query = query;
    driver.get_eoa = get_allocated;
    driver.set_eoa = set_allocated;
    driver.get_eof = get_size;
    driver.read = read;
    driver.write = write;
    driver.truncate = truncate;
    const H5FD_mem_t kinds[] = H5FD_FLMAP_DICHOTOMY;
    std::copy(std::begin(kinds), std::end(kinds), std::begin(driver.fl_map));
    return driver;
}
} // namespace

void Image::write(std::uint64_t address, std::span<const std::byte> bytes)
{
    visit_pages(address, bytes.size(), [&](std::uint64_t page, std::size_t start, std::size_t done, std::size_t part) {
        Page& target = pages_.try_emplace(page).first->second;
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(done), part,
                    target.bytes.begin() + static_cast<std::ptrdiff_t>(start));
        for (std::size_t i = start; i < start + part; ++i) {
            target.written.set(i);
        }
    });
    size_ = std::max(size_, address + bytes.size());
}

void Image::read(std::uint64_t address, std::span<std::byte> bytes) const
{
    visit_pages(address, bytes.size(), [&](std::uint64_t page, std::size_t start, std::size_t done, std::size_t part) {
        const auto found = pages_.find(page);
        const auto target = bytes.begin() + static_cast<std::ptrdiff_t>(done);
        if (found == pages_.end()) {
            std::fill_n(target, part, std::byte{});
        } else {
            std::copy_n(found->second.bytes.begin() + static_cast<std::ptrdiff_t>(start), part, target);
        }
    });
}

void Image::visit_written(const std::function<void(std::uint64_t, std::span<const std::byte>)>& visit) const
{
    for (const auto& [number, page] : pages_) {
        for (std::size_t begin = 0, end = 0; begin < page_bytes; begin = end) {
            const bool written = page.written[begin];
            for (end = begin + 1; end < page_bytes && page.written[end] == written;) {
                ++end;
            }
            if (written) {
                visit(number * page_bytes + begin, std::span(page.bytes).subspan(begin, end - begin));
            }
        }
    }
}

Driver make_image_driver(const std::string& file)
{
    // HDF5 copies the class.
    const H5FD_class_t driver = image_class();
    return Driver{checked(file, "prepare", [&] { return H5FDregister(&driver); })};
}

void use_image(const PropertyList& access, const Driver& driver, Image& image, const std::string& file)
{
    Image* const address = &image; // HDF5 copies the pointer
    checked(file, "prepare", [&] { return H5Pset_driver(access.id(), driver.id(), &address); });
}

} // namespace paget::hdf5
