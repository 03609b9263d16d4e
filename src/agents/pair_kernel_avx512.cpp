#include "pair_kernel.hpp"

#include <immintrin.h>

// Compiled for AVX-512, which the rest of the program must not need: everything here but the one function that is
// called from outside is local to this file, and nothing from the standard library is used that could be shared.

namespace paget::agents
{
namespace
{
constexpr std::uint64_t width = 16;

/// One cell in every lane, and the tables of its row.
struct Subject {
    __m512i x;
    __m512i y;
    __m512i z;
    __m512 radius_um;
    __m512 reach_um;
    __m512 repulsion; ///< of the first 16 rows
    __m512 adhesion;
    const float* repulsion_row;
    const float* adhesion_row;
};

struct Hits {
    std::uint64_t count;
    std::int64_t coinciding;
};

/// Copies up to 16 cells; writes 16 entries, of which what follows covers those too many.
inline void copy_cells(const PairColumns& from, std::uint64_t at, __mmask16 lanes, const PackedCells& to,
                       std::uint64_t n)
{
    _mm512_storeu_si512(to.x + n, _mm512_maskz_loadu_epi32(lanes, from.x + at));
    _mm512_storeu_si512(to.y + n, _mm512_maskz_loadu_epi32(lanes, from.y + at));
    _mm512_storeu_si512(to.z + n, _mm512_maskz_loadu_epi32(lanes, from.z + at));
    _mm512_storeu_ps(to.radius_um + n, _mm512_maskz_loadu_ps(lanes, from.radius_um + at));
    _mm512_storeu_ps(to.reach_um + n, _mm512_maskz_loadu_ps(lanes, from.reach_um + at));
    _mm512_storeu_si512(to.row + n, _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(lanes, from.row + at)));
}

inline __mmask16 lanes_of(std::uint64_t count)
{
    return static_cast<__mmask16>(_bzhi_u32(0xffffU, static_cast<std::uint32_t>(count < width ? count : width)));
}

/// Copies the cells of all runs and closes with cells that nobody reaches.
std::uint64_t pack(const PairTask& task)
{
    const PackedCells& p = task.packed;
    std::uint64_t n = 0;
    for (std::uint32_t r = 0; r < task.runs; ++r) {
        const Run run = task.around[r];
        for (std::uint64_t k = 0; k < run.count; k += width) {
            copy_cells(task.cells, run.first + k, lanes_of(run.count - k), p, n + k);
        }
        n += run.count;
    }
    _mm512_storeu_si512(p.x + n, _mm512_set1_epi32(p.x[0] ^ 0x40000000));
    _mm512_storeu_si512(p.y + n, _mm512_set1_epi32(p.y[0]));
    _mm512_storeu_si512(p.z + n, _mm512_set1_epi32(p.z[0]));
    _mm512_storeu_ps(p.reach_um + n, _mm512_setzero_ps());
    return n;
}

inline __m512 apart(const std::int32_t* a, __m512i b)
{
    return _mm512_cvtepi32_ps(_mm512_sub_epi32(b, _mm512_loadu_si512(a)));
}

inline __m512 squared(__m512 x, __m512 y, __m512 z)
{
    return _mm512_add_ps(_mm512_add_ps(_mm512_mul_ps(x, x), _mm512_mul_ps(y, y)), _mm512_mul_ps(z, z));
}

/// Writes the cells in reach into the arrays of hits.
inline Hits find_hits(const Subject& s, const PackedCells& p, std::uint64_t n)
{
    const __m512 quanta = _mm512_set1_ps(kernel_quanta_per_um);
    const __m512 zero = _mm512_setzero_ps();
    Hits hits{0, 0};
    for (std::uint64_t k = 0; k < n; k += width) {
        const __m512 x = apart(p.x + k, s.x);
        const __m512 y = apart(p.y + k, s.y);
        const __m512 z = apart(p.z + k, s.z);
        const __m512 d2 = squared(x, y, z);
        const __m512 reach = _mm512_loadu_ps(p.reach_um + k);
        const __m512 limit = _mm512_mul_ps(_mm512_add_ps(reach, s.reach_um), quanta);
        const __mmask16 same = _mm512_cmp_ps_mask(d2, zero, _CMP_EQ_OQ);
        const __mmask16 close = _mm512_cmp_ps_mask(d2, _mm512_mul_ps(limit, limit), _CMP_LT_OQ);
        const __mmask16 hit = _kandn_mask16(same, close);
        const std::uint64_t at = hits.count;
        _mm512_storeu_ps(p.hit_x + at, _mm512_maskz_compress_ps(hit, x));
        _mm512_storeu_ps(p.hit_y + at, _mm512_maskz_compress_ps(hit, y));
        _mm512_storeu_ps(p.hit_z + at, _mm512_maskz_compress_ps(hit, z));
        _mm512_storeu_ps(p.hit_radius_um + at, _mm512_maskz_compress_ps(hit, _mm512_loadu_ps(p.radius_um + k)));
        _mm512_storeu_ps(p.hit_reach_um + at, _mm512_maskz_compress_ps(hit, reach));
        _mm512_storeu_si512(p.hit_row + at, _mm512_maskz_compress_epi32(hit, _mm512_loadu_si512(p.row + k)));
        hits.count += static_cast<std::uint64_t>(_mm_popcnt_u32(hit));
        hits.coinciding += _mm_popcnt_u32(same);
    }
    return hits;
}

struct Contribution {
    __m512i x;
    __m512i y;
    __m512i z;
    __m512i squeeze;
};

inline __m512 positive(__m512 a) { return _mm512_max_ps(a, _mm512_setzero_ps()); }

inline __m512 look_up(const float* row, __m512 first, __m512i index, bool short_table)
{
    return short_table ? _mm512_permutexvar_ps(index, first) : _mm512_i32gather_ps(index, row, 4);
}

/// The force law for 16 hits, with one division for three quotients; lanes beyond the last are zero.
template <PairMode mode>
inline Contribution compute(const Subject& s, const PackedCells& p, const PairTable& table, std::uint64_t at,
                            __mmask16 lanes)
{
    const __m512 one = _mm512_set1_ps(1.0F);
    const __m512 quanta = _mm512_set1_ps(kernel_quanta_per_um);
    const __m512 x = _mm512_loadu_ps(p.hit_x + at);
    const __m512 y = _mm512_loadu_ps(p.hit_y + at);
    const __m512 z = _mm512_loadu_ps(p.hit_z + at);
    const __m512 distance = _mm512_sqrt_ps(squared(x, y, z));
    const __m512 contact = _mm512_mul_ps(_mm512_add_ps(s.radius_um, _mm512_loadu_ps(p.hit_radius_um + at)), quanta);
    const __m512 reach = _mm512_mul_ps(_mm512_add_ps(s.reach_um, _mm512_loadu_ps(p.hit_reach_um + at)), quanta);
    const __m512 both = _mm512_mul_ps(contact, reach);
    const __m512 inverse = _mm512_div_ps(one, _mm512_mul_ps(distance, both));
    const __m512 in_contacts = _mm512_mul_ps(distance, _mm512_mul_ps(inverse, _mm512_mul_ps(distance, reach)));
    const __m512 push = positive(_mm512_sub_ps(one, in_contacts));
    const __m512 pushed = _mm512_mul_ps(push, push);
    Contribution c{};
    if constexpr (mode == PairMode::squeeze) {
        c.squeeze = _mm512_maskz_cvttps_epi32(lanes, _mm512_mul_ps(pushed, _mm512_set1_ps(squeeze_quanta)));
    } else {
        const bool short_table = table.stride == width;
        const __m512i index = _mm512_maskz_loadu_epi32(lanes, p.hit_row + at);
        const __m512 repulsion = look_up(s.repulsion_row, s.repulsion, index, short_table);
        const __m512 adhesion = look_up(s.adhesion_row, s.adhesion, index, short_table);
        const __m512 in_reaches = _mm512_mul_ps(distance, _mm512_mul_ps(inverse, _mm512_mul_ps(distance, contact)));
        const __m512 pull = positive(_mm512_sub_ps(one, in_reaches));
        const __m512 speed =
            _mm512_sub_ps(_mm512_mul_ps(repulsion, pushed), _mm512_mul_ps(adhesion, _mm512_mul_ps(pull, pull)));
        const __m512 factor = _mm512_mul_ps(speed, _mm512_mul_ps(inverse, both));
        c.x = _mm512_maskz_cvttps_epi32(lanes, _mm512_mul_ps(factor, x));
        c.y = _mm512_maskz_cvttps_epi32(lanes, _mm512_mul_ps(factor, y));
        c.z = _mm512_maskz_cvttps_epi32(lanes, _mm512_mul_ps(factor, z));
    }
    return c;
}

inline std::int64_t wide_sum(__m512i a)
{
    const __m512i low = _mm512_cvtepi32_epi64(_mm512_castsi512_si256(a));
    const __m512i high = _mm512_cvtepi32_epi64(_mm512_extracti64x4_epi64(a, 1));
    return _mm512_reduce_add_epi64(_mm512_add_epi64(low, high));
}

inline std::int32_t cut(std::int64_t sum)
{
    constexpr std::int64_t most = 2147483647;
    return static_cast<std::int32_t>(sum > most ? most : (sum < -most ? -most : sum));
}

/// Sums of a cell with many neighbours, in 64 bits.
template <PairMode mode>
void sum_many(const Subject& s, const PairTask& task, std::uint64_t hits, std::uint32_t cell)
{
    std::int64_t x = 0;
    std::int64_t y = 0;
    std::int64_t z = 0;
    std::int64_t squeeze = 0;
    for (std::uint64_t at = 0; at < hits; at += width) {
        const Contribution c = compute<mode>(s, task.packed, task.table, at, lanes_of(hits - at));
        x += wide_sum(c.x);
        y += wide_sum(c.y);
        z += wide_sum(c.z);
        squeeze += wide_sum(c.squeeze);
    }
    if constexpr (mode != PairMode::squeeze) {
        task.sums.x[cell] = cut(x);
        task.sums.y[cell] = cut(y);
        task.sums.z[cell] = cut(z);
    }
    if constexpr (mode != PairMode::velocity) {
        task.sums.squeeze[cell] = cut(squeeze);
    }
}

/// Sums of a cell with so few neighbours that they cannot overflow.
template <PairMode mode>
inline void sum_few(const Subject& s, const PairTask& task, std::uint64_t hits, std::uint32_t cell)
{
    __m512i x = _mm512_setzero_si512();
    __m512i y = _mm512_setzero_si512();
    __m512i z = _mm512_setzero_si512();
    __m512i squeeze = _mm512_setzero_si512();
    for (std::uint64_t at = 0; at < hits; at += width) {
        const Contribution c = compute<mode>(s, task.packed, task.table, at, lanes_of(hits - at));
        x = _mm512_add_epi32(x, c.x);
        y = _mm512_add_epi32(y, c.y);
        z = _mm512_add_epi32(z, c.z);
        squeeze = _mm512_add_epi32(squeeze, c.squeeze);
    }
    if constexpr (mode != PairMode::squeeze) {
        task.sums.x[cell] = _mm512_reduce_add_epi32(x);
        task.sums.y[cell] = _mm512_reduce_add_epi32(y);
        task.sums.z[cell] = _mm512_reduce_add_epi32(z);
    }
    if constexpr (mode != PairMode::velocity) {
        task.sums.squeeze[cell] = _mm512_reduce_add_epi32(squeeze);
    }
}

template <PairMode mode>
std::int64_t run(const PairTask& task)
{
    constexpr std::uint64_t few = 48; // 48 * 2^25 < 2^31
    const PairColumns& c = task.cells;
    const std::uint64_t n = pack(task);
    std::int64_t coinciding = 0;
    for (std::uint32_t i = task.own.first; i < task.own.first + task.own.count; ++i) {
        const float* repulsion = task.table.repulsion + std::uint64_t{c.row[i]} * task.table.stride;
        const float* adhesion = task.table.adhesion + std::uint64_t{c.row[i]} * task.table.stride;
        const Subject s{_mm512_set1_epi32(c.x[i]),
                        _mm512_set1_epi32(c.y[i]),
                        _mm512_set1_epi32(c.z[i]),
                        _mm512_set1_ps(c.radius_um[i]),
                        _mm512_set1_ps(c.reach_um[i]),
                        _mm512_loadu_ps(repulsion),
                        _mm512_loadu_ps(adhesion),
                        repulsion,
                        adhesion};
        const Hits hits = find_hits(s, task.packed, n);
        coinciding += hits.coinciding - 1; // the cell itself
        if (hits.count <= few) {
            sum_few<mode>(s, task, hits.count, i);
        } else {
            sum_many<mode>(s, task, hits.count, i);
        }
    }
    return coinciding;
}
} // namespace

std::int64_t sum_pairs_avx512(const PairTask& task)
{
    switch (task.mode) {
    case PairMode::velocity:
        return run<PairMode::velocity>(task);
    case PairMode::squeeze:
        break;
    }
    return run<PairMode::squeeze>(task);
}

} // namespace paget::agents
