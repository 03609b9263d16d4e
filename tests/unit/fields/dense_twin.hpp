#pragma once

#include "paget/fields/substance.hpp"
#include "paget/mesh/grid.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace paget::testing_fields
{

/// The slow, obvious twin of the field solve: the matrix of the finite volumes written out densely, voxel by voxel and
/// face by face, and solved by Gaussian elimination.
class DenseTwin
{
public:
    DenseTwin(const mesh::Grid& grid, const fields::Substance& substance, const fields::Reaction& reaction,
              double shift_per_min)
        : size_(static_cast<std::size_t>(grid.voxel_count())),
          matrix_(size_ * size_),
          rhs_(size_)
    {
        for (std::size_t row = 0; row < size_; ++row) {
            entry(row, row) = substance.decay_per_min + reaction.loss_per_min[row] + shift_per_min;
            rhs_[row] = reaction.gain_per_min[row];
            add_faces(grid, substance, row);
        }
    }

    std::vector<double> multiply(const std::vector<double>& u) const
    {
        std::vector<double> out(size_);
        for (std::size_t row = 0; row < size_; ++row) {
            for (std::size_t column = 0; column < size_; ++column) {
                out[row] += matrix_[row * size_ + column] * u[column];
            }
        }
        return out;
    }

    const std::vector<double>& rhs() const { return rhs_; }

    /// Solves for the sources, or for another right-hand side.
    std::vector<double> solve() const { return solve(rhs_); }
    std::vector<double> solve(std::vector<double> b) const
    {
        std::vector<double> a = matrix_;
        for (std::size_t p = 0; p < size_; ++p) { // diagonally dominant: no pivoting
            for (std::size_t row = p + 1; row < size_; ++row) {
                const double factor = a[row * size_ + p] / a[p * size_ + p];
                for (std::size_t column = p; column < size_; ++column) {
                    a[row * size_ + column] -= factor * a[p * size_ + column];
                }
                b[row] -= factor * b[p];
            }
        }
        for (std::size_t row = size_; row-- > 0;) {
            for (std::size_t column = row + 1; column < size_; ++column) {
                b[row] -= a[row * size_ + column] * b[column];
            }
            b[row] /= a[row * size_ + row];
        }
        return b;
    }

private:
    double& entry(std::size_t row, std::size_t column) { return matrix_[row * size_ + column]; }

    void add_faces(const mesh::Grid& grid, const fields::Substance& substance, std::size_t row)
    {
        const auto nx = static_cast<std::size_t>(grid.voxels[0]);
        const auto ny = static_cast<std::size_t>(grid.voxels[1]);
        const mesh::Index3 voxel{static_cast<int>(row % nx), static_cast<int>(row / nx % ny),
                                 static_cast<int>(row / nx / ny)};
        for (std::size_t side = 0; side < (grid.planar() ? 4 : 6); ++side) {
            const double h = grid.spacing_um[side / 2];
            const double k = substance.diffusivity_um2_per_min / (h * h);
            mesh::Index3 other = voxel;
            other[side / 2] += side % 2 == 0 ? -1 : 1;
            if (grid.box().contains(other)) {
                entry(row, row) += k;
                entry(row, grid.global_index(other)) -= k;
            } else if (substance.walls[side]) {
                entry(row, row) += 2.0 * k;
                rhs_[row] += 2.0 * k * *substance.walls[side];
            }
        }
    }

    std::size_t size_;
    std::vector<double> matrix_;
    std::vector<double> rhs_;
};

} // namespace paget::testing_fields
