#pragma once

#include "padded_box.hpp"

#include <array>
#include <vector>

namespace paget::fields
{

/// Fills the margins of arrays over a PaddedBox with the cells of the neighbouring ranks (which must have as many as
/// the margin has layers), and those at walls, of one layer, with the mirror image of the cells inside. Axis after
/// axis, each with the margins already filled, so that edges and corners arrive too.
template <class T>
class MarginExchange
{
public:
    MarginExchange(const PaddedBox& box, const FaceNeighbours& neighbours, const parallel::Communicator& comm);

    /// Collective among neighbours.
    void refresh(T* values);

private:
    /// Layers of cells across an axis: equally long pieces of memory at equal distances.
    struct Layers {
        std::size_t start;
        std::size_t pieces;
        std::size_t length;
        std::size_t distance;
    };

    Layers layers(std::size_t axis, int first, int count) const;
    Layers inside(std::size_t axis, std::size_t end) const;
    Layers outside(std::size_t axis, std::size_t end) const;
    void refresh_axis(T* values, std::size_t axis);
    /// Sends a layer and asks for the neighbour's; returns the number of requests.
    std::size_t start(const T* values, std::size_t axis, std::size_t end, MPI_Request* requests);
    void store(T* values, std::size_t axis, std::size_t end) const;
    void mirror(T* values, std::size_t axis, std::size_t end) const;
    int margin(std::size_t axis, std::size_t end) const { return end == 0 ? box_.low[axis] : box_.high[axis]; }
    bool from_rank(std::size_t axis, std::size_t end) const
    {
        return margin(axis, end) > 0 && neighbours_[2 * axis + end] >= 0;
    }

    PaddedBox box_;
    FaceNeighbours neighbours_;
    const parallel::Communicator* comm_;
    std::array<std::vector<T>, 2> sent_;
    std::array<std::vector<T>, 2> received_;
};

extern template class MarginExchange<float>;
extern template class MarginExchange<double>;

} // namespace paget::fields
