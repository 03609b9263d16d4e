#include "margin_exchange.hpp"

#include <algorithm>

namespace paget::fields
{
namespace
{
constexpr int layer_tag = 48;
} // namespace

template <class T>
MarginExchange<T>::MarginExchange(const PaddedBox& box, const FaceNeighbours& neighbours,
                                  const parallel::Communicator& comm)
    : box_(box),
      neighbours_(neighbours),
      comm_(&comm)
{
}

/// Layers include the margins of all axes; those of the axes after are not filled yet, and will be overwritten.
template <class T>
typename MarginExchange<T>::Layers MarginExchange<T>::layers(std::size_t axis, int first, int count) const
{
    const auto nz = static_cast<std::size_t>(box_.extents[2]);
    const auto margin_x = static_cast<std::size_t>(box_.low[0]);
    const auto thick = static_cast<std::size_t>(count);
    if (axis == 0) {
        const std::size_t rows = box_.plane_size() / box_.row_length() * nz;
        return {box_.row(-box_.low[1], 0) + static_cast<std::size_t>(first + box_.low[0]) - margin_x, rows, thick,
                box_.row_length()};
    }
    if (axis == 1) {
        return {box_.row(first, 0) - margin_x, nz, thick * box_.row_length(), box_.plane_size()};
    }
    return {box_.row(-box_.low[1], first) - margin_x, 1, thick * box_.plane_size(), 0};
}

template <class T>
typename MarginExchange<T>::Layers MarginExchange<T>::inside(std::size_t axis, std::size_t end) const
{
    const int count = margin(axis, end);
    return layers(axis, end == 0 ? 0 : box_.extents[axis] - count, count);
}

template <class T>
typename MarginExchange<T>::Layers MarginExchange<T>::outside(std::size_t axis, std::size_t end) const
{
    const int count = margin(axis, end);
    return layers(axis, end == 0 ? -count : box_.extents[axis], count);
}

template <class T>
void MarginExchange<T>::mirror(T* values, std::size_t axis, std::size_t end) const
{
    const Layers from = inside(axis, end);
    const Layers to = outside(axis, end);
    for (std::size_t piece = 0; piece < from.pieces; ++piece) {
        std::copy_n(values + from.start + piece * from.distance, from.length, values + to.start + piece * to.distance);
    }
}

template <class T>
std::size_t MarginExchange<T>::start(const T* values, std::size_t axis, std::size_t end, MPI_Request* requests)
{
    const Layers own = inside(axis, end);
    sent_[end].resize(own.pieces * own.length);
    received_[end].resize(own.pieces * own.length);
    for (std::size_t piece = 0; piece < own.pieces; ++piece) {
        std::copy_n(values + own.start + piece * own.distance, own.length, sent_[end].data() + piece * own.length);
    }
    const int rank = neighbours_[2 * axis + end];
    const int bytes = parallel::count_of(sent_[end].size() * sizeof(T));
    const int tag = layer_tag + static_cast<int>(2 * axis); // a message carries the end that it leaves by
    parallel::check(MPI_Irecv(received_[end].data(), bytes, MPI_BYTE, rank, tag + static_cast<int>(1 - end),
                              comm_->handle(), &requests[0]));
    parallel::check(MPI_Isend(sent_[end].data(), bytes, MPI_BYTE, rank, tag + static_cast<int>(end), comm_->handle(),
                              &requests[1]));
    return 2;
}

template <class T>
void MarginExchange<T>::store(T* values, std::size_t axis, std::size_t end) const
{
    const Layers to = outside(axis, end);
    for (std::size_t piece = 0; piece < to.pieces; ++piece) {
        std::copy_n(received_[end].data() + piece * to.length, to.length, values + to.start + piece * to.distance);
    }
}

template <class T>
void MarginExchange<T>::refresh_axis(T* values, std::size_t axis)
{
    std::array<MPI_Request, 4> requests{};
    std::size_t count = 0;
    for (std::size_t end = 0; end < 2; ++end) {
        if (from_rank(axis, end)) {
            count += start(values, axis, end, &requests[count]);
        } else if (margin(axis, end) > 0) {
            mirror(values, axis, end);
        }
    }
    parallel::check(MPI_Waitall(static_cast<int>(count), requests.data(), MPI_STATUSES_IGNORE));
    for (std::size_t end = 0; end < 2; ++end) {
        if (from_rank(axis, end)) {
            store(values, axis, end);
        }
    }
}

template <class T>
void MarginExchange<T>::refresh(T* values)
{
    for (std::size_t axis = 0; axis < 3; ++axis) {
        refresh_axis(values, axis);
    }
}

template class MarginExchange<float>;
template class MarginExchange<double>;

} // namespace paget::fields
