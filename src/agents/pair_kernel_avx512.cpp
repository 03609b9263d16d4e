#include "pair_kernel.hpp"

#include <immintrin.h>

// Compiled for AVX-512, which the rest of the program must not need: everything here but the one function that is
// called from outside is local to this file, and nothing from the standard library is used that could be shared.

namespace paget::agents
{
namespace
{
constexpr std::uint64_t width = 16;

inline __mmask16 lanes_of(std::uint64_t count)
{
    return static_cast<__mmask16>(_bzhi_u32(0xffffU, static_cast<std::uint32_t>(count < width ? count : width)));
}

inline __m512 in_quanta(__m512 um) { return _mm512_mul_ps(um, _mm512_set1_ps(kernel_quanta_per_um)); }

inline __m512 squared(__m512 x, __m512 y, __m512 z)
{
    return _mm512_add_ps(_mm512_add_ps(_mm512_mul_ps(x, x), _mm512_mul_ps(y, y)), _mm512_mul_ps(z, z));
}

/// The centres of some cells along one axis: lowest and highest as distances from one of them.
struct Interval {
    __m512i origin;
    __m512i low;
    __m512i high;
};

Interval span_of(const std::int32_t* centres, const Run& run)
{
    const std::int32_t* const first = centres + run.first;
    const __m512i origin = _mm512_set1_epi32(first[0]);
    __m512i low = _mm512_setzero_si512();
    __m512i high = low;
    for (std::uint64_t k = 0; k < run.count; k += width) {
        const __mmask16 lanes = lanes_of(run.count - k);
        const __m512i apart = _mm512_maskz_sub_epi32(lanes, _mm512_maskz_loadu_epi32(lanes, first + k), origin);
        low = _mm512_min_epi32(low, apart);
        high = _mm512_max_epi32(high, apart);
    }
    return {origin, _mm512_set1_epi32(_mm512_reduce_min_epi32(low)), _mm512_set1_epi32(_mm512_reduce_max_epi32(high))};
}

/// How far centres lie outside an interval.
inline __m512 outside(__m512i centre, const Interval& interval)
{
    const __m512i apart = _mm512_sub_epi32(centre, interval.origin);
    const __m512i below = _mm512_sub_epi32(interval.low, apart);
    const __m512i above = _mm512_sub_epi32(apart, interval.high);
    return _mm512_cvtepi32_ps(_mm512_max_epi32(_mm512_max_epi32(below, above), _mm512_setzero_si512()));
}

/// The box around the centres of a bin's cells, and the longest of their reaches.
struct Hull {
    Interval x;
    Interval y;
    Interval z;
    __m512 reach;
};

Hull hull_of(const PairColumns& cells, const Run& own)
{
    __m512 reach_um = _mm512_setzero_ps();
    for (std::uint64_t k = 0; k < own.count; k += width) {
        reach_um =
            _mm512_max_ps(reach_um, _mm512_maskz_loadu_ps(lanes_of(own.count - k), cells.reach_um + own.first + k));
    }
    return {span_of(cells.x, own), span_of(cells.y, own), span_of(cells.z, own),
            in_quanta(_mm512_set1_ps(_mm512_reduce_max_ps(reach_um)))};
}

/// Copies, of up to 16 cells, those that may be in reach of one within the hull, and returns their number; the rest of
/// the 16 entries that it writes is filler. No pair in reach is lost to rounding: a distance to the hull goes through
/// the same operations as one to a cell in it, and all of them are monotonic.
inline std::uint64_t copy_cells(const Hull& hull, const PairColumns& from, std::uint64_t at, __mmask16 lanes,
                                const PackedCells& to, std::uint64_t n)
{
    const __m512i x = _mm512_maskz_loadu_epi32(lanes, from.x + at);
    const __m512i y = _mm512_maskz_loadu_epi32(lanes, from.y + at);
    const __m512i z = _mm512_maskz_loadu_epi32(lanes, from.z + at);
    const __m512 radius = in_quanta(_mm512_maskz_loadu_ps(lanes, from.radius_um + at));
    const __m512 reach = in_quanta(_mm512_maskz_loadu_ps(lanes, from.reach_um + at));
    const __m512i row = _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(lanes, from.row + at));
    const __m512 limit = _mm512_add_ps(reach, hull.reach);
    const __m512 d2 = squared(outside(x, hull.x), outside(y, hull.y), outside(z, hull.z));
    const __mmask16 near = _mm512_mask_cmp_ps_mask(lanes, d2, _mm512_mul_ps(limit, limit), _CMP_LT_OQ);
    _mm512_storeu_si512(to.x + n, _mm512_maskz_compress_epi32(near, x));
    _mm512_storeu_si512(to.y + n, _mm512_maskz_compress_epi32(near, y));
    _mm512_storeu_si512(to.z + n, _mm512_maskz_compress_epi32(near, z));
    _mm512_storeu_ps(to.radius + n, _mm512_maskz_compress_ps(near, radius));
    _mm512_storeu_ps(to.reach + n, _mm512_maskz_compress_ps(near, reach));
    _mm512_storeu_si512(to.row + n, _mm512_maskz_compress_epi32(near, row));
    return static_cast<std::uint64_t>(_mm_popcnt_u32(near));
}

/// Copies the cells of all runs that matter to the bin and closes with cells that nobody reaches.
std::uint64_t pack(const PairTask& task)
{
    const PackedCells& p = task.packed;
    const Hull hull = hull_of(task.cells, task.own);
    std::uint64_t n = 0;
    for (std::uint32_t r = 0; r < task.runs; ++r) {
        const Run run = task.around[r];
        for (std::uint64_t k = 0; k < run.count; k += width) {
            n += copy_cells(hull, task.cells, run.first + k, lanes_of(run.count - k), p, n);
        }
    }
    _mm512_storeu_si512(p.x + n, _mm512_set1_epi32(p.x[0] ^ 0x40000000));
    _mm512_storeu_si512(p.y + n, _mm512_set1_epi32(p.y[0]));
    _mm512_storeu_si512(p.z + n, _mm512_set1_epi32(p.z[0]));
    _mm512_storeu_ps(p.reach + n, _mm512_setzero_ps());
    return n;
}

/// One cell in every lane, and the tables of its row.
struct Subject {
    __m512i x;
    __m512i y;
    __m512i z;
    __m512 radius;
    __m512 reach;
    __m512 repulsion; ///< of the first 16 rows
    __m512 adhesion;
    const float* repulsion_row;
    const float* adhesion_row;
};

inline Subject subject_of(const PairTask& task, std::uint32_t i)
{
    const PairColumns& c = task.cells;
    const float* repulsion = task.table.repulsion + std::uint64_t{c.row[i]} * task.table.stride;
    const float* adhesion = task.table.adhesion + std::uint64_t{c.row[i]} * task.table.stride;
    return {_mm512_set1_epi32(c.x[i]),
            _mm512_set1_epi32(c.y[i]),
            _mm512_set1_epi32(c.z[i]),
            in_quanta(_mm512_set1_ps(c.radius_um[i])),
            in_quanta(_mm512_set1_ps(c.reach_um[i])),
            _mm512_loadu_ps(repulsion),
            _mm512_loadu_ps(adhesion),
            repulsion,
            adhesion};
}

inline __m512 apart(const std::int32_t* a, __m512i b)
{
    return _mm512_cvtepi32_ps(_mm512_sub_epi32(b, _mm512_loadu_si512(a)));
}

/// Writes the cells in reach, the subject itself and others on the same spot among them, from `begin` on; returns the
/// end.
inline std::uint64_t find_hits(const Subject& s, const PackedCells& p, std::uint64_t n, std::uint64_t begin)
{
    const __m512i sixteen = _mm512_set1_epi32(static_cast<int>(width));
    __m512i place = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    std::uint64_t end = begin;
    for (std::uint64_t k = 0; k < n; k += width) {
        const __m512 x = apart(p.x + k, s.x);
        const __m512 y = apart(p.y + k, s.y);
        const __m512 z = apart(p.z + k, s.z);
        const __m512 limit = _mm512_add_ps(_mm512_loadu_ps(p.reach + k), s.reach);
        const __mmask16 hit = _mm512_cmp_ps_mask(squared(x, y, z), _mm512_mul_ps(limit, limit), _CMP_LT_OQ);
        _mm512_storeu_si512(p.hit + end, _mm512_maskz_compress_epi32(hit, place));
        _mm512_storeu_ps(p.hit_x + end, _mm512_maskz_compress_ps(hit, x));
        _mm512_storeu_ps(p.hit_y + end, _mm512_maskz_compress_ps(hit, y));
        _mm512_storeu_ps(p.hit_z + end, _mm512_maskz_compress_ps(hit, z));
        end += static_cast<std::uint64_t>(_mm_popcnt_u32(hit));
        place = _mm512_add_epi32(place, sixteen);
    }
    return end;
}

struct Contribution {
    __m512i x;
    __m512i y;
    __m512i z;
    __m512i squeeze;
    int coinciding;
};

inline __m512 positive(__m512 a) { return _mm512_max_ps(a, _mm512_setzero_ps()); }

inline __m512 gathered(__mmask16 lanes, __m512i place, const float* from)
{
    return _mm512_mask_i32gather_ps(_mm512_setzero_ps(), lanes, place, from, 4);
}

inline __m512 look_up(const float* row, __m512 first, __m512i index, bool short_table)
{
    return short_table ? _mm512_permutexvar_ps(index, first) : _mm512_i32gather_ps(index, row, 4);
}

/// The force law for 16 hits, with one division for three quotients; lanes beyond the last, and those of cells on the
/// subject's spot, are zero.
template <PairMode mode>
inline Contribution compute(const Subject& s, const PackedCells& p, const PairTable& table, std::uint64_t at,
                            __mmask16 lanes)
{
    const __m512 one = _mm512_set1_ps(1.0F);
    const __m512 x = _mm512_loadu_ps(p.hit_x + at);
    const __m512 y = _mm512_loadu_ps(p.hit_y + at);
    const __m512 z = _mm512_loadu_ps(p.hit_z + at);
    const __m512i place = _mm512_maskz_loadu_epi32(lanes, p.hit + at);
    const __m512 d2 = squared(x, y, z);
    const __mmask16 same = _mm512_mask_cmp_ps_mask(lanes, d2, _mm512_setzero_ps(), _CMP_EQ_OQ);
    const __mmask16 pairs = _kandn_mask16(same, lanes);
    const __m512 distance = _mm512_sqrt_ps(d2);
    const __m512 contact = _mm512_add_ps(s.radius, gathered(lanes, place, p.radius));
    const __m512 reach = _mm512_add_ps(s.reach, gathered(lanes, place, p.reach));
    const __m512 both = _mm512_mul_ps(contact, reach);
    const __m512 inverse = _mm512_div_ps(one, _mm512_mul_ps(distance, both));
    const __m512 in_contacts = _mm512_mul_ps(distance, _mm512_mul_ps(inverse, _mm512_mul_ps(distance, reach)));
    const __m512 push = positive(_mm512_sub_ps(one, in_contacts));
    const __m512 pushed = _mm512_mul_ps(push, push);
    Contribution c{};
    c.coinciding = _mm_popcnt_u32(same);
    if constexpr (mode == PairMode::squeeze) {
        c.squeeze = _mm512_maskz_cvttps_epi32(pairs, _mm512_mul_ps(pushed, _mm512_set1_ps(squeeze_quanta)));
    } else {
        const bool short_table = table.stride == width;
        const __m512i index = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), lanes, place, p.row, 4);
        const __m512 repulsion = look_up(s.repulsion_row, s.repulsion, index, short_table);
        const __m512 adhesion = look_up(s.adhesion_row, s.adhesion, index, short_table);
        const __m512 in_reaches = _mm512_mul_ps(distance, _mm512_mul_ps(inverse, _mm512_mul_ps(distance, contact)));
        const __m512 pull = positive(_mm512_sub_ps(one, in_reaches));
        const __m512 speed =
            _mm512_sub_ps(_mm512_mul_ps(repulsion, pushed), _mm512_mul_ps(adhesion, _mm512_mul_ps(pull, pull)));
        const __m512 factor = _mm512_mul_ps(speed, _mm512_mul_ps(inverse, both));
        c.x = _mm512_maskz_cvttps_epi32(pairs, _mm512_mul_ps(factor, x));
        c.y = _mm512_maskz_cvttps_epi32(pairs, _mm512_mul_ps(factor, y));
        c.z = _mm512_maskz_cvttps_epi32(pairs, _mm512_mul_ps(factor, z));
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

/// Hits of one cell, from `begin` to `end`.
struct Hits {
    std::uint64_t begin;
    std::uint64_t end;
};

/// Sums of a cell with many neighbours, in 64 bits. Returns how many stand on its spot.
template <PairMode mode>
std::int64_t sum_many(const PairTask& task, std::uint32_t cell, const Hits& hits)
{
    const Subject s = subject_of(task, cell);
    std::int64_t x = 0;
    std::int64_t y = 0;
    std::int64_t z = 0;
    std::int64_t squeeze = 0;
    std::int64_t coinciding = 0;
    for (std::uint64_t at = hits.begin; at < hits.end; at += width) {
        const Contribution c = compute<mode>(s, task.packed, task.table, at, lanes_of(hits.end - at));
        x += wide_sum(c.x);
        y += wide_sum(c.y);
        z += wide_sum(c.z);
        squeeze += wide_sum(c.squeeze);
        coinciding += c.coinciding;
    }
    if constexpr (mode == PairMode::squeeze) {
        task.sums.squeeze[cell] = cut(squeeze);
    } else {
        task.sums.x[cell] = cut(x);
        task.sums.y[cell] = cut(y);
        task.sums.z[cell] = cut(z);
    }
    return coinciding;
}

inline __m256i halved(__m512i a)
{
    return _mm256_add_epi32(_mm512_castsi512_si256(a), _mm512_extracti64x4_epi64(a, 1));
}

/// Sums of the lanes of x, y and z, in the first three of four.
inline __m128i sums_of_lanes(__m512i x, __m512i y, __m512i z)
{
    const __m256i hx = halved(x);
    const __m256i hy = halved(y);
    const __m256i hz = halved(z);
    const __m256i xy = _mm256_add_epi32(_mm256_unpacklo_epi32(hx, hy), _mm256_unpackhi_epi32(hx, hy));
    const __m256i zz = _mm256_add_epi32(_mm256_unpacklo_epi32(hz, hz), _mm256_unpackhi_epi32(hz, hz));
    const __m256i all = _mm256_add_epi32(_mm256_unpacklo_epi64(xy, zz), _mm256_unpackhi_epi64(xy, zz));
    return _mm_add_epi32(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1));
}

/// The same for a cell with so few neighbours that their sums cannot overflow.
template <PairMode mode>
inline std::int64_t sum_few(const PairTask& task, std::uint32_t cell, const Hits& hits)
{
    const Subject s = subject_of(task, cell);
    Contribution sum = compute<mode>(s, task.packed, task.table, hits.begin, lanes_of(hits.end - hits.begin));
    for (std::uint64_t at = hits.begin + width; at < hits.end; at += width) {
        const Contribution c = compute<mode>(s, task.packed, task.table, at, lanes_of(hits.end - at));
        sum.x = _mm512_add_epi32(sum.x, c.x);
        sum.y = _mm512_add_epi32(sum.y, c.y);
        sum.z = _mm512_add_epi32(sum.z, c.z);
        sum.squeeze = _mm512_add_epi32(sum.squeeze, c.squeeze);
        sum.coinciding += c.coinciding;
    }
    if constexpr (mode == PairMode::squeeze) {
        task.sums.squeeze[cell] = _mm512_reduce_add_epi32(sum.squeeze);
    } else {
        const __m128i sums = sums_of_lanes(sum.x, sum.y, sum.z);
        task.sums.x[cell] = _mm_extract_epi32(sums, 0);
        task.sums.y[cell] = _mm_extract_epi32(sums, 1);
        task.sums.z[cell] = _mm_extract_epi32(sums, 2);
    }
    return sum.coinciding;
}

/// Cells of a bin, at most subjects_at_once, from `first` on.
template <PairMode mode>
std::int64_t sum_group(const PairTask& task, std::uint64_t packed, std::uint32_t first, std::uint32_t count)
{
    constexpr std::uint64_t few = 48; // 48 * 2^25 < 2^31
    std::uint64_t ends[subjects_at_once];
    std::uint64_t end = 0;
    for (std::uint32_t k = 0; k < count; ++k) {
        ends[k] = end = find_hits(subject_of(task, first + k), task.packed, packed, end);
    }
    std::int64_t coinciding = 0;
    std::uint64_t begin = 0;
    for (std::uint32_t k = 0; k < count; ++k) {
        const Hits hits{begin, ends[k]};
        const bool are_few = hits.end - hits.begin <= few;
        coinciding += are_few ? sum_few<mode>(task, first + k, hits) : sum_many<mode>(task, first + k, hits);
        begin = hits.end;
    }
    return coinciding;
}

template <PairMode mode>
std::int64_t run(const PairTask& task)
{
    const std::uint64_t packed = pack(task);
    const std::uint32_t end = task.own.first + task.own.count;
    std::int64_t coinciding = -std::int64_t{task.own.count}; // every cell stands on its own spot
    for (std::uint32_t first = task.own.first; first < end; first += subjects_at_once) {
        const std::uint32_t left = end - first;
        coinciding += sum_group<mode>(task, packed, first, left < subjects_at_once ? left : subjects_at_once);
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
