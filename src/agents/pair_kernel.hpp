#pragma once

#include <cstdint>

// What the kernels of pair sums share. This header is also read by translation units that are compiled for processors
// with more instructions than the rest: it must hold plain data only, no function that a linker could share.

namespace paget::agents
{

/// Centres in kernels are multiples of 2^-20 um, the low 32 bits of the global place: differences are exact and wrap
/// safely, as long as neighbours are less than 2 mm apart.
inline constexpr float kernel_quanta_per_um = 1048576.0F;

/// What kernels read of cells, one entry per cell, ghosts behind.
struct PairColumns {
    const std::int32_t* x = nullptr;
    const std::int32_t* y = nullptr;
    const std::int32_t* z = nullptr;
    const float* radius_um = nullptr;
    const float* reach_um = nullptr; ///< range of adhesion times radius
    const std::uint16_t* row = nullptr;
    std::uint32_t size = 0; ///< cells and ghosts
};

/// Largest speeds of pairs by their rows, in quanta of velocity; entry [a * stride + b], stride a multiple of 16.
struct PairTable {
    const float* repulsion = nullptr;
    const float* adhesion = nullptr;
    std::uint32_t stride = 0;
};

/// Cells that stand one behind another in the columns.
struct Run {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

/// Of so many cells of a bin the hits are found before any of them is used: what was just written is slow to read.
inline constexpr std::uint32_t subjects_at_once = 8;

/// Room for the cells of one neighbourhood, lengths in quanta, and for the hits among them.
struct PackedCells {
    std::int32_t* x = nullptr;
    std::int32_t* y = nullptr;
    std::int32_t* z = nullptr;
    float* radius = nullptr;
    float* reach = nullptr;
    std::int32_t* row = nullptr;
    std::int32_t* hit = nullptr; ///< which of the cells
    float* hit_x = nullptr;      ///< from it to the subject
    float* hit_y = nullptr;
    float* hit_z = nullptr;
    /// Of cells: those of all runs and 32 more. Hits have so much room for each of subjects_at_once.
    std::uint32_t capacity = 0;
};

/// Sums per owned cell, cut to 32 bits.
struct PairSums {
    std::int32_t* x = nullptr; ///< velocity
    std::int32_t* y = nullptr;
    std::int32_t* z = nullptr;
    std::int32_t* squeeze = nullptr; ///< overlaps squared
};

/// What is summed over the neighbours of a cell.
enum class PairMode : std::uint8_t { velocity, squeeze };

/// Overlaps squared are counted in 2^-24.
inline constexpr float squeeze_quanta = 16777216.0F;

/// The cells of one bin and all cells near enough.
struct PairTask {
    PairColumns cells;
    PairTable table;
    const Run* around = nullptr; ///< the bin itself is among them
    std::uint32_t runs = 0;
    Run own;
    PackedCells packed;
    PairSums sums;
    PairMode mode = PairMode::velocity;
};

/// Sums over all pairs of a bin's cells but those whose centres coincide, of which the number is returned (each pair
/// counts twice). Every pair's contribution is computed in single precision by additions, subtractions,
/// multiplications, divisions, square roots and conversions in a fixed order, and cut to an integer; so every kernel
/// gives the same bits.
using PairKernel = std::int64_t (*)(const PairTask&);

std::int64_t sum_pairs_portable(const PairTask& task);
/// Only for processors with AVX-512 F, BW, DQ and VL.
std::int64_t sum_pairs_avx512(const PairTask& task);

} // namespace paget::agents
