#pragma once

#include "paget/hdf5/check.hpp"

#include <utility>

namespace paget::hdf5
{

/// Owns one HDF5 identifier and closes it with `close_call`. Move-only. The destructor never throws: where a failed
/// close matters (files), call close() first.
template <herr_t (*close_call)(hid_t)>
class Handle
{
public:
    Handle() = default;
    explicit Handle(hid_t id) : id_(id) {}
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)) {}
    Handle& operator=(Handle&& other) noexcept
    {
        std::swap(id_, other.id_);
        return *this;
    }
    ~Handle()
    {
        if (is_open()) {
            const SilentErrors silent;
            close_call(id_);
        }
    }

    bool is_open() const { return id_ >= 0; }
    hid_t id() const { return id_; }

    /// Gives the identifier away; the handle is closed afterwards.
    hid_t release() { return std::exchange(id_, H5I_INVALID_HID); }

    /// Closes now and throws FileError if HDF5 reports a failure. `file` and `doing` as in checked().
    void close(const std::string& file, const std::string& doing)
    {
        const hid_t id = release();
        checked(file, doing, [id] { return close_call(id); });
    }

private:
    hid_t id_ = H5I_INVALID_HID;
};

using File = Handle<H5Fclose>;
using Group = Handle<H5Gclose>;
using Object = Handle<H5Oclose>;
using Dataset = Handle<H5Dclose>;
using Dataspace = Handle<H5Sclose>;
using Datatype = Handle<H5Tclose>;
using Attribute = Handle<H5Aclose>;
using PropertyList = Handle<H5Pclose>;

} // namespace paget::hdf5
