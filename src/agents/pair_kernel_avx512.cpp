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

inline __m512 positive(__m512 a) { return _mm512_max_ps(a, _mm512_setzero_ps()); }

inline __m512i counted_from(std::uint64_t first)
{
    const __m512i places = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    return _mm512_add_epi32(places, _mm512_set1_epi32(static_cast<int>(first)));
}

// A first look at who is in reach is taken in 16-bit numbers: places from the middle of the bin's own cells, and
// reaches, two to a lane. Places are cut, which may lengthen a distance by root 3; reaches are cut and then made longer
// by `longer`, and two of them cover it. So nobody in reach is missed; those beyond get nothing from the force law.
constexpr int longer = 2;
constexpr int coarse_bits = 13; // without the sign: neither sums of four products nor their doubles leave 32 bits
constexpr __mmask32 lower = 0x55555555U;
constexpr __mmask32 upper = 0xaaaaaaaaU;

/// Coarse numbers of 16 cells.
struct Coarse {
    __m512i xy; ///< x in the lower half of each lane
    __m512i zr; ///< reach in the upper half
};

/// What coarse numbers are counted from, and the box around the centres of a bin's cells in them.
struct Frame {
    __m512i middle_x;
    __m512i middle_y;
    __m512i middle_z;
    __m128i shift;       ///< the unit is 2^shift quanta
    __m512 units_of_um;  ///< times 2^16, of reaches
    __m512i half_widths; ///< of the box: x, y
    __m512i half_depth;  ///< z; of reaches, everything
    __m512i longest;     ///< of the own reaches, in the upper halves
};

/// Lowest and highest centres of some cells along an axis, counted from the first.
struct Span {
    __m512i low;
    __m512i high;
};

inline void widen(Span& span, const std::int32_t* centres, const Run& run, std::uint64_t k, __mmask16 lanes)
{
    const __m512i origin = _mm512_set1_epi32(centres[run.first]);
    const __m512i off = _mm512_maskz_sub_epi32(lanes, _mm512_maskz_loadu_epi32(lanes, centres + run.first + k), origin);
    span.low = _mm512_min_epi32(span.low, off);
    span.high = _mm512_max_epi32(span.high, off);
}

/// The smallest number of each of eight vectors: of the first four in the even places of the four 128-bit lanes, of
/// the others in the odd ones.
inline __m512i smallest_of_eight(const __m512i (&v)[8])
{
    const auto halves = [](__m512i a, __m512i b) {
        return _mm512_min_epi32(_mm512_shuffle_i32x4(a, b, 0x44), _mm512_shuffle_i32x4(a, b, 0xee));
    };
    const auto quarters = [](__m512i a, __m512i b) {
        return _mm512_min_epi32(_mm512_shuffle_i32x4(a, b, 0x88), _mm512_shuffle_i32x4(a, b, 0xdd));
    };
    const __m512i first = quarters(halves(v[0], v[1]), halves(v[2], v[3]));
    const __m512i last = quarters(halves(v[4], v[5]), halves(v[6], v[7]));
    const __m512i pairs = _mm512_min_epi32(_mm512_unpacklo_epi32(first, last), _mm512_unpackhi_epi32(first, last));
    return _mm512_min_epi32(pairs, _mm512_shuffle_epi32(pairs, _MM_PERM_BADC));
}

/// The box around the centres of a bin's cells, and the longest of their reaches, in quanta: by axes in the first,
/// second and third 128-bit lane, the reach in the last.
struct Box {
    __m512i low; ///< from the first cell's place on; of the reach, the opposite
    __m512i half_width;
};

Box box_around(const PairColumns& cells, const Run& own)
{
    const __m512i zero = _mm512_setzero_si512();
    Span x{zero, zero};
    Span y{zero, zero};
    Span z{zero, zero};
    __m512 reach_um = _mm512_setzero_ps();
    for (std::uint64_t k = 0; k < own.count; k += width) {
        const __mmask16 lanes = lanes_of(own.count - k);
        widen(x, cells.x, own, k, lanes);
        widen(y, cells.y, own, k, lanes);
        widen(z, cells.z, own, k, lanes);
        reach_um = _mm512_max_ps(reach_um, _mm512_maskz_loadu_ps(lanes, cells.reach_um + own.first + k));
    }
    const auto minus = [&](__m512i v) { return _mm512_sub_epi32(zero, v); };
    const __m512i reach = _mm512_cvttps_epi32(in_quanta(reach_um));
    const __m512i ends = smallest_of_eight(
        {x.low, y.low, z.low, minus(reach), minus(x.high), minus(y.high), minus(z.high), minus(reach)});
    const __m512i minus_high = _mm512_shuffle_epi32(ends, _MM_PERM_DDBB);
    const __m512i low = _mm512_shuffle_epi32(ends, _MM_PERM_CCAA);
    return {low, _mm512_srli_epi32(minus(_mm512_add_epi32(low, minus_high)), 1)};
}

/// By how many bits lengths in quanta are shortened, so that coarse ones have at most `coarse_bits`.
inline int shift_for(float farthest)
{
    const int bits = 32 - __builtin_clz(static_cast<unsigned>(farthest));
    return bits > coarse_bits ? bits - coarse_bits : 0;
}

Frame frame_of(const PairTask& task)
{
    constexpr float margin = 4096.0F; // quanta, more than all roundings
    const PairColumns& cells = task.cells;
    const Box box = box_around(cells, task.own);
    const __m512i middle = _mm512_add_epi32(box.low, box.half_width);
    alignas(64) std::int32_t half[width];
    _mm512_store_si512(half, box.half_width);
    const int longest = half[12]; // half of what reaches from -reach to reach
    const int xy = half[0] > half[4] ? half[0] : half[4];
    const int widest = xy > half[8] ? xy : half[8];
    const int shift = shift_for(static_cast<float>(widest) + static_cast<float>(longest) +
                                task.longest_reach_um * kernel_quanta_per_um + margin);
    const auto coarse = [&](int quanta) { return (quanta >> shift) + longer; };
    const auto middle_of = [&](const std::int32_t* centres, int axis) {
        return _mm512_add_epi32(_mm512_set1_epi32(centres[task.own.first]),
                                _mm512_permutexvar_epi32(_mm512_set1_epi32(4 * axis), middle));
    };
    return {middle_of(cells.x, 0),
            middle_of(cells.y, 1),
            middle_of(cells.z, 2),
            _mm_cvtsi32_si128(shift),
            _mm512_set1_ps(kernel_quanta_per_um * 65536.0F / static_cast<float>(1U << shift)),
            _mm512_set1_epi32(coarse(half[4]) << 16 | coarse(half[0])),
            _mm512_set1_epi32(0x7fff0000 | coarse(half[8])),
            _mm512_set1_epi32(coarse(longest) << 16)};
}

inline Coarse coarse_at(const Frame& f, const PairColumns& from, std::uint64_t first, __mmask16 lanes)
{
    const auto cut = [&](const std::int32_t* places, __m512i middle) {
        return _mm512_sra_epi32(_mm512_sub_epi32(_mm512_maskz_loadu_epi32(lanes, places + first), middle), f.shift);
    };
    const __m512 reach = _mm512_mul_ps(_mm512_maskz_loadu_ps(lanes, from.reach_um + first), f.units_of_um);
    const __m512i r = _mm512_add_epi32(_mm512_cvttps_epi32(reach), _mm512_set1_epi32(longer << 16));
    const __m512i y = _mm512_slli_epi32(cut(from.y, f.middle_y), 16);
    return {_mm512_mask_blend_epi16(lower, y, cut(from.x, f.middle_x)),
            _mm512_mask_blend_epi16(lower, r, cut(from.z, f.middle_z))};
}

/// Those that may be in reach of one within the box, and perhaps a few more.
inline __mmask16 near(const Frame& f, const Coarse& cells, __mmask16 lanes)
{
    const auto squares = [](__m512i v) { return _mm512_madd_epi16(v, v); };
    const __m512i beside = _mm512_subs_epu16(_mm512_abs_epi16(cells.xy), f.half_widths);
    const __m512i above = _mm512_subs_epu16(_mm512_abs_epi16(cells.zr), f.half_depth);
    const __m512i limit = _mm512_maskz_add_epi16(upper, cells.zr, f.longest);
    return _mm512_mask_cmpgt_epi32_mask(lanes, squares(limit), _mm512_add_epi32(squares(beside), squares(above)));
}

/// Adds the cells that are `taken`, which stand at `first` in the columns, to the n packed ones; returns how many there
/// are then. The rest of the 16 entries that it writes is filler.
inline std::uint64_t add_cells(const Coarse& cells, __mmask16 taken, const PairColumns& from, std::uint64_t first,
                               __mmask16 lanes, const PackedCells& to, std::uint64_t n)
{
    const __m512i row = _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(lanes, from.row + first));
    _mm512_storeu_si512(to.xy + n, _mm512_maskz_compress_epi32(taken, cells.xy));
    _mm512_storeu_si512(to.z_reach + n, _mm512_maskz_compress_epi32(taken, cells.zr));
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

/// By how much the squared place exceeds the squared reach, of n packed cells; what follows is in nobody's reach.
inline void write_excess(const PackedCells& p, std::uint64_t n)
{
    const __m512i zero = _mm512_setzero_si512();
    _mm512_storeu_si512(p.xy + n, zero);
    _mm512_storeu_si512(p.z_reach + n, zero);
    for (std::uint64_t at = 0; at < n; at += width) {
        const __m512i xy = _mm512_load_si512(p.xy + at);
        const __m512i zr = _mm512_load_si512(p.z_reach + at);
        const __m512i minus = _mm512_mask_sub_epi16(zr, upper, zero, zr);
        _mm512_store_si512(p.excess + at,
                           _mm512_mask_add_epi32(_mm512_set1_epi32(1 << 30), lanes_of(n - at),
                                                 _mm512_madd_epi16(xy, xy), _mm512_madd_epi16(zr, minus)));
    }
}

/// Packs the bin's own cells, then the others that matter to them.
std::uint64_t pack(const PairTask& task)
{
    const Frame frame = frame_of(task);
    const PairColumns from = task.cells;
    const PackedCells p = task.packed;
    PairSum* const sums = task.sums;
    std::uint64_t n = 0;
    for (std::uint64_t k = 0; k < task.own.count; k += width) {
        const std::uint64_t first = task.own.first + k;
        const __mmask16 lanes = lanes_of(task.own.count - k);
        n = add_cells(coarse_at(frame, from, first, lanes), lanes, from, first, lanes, p, n);
    }
    for (std::uint32_t r = 0; r < task.runs; ++r) {
        const Run run = task.others[r];
        for (std::uint64_t k = 0; k < run.count; k += width) {
            const std::uint64_t first = run.first + k;
            prefetch(sums + first);
            const __mmask16 lanes = lanes_of(run.count - k);
            const Coarse cells = coarse_at(frame, from, first, lanes);
            n = add_cells(cells, near(frame, cells, lanes), from, first, lanes, p, n);
        }
    }
    write_excess(p, n);
    return n;
}

/// Which bits of a hit tell the subject: its place in the group of up to 16; those above tell the packed cell.
constexpr int subject_bits = 4;

/// Writes the hits of one of the bin's cells among the packed ones behind it, from `end` on; returns the new end.
/// With a and b the coarse places and r and s the reaches, |a - b|^2 < (r + s)^2 is what is asked, in the form
/// 2 (a b + r s) - (|b|^2 - s^2) > |a|^2 - r^2: two multiplications for four products. Hits beyond reach get nothing.
inline std::uint64_t find_hits(const PackedCells& p, std::uint64_t first, std::uint64_t subject, std::uint64_t packed,
                               std::uint64_t end)
{
    const auto twice = [](std::int32_t two_numbers) {
        const __m512i all = _mm512_set1_epi32(two_numbers);
        return _mm512_add_epi16(all, all);
    };
    const __m512i xy = twice(p.xy[subject]);
    const __m512i zr = twice(p.z_reach[subject]);
    const __m512i excess = _mm512_set1_epi32(p.excess[subject]);
    const std::uint64_t begin = (subject + 1) / width * width;
    __m512i name = _mm512_add_epi32(_mm512_slli_epi32(counted_from(begin), subject_bits),
                                    _mm512_set1_epi32(static_cast<int>(subject - first)));
    std::uint32_t behind = 0xffffU << (subject + 1 - begin);
    for (std::uint64_t k = begin; k < packed; k += width) {
        const __m512i products = _mm512_add_epi32(_mm512_madd_epi16(xy, _mm512_load_si512(p.xy + k)),
                                                  _mm512_madd_epi16(zr, _mm512_load_si512(p.z_reach + k)));
        const __m512i closeness = _mm512_sub_epi32(products, _mm512_load_si512(p.excess + k));
        const __mmask16 hit = _mm512_mask_cmpgt_epi32_mask(static_cast<__mmask16>(behind), closeness, excess);
        _mm512_storeu_si512(p.hit + end, _mm512_maskz_compress_epi32(hit, name));
        end += static_cast<std::uint64_t>(_mm_popcnt_u32(hit));
        name = _mm512_add_epi32(name, _mm512_set1_epi32(static_cast<int>(width) << subject_bits));
        behind = 0xffffU;
    }
    return end;
}

/// Up to 16 of the bin's cells, one in each lane.
struct Subjects {
    __m512i first; ///< where the one in the first lane stands in the columns
    __m512i x;
    __m512i y;
    __m512i z;
    __m512 radius;
    __m512 reach;
    __m512i row;
    bool alike;       ///< one row for all, and its tables fit into a vector
    __m512 repulsion; ///< from the first one's row on
    __m512 adhesion;
};

inline Subjects subjects_of(const PairTask& task, std::uint64_t first, std::uint64_t count)
{
    const PairColumns& from = task.cells;
    const std::uint64_t at = task.own.first + first;
    const __mmask16 lanes = lanes_of(count);
    const __m512i row = _mm512_maskz_loadu_epi32(lanes, task.packed.row + first);
    const std::uint64_t first_row = from.row[at];
    const __mmask16 different =
        _mm512_mask_cmpneq_epi32_mask(lanes, row, _mm512_set1_epi32(static_cast<int>(first_row)));
    const std::uint64_t begin = first_row * task.table.stride;
    return {_mm512_set1_epi32(static_cast<int>(at)),
            _mm512_maskz_loadu_epi32(lanes, from.x + at),
            _mm512_maskz_loadu_epi32(lanes, from.y + at),
            _mm512_maskz_loadu_epi32(lanes, from.z + at),
            in_quanta(_mm512_maskz_loadu_ps(lanes, from.radius_um + at)),
            in_quanta(_mm512_maskz_loadu_ps(lanes, from.reach_um + at)),
            row,
            task.table.stride == width && different == 0,
            _mm512_loadu_ps(task.table.repulsion + begin),
            _mm512_loadu_ps(task.table.adhesion + begin)};
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

/// The same by the strengths of the cells themselves, given by where they stand in the columns.
inline Speeds own_speeds(const PairTask& task, __mmask16 lanes, __m512i a, __m512i b)
{
    constexpr int bytes = sizeof(PairStrength);
    const float* const repulsion = &task.cells.strength->repulsion;
    const float* const adhesion = &task.cells.strength->adhesion;
    const __m512 none = _mm512_setzero_ps();
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
    const __m512i subject = _mm512_maskz_loadu_epi32(lanes, p.hit + at); // as far as its last bits are looked at
    const __m512i packed = _mm512_srli_epi32(subject, subject_bits);
    const __m512i other = gathered(lanes, packed, p.index);
    const auto apart = [&](__m512i from, const std::int32_t* places) {
        return _mm512_cvtepi32_ps(
            _mm512_sub_epi32(_mm512_permutexvar_epi32(subject, from), gathered(lanes, other, places)));
    };
    const __m512 x = apart(s.x, task.cells.x);
    const __m512 y = apart(s.y, task.cells.y);
    const __m512 z = apart(s.z, task.cells.z);
    const __m512 d2 = squared(x, y, z);
    const __mmask16 same = _mm512_mask_cmp_ps_mask(lanes, d2, _mm512_setzero_ps(), _CMP_EQ_OQ);
    const __mmask16 pairs = _kandn_mask16(same, lanes);
    const __m512 distance = _mm512_sqrt_ps(d2);
    const __m512 contact = _mm512_add_ps(_mm512_permutexvar_ps(subject, s.radius),
                                         in_quanta(gathered(lanes, other, task.cells.radius_um)));
    const __m512 reach =
        _mm512_add_ps(_mm512_permutexvar_ps(subject, s.reach), in_quanta(gathered(lanes, other, task.cells.reach_um)));
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
            const __m512i place = _mm512_and_si512(subject, _mm512_set1_epi32(width - 1));
            largest = own_speeds(task, lanes, _mm512_add_epi32(place, s.first), other);
        } else {
            largest = speeds_of(s, task.table, lanes, subject, gathered(lanes, packed, p.row));
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
inline void add_hits(const PairTask& task, std::uint64_t first, std::uint64_t hits)
{
    const __m128i opposite = mode == PairMode::squeeze ? _mm_setzero_si128() : _mm_setr_epi32(-1, -1, -1, 0);
    const PackedCells p = task.packed;
    PairSum* const sums = task.sums;
    PairSum* const subjects = sums + task.own.first + first;
    for (std::uint64_t at = 0; at < hits; ++at) {
        const auto hit = static_cast<std::uint32_t>(p.hit[at]);
        const __m128i given = _mm_load_si128(reinterpret_cast<const __m128i*>(p.given + at));
        const __m128i back = _mm_sub_epi32(_mm_xor_si128(given, opposite), opposite);
        __m128i* const subject = reinterpret_cast<__m128i*>(subjects + hit % width);
        _mm_store_si128(subject, _mm_add_epi32(_mm_load_si128(subject), given));
        __m128i* const other = reinterpret_cast<__m128i*>(sums + p.index[hit / width]);
        _mm_store_si128(other, _mm_add_epi32(_mm_load_si128(other), back));
    }
}

/// Pairs of some of the bin's cells, of which `first` is the first, of which the hits were found. Returns how many
/// coincide.
template <PairMode mode>
std::int64_t sum_hits(const PairTask& task, std::uint64_t first, std::uint64_t count, std::uint64_t hits)
{
    const Subjects subjects = subjects_of(task, first, count);
    std::int64_t coinciding = 0;
    for (std::uint64_t at = 0; at < hits; at += width) {
        coinciding += compute<mode>(subjects, task, at, lanes_of(hits - at));
    }
    add_hits<mode>(task, first, hits);
    return coinciding;
}

/// Finds the hits of several cells before it uses any: what was just written is slow to read.
template <PairMode mode>
std::int64_t run(const PairTask& task)
{
    const PackedCells packed_cells = task.packed;
    const std::uint64_t packed = pack(task);
    const std::uint64_t most_hits = task.packed.room_for_hits - packed - width; // before those of one more cell
    std::int64_t coinciding = 0;
    for (std::uint64_t first = 0; first < task.own.count;) {
        std::uint64_t hits = 0;
        std::uint64_t subject = first;
        do {
            hits = find_hits(packed_cells, first, subject, packed, hits);
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
