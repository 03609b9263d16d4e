#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace paget::fields
{

/// Bytes of the widest vector registers, and of a line of the cache.
inline constexpr std::size_t vector_bytes = 64;

/// Memory that starts on a line of the cache, so that full vectors lie in one line each.
template <class T>
struct AlignedAllocator {
    using value_type = T;

    AlignedAllocator() = default;
    template <class U>
    AlignedAllocator(const AlignedAllocator<U>& /*other*/)
    {
    }

    T* allocate(std::size_t count)
    {
        return static_cast<T*>(::operator new (count * sizeof(T), std::align_val_t{vector_bytes}));
    }
    void deallocate(T* memory, std::size_t /*count*/) { ::operator delete (memory, std::align_val_t{vector_bytes}); }

    friend bool operator==(const AlignedAllocator&, const AlignedAllocator&) { return true; }
};

template <class T>
using AlignedVector = std::vector<T, AlignedAllocator<T>>;

} // namespace paget::fields
