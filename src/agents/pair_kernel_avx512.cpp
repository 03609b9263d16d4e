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

inline __m512i counted_from(std::uint64_t first)
{
    const __m512i places = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    return _mm512_add_epi32(places, _mm512_set1_epi32(static_cast<int>(first)));
}

/// The centres of some cells along one axis.
struct Interval {
    __m512i middle;
    __m512 half_width;
};

Interval span_of(const std::int32_t* centres, const Run& run)
{
    // Rounding of what is computed with it stays far below, as cells of a neighbourhood are less than 2 mm apart.
    constexpr int margin = 1024; // quanta, 0.001 um
    const std::int32_t* const first = centres + run.first;
    const __m512i origin = _mm512_set1_epi32(first[0]);
    __m512i low = _mm512_setzero_si512();
    __m512i high = low;
    for (std::uint64_t k = 0; k < run.count; k += width) {
        const __mmask16 lanes = lanes_of(run.count - k);
        const __m512i off = _mm512_maskz_sub_epi32(lanes, _mm512_maskz_loadu_epi32(lanes, first + k), origin);
        low = _mm512_min_epi32(low, off);
        high = _mm512_max_epi32(high, off);
    }
    const int lowest = _mm512_reduce_min_epi32(low);
    const int half = (_mm512_reduce_max_epi32(high) - lowest) / 2;
    return {_mm512_add_epi32(origin, _mm512_set1_epi32(lowest + half)),
            _mm512_set1_ps(static_cast<float>(half + margin))};
}

inline __m512 positive(__m512 a) { return _mm512_max_ps(a, _mm512_setzero_ps()); }

/// How far centres lie outside an interval, or a little less.
inline __m512 outside(__m512i centre, const Interval& interval)
{
    const __m512 off = _mm512_cvtepi32_ps(_mm512_sub_epi32(centre, interval.middle));
    return positive(_mm512_sub_ps(_mm512_abs_ps(off), interval.half_width));
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

/// Up to 16 cells, and which of the lanes count.
struct Cells {
    __m512i x;
    __m512i y;
    __m512i z;
    __m512 reach;
    __mmask16 lanes;
};

inline Cells cells_at(const PairColumns& from, std::uint64_t first, std::uint64_t count)
{
    const __mmask16 lanes = lanes_of(count);
    return {_mm512_maskz_loadu_epi32(lanes, from.x + first), _mm512_maskz_loadu_epi32(lanes, from.y + first),
            _mm512_maskz_loadu_epi32(lanes, from.z + first),
            in_quanta(_mm512_maskz_loadu_ps(lanes, from.reach_um + first)), lanes};
}

/// Those that may be in reach of one within the hull, and perhaps a few more.
inline __mmask16 near(const Hull& hull, const Cells& cells)
{
    const __m512 limit = _mm512_add_ps(cells.reach, hull.reach);
    const __m512 d2 = squared(outside(cells.x, hull.x), outside(cells.y, hull.y), outside(cells.z, hull.z));
    return _mm512_mask_cmp_ps_mask(cells.lanes, d2, _mm512_mul_ps(limit, limit), _CMP_LT_OQ);
}

/// Adds the cells that are `taken`, which stand at `first` in the columns, to the n packed ones; returns how many there
/// are then. The rest of the 16 entries that it writes is filler.
inline std::uint64_t add_cells(const Cells& cells, __mmask16 taken, const PairColumns& from, std::uint64_t first,
                               const PackedCells& to, std::uint64_t n)
{
    const __m512 radius = in_quanta(_mm512_maskz_loadu_ps(cells.lanes, from.radius_um + first));
    const __m512i row = _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(cells.lanes, from.row + first));
    _mm512_storeu_si512(to.x + n, _mm512_maskz_compress_epi32(taken, cells.x));
    _mm512_storeu_si512(to.y + n, _mm512_maskz_compress_epi32(taken, cells.y));
    _mm512_storeu_si512(to.z + n, _mm512_maskz_compress_epi32(taken, cells.z));
    _mm512_storeu_ps(to.radius + n, _mm512_maskz_compress_ps(taken, radius));
    _mm512_storeu_ps(to.reach + n, _mm512_maskz_compress_ps(taken, cells.reach));
    _mm512_storeu_si512(to.row + n, _mm512_maskz_compress_epi32(taken, row));
    _mm512_storeu_si512(to.index + n, _mm512_maskz_compress_epi32(taken, counted_from(first)));
    return n + static_cast<std::uint64_t>(_mm_popcnt_u32(taken));
}

/// Asks memory for the sums of 16 cells, which will be needed soon.
inline void prefetch(const PairSum* sums)
{
    for (std::uint64_t k = 0; k < width; k += 64 / sizeof(PairSum)) {
        _mm_prefetch(reinterpret_cast<const char*>(sums + k), _MM_HINT_T0);
    }
}

/// Copies the bin's own cells, then the others that matter to them, and closes with cells that nobody reaches.
std::uint64_t pack(const PairTask& task)
{
    const PackedCells& p = task.packed;
    std::uint64_t n = 0;
    for (std::uint64_t k = 0; k < task.own.count; k += width) {
        const std::uint64_t first = task.own.first + k;
        const Cells cells = cells_at(task.cells, first, task.own.count - k);
        n = add_cells(cells, cells.lanes, task.cells, first, p, n);
    }
    const Hull hull = hull_of(task.cells, task.own);
    for (std::uint32_t r = 0; r < task.runs; ++r) {
        const Run run = task.others[r];
        for (std::uint64_t k = 0; k < run.count; k += width) {
            prefetch(task.sums + run.first + k);
            const Cells cells = cells_at(task.cells, run.first + k, run.count - k);
            n = add_cells(cells, near(hull, cells), task.cells, run.first + k, p, n);
        }
    }
    _mm512_storeu_si512(p.x + n, _mm512_set1_epi32(p.x[0] ^ 0x40000000));
    _mm512_storeu_si512(p.y + n, _mm512_set1_epi32(p.y[0]));
    _mm512_storeu_si512(p.z + n, _mm512_set1_epi32(p.z[0]));
    _mm512_storeu_ps(p.reach + n, _mm512_setzero_ps());
    return n;
}

inline __m512 apart(const std::int32_t* a, __m512i b)
{
    return _mm512_cvtepi32_ps(_mm512_sub_epi32(b, _mm512_loadu_si512(a)));
}

/// Writes the hits of one of the bin's cells among the packed ones behind it, from `end` on; returns the new end.
inline std::uint64_t find_hits(const PackedCells& p, std::uint64_t subject, std::uint64_t packed, std::uint64_t end)
{
    const __m512i name = _mm512_set1_epi32(static_cast<int>(subject));
    const __m512i sx = _mm512_set1_epi32(p.x[subject]);
    const __m512i sy = _mm512_set1_epi32(p.y[subject]);
    const __m512i sz = _mm512_set1_epi32(p.z[subject]);
    const __m512 reach = _mm512_set1_ps(p.reach[subject]);
    for (std::uint64_t k = subject + 1; k < packed; k += width) {
        const __m512 x = apart(p.x + k, sx);
        const __m512 y = apart(p.y + k, sy);
        const __m512 z = apart(p.z + k, sz);
        const __m512 limit = _mm512_add_ps(_mm512_loadu_ps(p.reach + k), reach);
        const __mmask16 hit = _mm512_cmp_ps_mask(squared(x, y, z), _mm512_mul_ps(limit, limit), _CMP_LT_OQ);
        _mm512_storeu_si512(p.subject + end, name);
        _mm512_storeu_si512(p.other + end, _mm512_maskz_compress_epi32(hit, counted_from(k)));
        _mm512_storeu_ps(p.apart_x + end, _mm512_maskz_compress_ps(hit, x));
        _mm512_storeu_ps(p.apart_y + end, _mm512_maskz_compress_ps(hit, y));
        _mm512_storeu_ps(p.apart_z + end, _mm512_maskz_compress_ps(hit, z));
        end += static_cast<std::uint64_t>(_mm_popcnt_u32(hit));
    }
    return end;
}

/// Up to 16 of the bin's cells, one in each lane.
struct Subjects {
    __m512i first; ///< number of the one in the first lane
    __m512 radius;
    __m512 reach;
    __m512i row;
    bool alike;       ///< one row for all, and its tables fit into a vector
    __m512 repulsion; ///< from the first one's row on
    __m512 adhesion;
};

inline Subjects subjects_of(const PackedCells& p, const PairTable& table, std::uint64_t first, std::uint64_t count)
{
    const __mmask16 lanes = lanes_of(count);
    const __m512i row = _mm512_maskz_loadu_epi32(lanes, p.row + first);
    const __mmask16 different = _mm512_mask_cmpneq_epi32_mask(lanes, row, _mm512_set1_epi32(p.row[first]));
    const std::uint64_t begin = static_cast<std::uint64_t>(p.row[first]) * table.stride;
    return {_mm512_set1_epi32(static_cast<int>(first)),    _mm512_maskz_loadu_ps(lanes, p.radius + first),
            _mm512_maskz_loadu_ps(lanes, p.reach + first), row,
            table.stride == width && different == 0,       _mm512_loadu_ps(table.repulsion + begin),
            _mm512_loadu_ps(table.adhesion + begin)};
}

inline __m512 gathered(__mmask16 lanes, __m512i place, const float* from)
{
    return _mm512_mask_i32gather_ps(_mm512_setzero_ps(), lanes, place, from, 4);
}

inline __m512i gathered(__mmask16 lanes, __m512i place, const std::int32_t* from)
{
    return _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), lanes, place, from, 4);
}

/// Repulsion and adhesion of 16 pairs.
struct Speeds {
    __m512 repulsion;
    __m512 adhesion;
};

inline Speeds speeds_of(const Subjects& s, const PairTable& table, __mmask16 lanes, __m512i subject, __m512i row)
{
    if (s.alike) {
        return {_mm512_permutexvar_ps(row, s.repulsion), _mm512_permutexvar_ps(row, s.adhesion)};
    }
    const __m512i stride = _mm512_set1_epi32(static_cast<int>(table.stride));
    const __m512i begin = _mm512_mullo_epi32(_mm512_permutexvar_epi32(subject, s.row), stride);
    const __m512i entry = _mm512_add_epi32(begin, row);
    return {gathered(lanes, entry, table.repulsion), gathered(lanes, entry, table.adhesion)};
}

/// The same by the strengths of the cells themselves, given by their numbers among the packed ones.
inline Speeds own_speeds(const PairTask& task, __mmask16 lanes, __m512i subject, __m512i other)
{
    constexpr int bytes = sizeof(PairStrength);
    const float* const repulsion = &task.cells.strength->repulsion;
    const float* const adhesion = &task.cells.strength->adhesion;
    const __m512 none = _mm512_setzero_ps();
    const __m512i a = gathered(lanes, subject, task.packed.index);
    const __m512i b = gathered(lanes, other, task.packed.index);
    return {_mm512_mul_ps(_mm512_mask_i32gather_ps(none, lanes, a, repulsion, bytes),
                          _mm512_mask_i32gather_ps(none, lanes, b, repulsion, bytes)),
            _mm512_mul_ps(_mm512_mask_i32gather_ps(none, lanes, a, adhesion, bytes),
                          _mm512_mask_i32gather_ps(none, lanes, b, adhesion, bytes))};
}

/// Writes 16 entries, given by their four numbers.
inline void store(PairSum* to, __m512i x, __m512i y, __m512i z, __m512i pairs)
{
    const __m512i xy[2] = {_mm512_unpacklo_epi32(x, y), _mm512_unpackhi_epi32(x, y)};
    const __m512i zp[2] = {_mm512_unpacklo_epi32(z, pairs), _mm512_unpackhi_epi32(z, pairs)};
    for (int k = 0; k < 4; ++k) {
        const __m512i four = k % 2 == 0
                                 ? _mm512_unpacklo_epi64(xy[k / 2], zp[k / 2])
                                 : _mm512_unpackhi_epi64(xy[k / 2], zp[k / 2]); // entries k, k + 4, k + 8, k + 12
        _mm_store_si128(reinterpret_cast<__m128i*>(to + k), _mm512_castsi512_si128(four));
        _mm_store_si128(reinterpret_cast<__m128i*>(to + k + 4), _mm512_extracti32x4_epi32(four, 1));
        _mm_store_si128(reinterpret_cast<__m128i*>(to + k + 8), _mm512_extracti32x4_epi32(four, 2));
        _mm_store_si128(reinterpret_cast<__m128i*>(to + k + 12), _mm512_extracti32x4_epi32(four, 3));
    }
}

/// The force law for 16 hits, with one division for three quotients: what the subjects get. Lanes beyond the last hit,
/// and those of cells on the subject's spot, of which the number is returned, are zero.
template <PairMode mode>
inline int compute(const Subjects& s, const PairTask& task, std::uint64_t at, __mmask16 lanes)
{
    const PackedCells& p = task.packed;
    const __m512 one = _mm512_set1_ps(1.0F);
    const __m512 x = _mm512_loadu_ps(p.apart_x + at);
    const __m512 y = _mm512_loadu_ps(p.apart_y + at);
    const __m512 z = _mm512_loadu_ps(p.apart_z + at);
    const __m512i subject = _mm512_sub_epi32(_mm512_loadu_si512(p.subject + at), s.first);
    const __m512i other = _mm512_maskz_loadu_epi32(lanes, p.other + at);
    const __m512 d2 = squared(x, y, z);
    const __mmask16 same = _mm512_mask_cmp_ps_mask(lanes, d2, _mm512_setzero_ps(), _CMP_EQ_OQ);
    const __mmask16 pairs = _kandn_mask16(same, lanes);
    const __m512 distance = _mm512_sqrt_ps(d2);
    const __m512 contact = _mm512_add_ps(_mm512_permutexvar_ps(subject, s.radius), gathered(lanes, other, p.radius));
    const __m512 reach = _mm512_add_ps(_mm512_permutexvar_ps(subject, s.reach), gathered(lanes, other, p.reach));
    const __m512 both = _mm512_mul_ps(contact, reach);
    const __m512 inverse = _mm512_div_ps(one, _mm512_mul_ps(distance, both));
    const __m512 in_contacts = _mm512_mul_ps(distance, _mm512_mul_ps(inverse, _mm512_mul_ps(distance, reach)));
    const __m512 push = positive(_mm512_sub_ps(one, in_contacts));
    const __m512 pushed = _mm512_mul_ps(push, push);
    const __m512i count = _mm512_set1_epi32(1);
    if constexpr (mode == PairMode::squeeze) {
        const __m512 squeeze = _mm512_mul_ps(pushed, _mm512_set1_ps(squeeze_quanta));
        const __m512i none = _mm512_setzero_si512();
        store(p.given + at, _mm512_maskz_cvttps_epi32(pairs, squeeze), none, none, count);
    } else {
        Speeds largest;
        if constexpr (mode == PairMode::own_velocity) {
            largest = own_speeds(task, lanes, _mm512_add_epi32(subject, s.first), other);
        } else {
            largest = speeds_of(s, task.table, lanes, subject, gathered(lanes, other, p.row));
        }
        const __m512 in_reaches = _mm512_mul_ps(distance, _mm512_mul_ps(inverse, _mm512_mul_ps(distance, contact)));
        const __m512 pull = positive(_mm512_sub_ps(one, in_reaches));
        const __m512 speed = _mm512_sub_ps(_mm512_mul_ps(largest.repulsion, pushed),
                                           _mm512_mul_ps(largest.adhesion, _mm512_mul_ps(pull, pull)));
        const __m512 factor = _mm512_mul_ps(speed, _mm512_mul_ps(inverse, both));
        store(p.given + at, _mm512_maskz_cvttps_epi32(pairs, _mm512_mul_ps(factor, x)),
              _mm512_maskz_cvttps_epi32(pairs, _mm512_mul_ps(factor, y)),
              _mm512_maskz_cvttps_epi32(pairs, _mm512_mul_ps(factor, z)), count);
    }
    return _mm_popcnt_u32(same);
}

/// Adds to the sums of both cells of every hit: of velocities, the other gets the opposite.
template <PairMode mode>
inline void add_hits(const PairTask& task, std::uint64_t hits)
{
    const __m128i opposite = mode == PairMode::squeeze ? _mm_setzero_si128() : _mm_setr_epi32(-1, -1, -1, 0);
    const PackedCells& p = task.packed;
    for (std::uint64_t at = 0; at < hits; ++at) {
        const __m128i given = _mm_load_si128(reinterpret_cast<const __m128i*>(p.given + at));
        const __m128i back = _mm_sub_epi32(_mm_xor_si128(given, opposite), opposite);
        __m128i* const subject = reinterpret_cast<__m128i*>(task.sums + task.own.first + p.subject[at]);
        _mm_store_si128(subject, _mm_add_epi32(_mm_load_si128(subject), given));
        __m128i* const other = reinterpret_cast<__m128i*>(task.sums + p.index[p.other[at]]);
        _mm_store_si128(other, _mm_add_epi32(_mm_load_si128(other), back));
    }
}

/// Pairs of some of the bin's cells, of which `first` is the first, of which the hits were found. Returns how many
/// coincide.
template <PairMode mode>
std::int64_t sum_hits(const PairTask& task, std::uint64_t first, std::uint64_t count, std::uint64_t hits)
{
    const Subjects subjects = subjects_of(task.packed, task.table, first, count);
    std::int64_t coinciding = 0;
    for (std::uint64_t at = 0; at < hits; at += width) {
        coinciding += compute<mode>(subjects, task, at, lanes_of(hits - at));
    }
    add_hits<mode>(task, hits);
    return coinciding;
}

/// Finds the hits of several cells before it uses any: what was just written is slow to read.
template <PairMode mode>
std::int64_t run(const PairTask& task)
{
    const std::uint64_t packed = pack(task);
    const std::uint64_t most_hits = task.packed.room_for_hits - packed - width; // before those of one more cell
    std::int64_t coinciding = 0;
    for (std::uint64_t first = 0; first < task.own.count;) {
        std::uint64_t hits = 0;
        std::uint64_t subject = first;
        do {
            hits = find_hits(task.packed, subject, packed, hits);
            ++subject;
        } while (subject < task.own.count && subject < first + width && hits <= most_hits);
        coinciding += sum_hits<mode>(task, first, subject - first, hits);
        first = subject;
    }
    return coinciding;
}
} // namespace

std::int64_t sum_pairs_avx512(const PairTask& task)
{
    switch (task.mode) {
    case PairMode::velocity:
        return run<PairMode::velocity>(task);
    case PairMode::own_velocity:
        return run<PairMode::own_velocity>(task);
    case PairMode::squeeze:
        break;
    }
    return run<PairMode::squeeze>(task);
}

} // namespace paget::agents
