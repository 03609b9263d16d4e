#pragma once

#include <cstdint>

// What the kernels of pair sums share. This header is also read by translation units that are compiled for processors
// with more instructions than the rest: it must hold plain data only, no function that a linker could share.

namespace paget::agents
{

/// Centres in kernels are multiples of 2^-20 um, the low 32 bits of the global place: differences are exact and wrap
/// safely, as long as neighbours are less than 2 mm apart.
inline constexpr float kernel_quanta_per_um = 1048576.0F;

/// Square roots of a cell's own repulsion and adhesion, in quanta of velocity: products of two cells' roots are the
/// largest speeds of the pair.
struct PairStrength {
    float repulsion = 0.0F;
    float adhesion = 0.0F;
};

/// What kernels read of cells, one entry per cell, ghosts behind.
struct PairColumns {
    const std::int32_t* x = nullptr;
    const std::int32_t* y = nullptr;
    const std::int32_t* z = nullptr;
    const float* radius_um = nullptr;
    const float* reach_um = nullptr; ///< range of adhesion times radius
    const std::uint16_t* row = nullptr;
    std::uint32_t size = 0;                 ///< cells and ghosts
    const PairStrength* strength = nullptr; ///< where it differs from cell to cell, by rules
};

/// Largest speeds of pairs by their rows, in quanta of velocity; entry [a * stride + b] is [b * stride + a], stride a
/// multiple of 16.
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

/// What was summed of a cell: its velocity or, in x, how much it is squeezed.
struct alignas(16) PairSum {
    std::int32_t x = 0;
    std::int32_t y = 0;
    std::int32_t z = 0;
    std::int32_t pairs = 0; ///< at least those that gave something
};

/// No pair gives more than 2^24. The sums of a cell with more pairs than this may have left the 32 bits.
inline constexpr std::int32_t most_safe_pairs = 127;

/// Room for the cells of one neighbourhood, lengths in quanta, and for the hits among them: pairs in reach.
struct PackedCells {
    std::int32_t* x = nullptr;
    std::int32_t* y = nullptr;
    std::int32_t* z = nullptr;
    float* radius = nullptr;
    float* reach = nullptr;
    std::int32_t* row = nullptr;
    std::int32_t* index = nullptr; ///< in the columns
    std::int32_t* xy = nullptr;    ///< coarse numbers of 16 bits, by which a kernel may look for hits
    std::int32_t* z_reach = nullptr;
    std::int32_t* excess = nullptr;   ///< of the squared place over the squared reach
    std::int32_t* hit = nullptr;      ///< of which cells a hit is, as the kernel notes it
    PairSum* given = nullptr;         ///< what the pair adds
    std::uint32_t room_for_cells = 0; ///< those of the task and 32 more, or for more than that
    std::uint32_t room_for_hits = 0;  ///< at least as much
};

/// What is summed over the neighbours of a cell: velocities by the table, or by the cells' own strengths, or overlaps.
enum class PairMode : std::uint8_t { velocity, own_velocity, squeeze };

/// Overlaps squared are counted in 2^-24.
inline constexpr float squeeze_quanta = 16777216.0F;

/// The cells of one bin, and others that may be near enough.
struct PairTask {
    PairColumns cells;
    PairTable table;
    Run own;
    const Run* others = nullptr;
    std::uint32_t runs = 0;
    PackedCells packed;
    PairSum* sums = nullptr; ///< of all cells, ghosts included
    PairMode mode = PairMode::velocity;
    float longest_reach_um = 0.0F; ///< of all cells
};

/// Adds, for all pairs of two of the bin's cells and of one of them and another, what either gives the other. Returns
/// the number of pairs whose centres coincide, to which it adds nothing. Every pair's contribution is computed in
/// single precision by additions, subtractions, multiplications, divisions, square roots and conversions in a fixed
/// order, and cut to an integer; so every kernel gives the same bits, and action equals reaction. Which pairs are
/// looked at may differ: those that are closer to the end of their reach than a ten-thousandth of it give nothing.
using PairKernel = std::int64_t (*)(const PairTask&);

std::int64_t sum_pairs_portable(const PairTask& task);
/// Only for processors with AVX-512 F, BW, DQ and VL.
std::int64_t sum_pairs_avx512(const PairTask& task);

/// Sums of one cell in 64 bits; in x, if so asked, how much it is squeezed.
struct CrowdSum {
    std::int64_t x = 0;
    std::int64_t y = 0;
    std::int64_t z = 0;
};

/// What the task's other cells give a cell, which may be one of them. Slow.
CrowdSum sum_crowd(const PairTask& task, std::uint32_t cell);

} // namespace paget::agents
