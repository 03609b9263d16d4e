#pragma once

#include "pair_kernel.hpp"
#include "place.hpp"

#include "paget/agents/cell.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace paget::agents
{

/// Three numbers of 32 bits.
template <class T>
struct Triple {
    T x{};
    T y{};
    T z{};

    friend constexpr bool operator==(const Triple&, const Triple&) = default;
};

inline Vec3 real(const Triple<std::int32_t>& v)
{
    return {static_cast<double>(v.x), static_cast<double>(v.y), static_cast<double>(v.z)};
}

/// Room for so many entries, with little to spare: a vector that grows by itself doubles, half of it in vain.
template <class T>
void make_room(std::vector<T>& column, std::size_t entries)
{
    if (column.capacity() < entries) {
        column.reserve(entries + entries / 32);
    }
}

/// Traits as they are kept.
struct KeptTraits {
    float il6_response = 1.0F;
    float il8_response = 1.0F;
    float mmp1 = 1.0F;
    float fscn1 = 1.0F;
};

/// Experience as it is kept.
struct KeptExperience {
    CellId attached_to = no_cell;
    Tick divided_at = 0;
    float damage_min = 0.0F;
    float exhaustion = 0.0F;
};

/// The cells of one rank as a structure of arrays. The first columns are what kernels read of neighbours: behind the
/// owned cells they hold the ghosts, copies of cells of the neighbouring ranks.
class Columns
{
public:
    /// Velocities are kept in whole multiples of the quantum; of circuits of genes, that many variables.
    explicit Columns(double velocity_quantum_um_per_min, std::size_t circuit_variables = 0);

    std::vector<std::int32_t> x; ///< places in kernels' quanta (pair_kernel.hpp), the low 32 bits
    std::vector<std::int32_t> y;
    std::vector<std::int32_t> z;
    std::vector<Triple<std::uint16_t>> rest; ///< bits of the place above (10) and below (6) those in x, y, z
    std::vector<CellId> id;
    std::vector<float> radius_um;
    std::vector<float> reach_um;          ///< range of adhesion times radius; set when cells settle
    std::vector<std::uint16_t> mechanics; ///< row in the tables of PairLaw; set when cells settle
    std::vector<PairStrength> strength;   ///< in moves in which cells have strengths of their own

    std::vector<CellId> parent;
    std::vector<Tick> born_at;
    std::vector<Tick> phase_entered_at;
    std::vector<Triple<std::int32_t>> velocity; ///< of the last evaluation, in velocity_quantum
    std::vector<Triple<float>> heading;
    std::vector<Volume> volume;
    std::vector<KeptTraits> traits;
    std::vector<KeptExperience> experience;      ///< empty unless keep_experience() was called
    std::vector<std::int32_t> squeeze;           ///< sum over neighbours of overlaps squared, in 1 / squeeze_quanta
    std::vector<float> crawl_um_per_min;         ///< speed of active motion along the heading in the present move
    std::vector<Triple<float>> drift_um_per_min; ///< active motion up gradients besides, while cells have any
    std::vector<Triple<std::int32_t>> velocity_before; ///< of the evaluation before, while sub-steps are made
    std::vector<Triple<std::int32_t>> step;            ///< displacement of the sub-step, in quanta of places
    std::vector<std::uint32_t> clone;
    std::vector<std::uint16_t> journeys;
    std::vector<std::uint8_t> type;
    std::vector<State> state;
    std::vector<Fate> fate;
    std::vector<std::uint8_t> phase;
    std::array<std::vector<double>, most_circuit_variables> circuit; ///< [variable]; only the first ones have entries

    /// Owned cells.
    std::size_t size() const { return fate.size(); }
    std::size_t size_with_ghosts() const { return x.size(); }

    /// How a place along one axis is kept in two columns.
    static std::int32_t middle(std::int64_t p) { return static_cast<std::int32_t>(p >> 6); }
    static std::uint16_t outer(std::int64_t p) { return static_cast<std::uint16_t>(((p >> 38) << 6) | (p & 63)); }
    static std::int64_t join(std::int32_t middle, std::uint16_t outer)
    {
        const std::int64_t high = static_cast<std::int16_t>(outer) >> 6;
        return high * (std::int64_t{1} << 38) + (std::int64_t{static_cast<std::uint32_t>(middle)} << 6) + (outer & 63);
    }

    Place place(std::size_t cell) const
    {
        const Triple<std::uint16_t>& r = rest[cell];
        return {join(x[cell], r.x), join(y[cell], r.y), join(z[cell], r.z)};
    }
    void set_place(std::size_t cell, const Place& p)
    {
        x[cell] = middle(p.x);
        y[cell] = middle(p.y);
        z[cell] = middle(p.z);
        rest[cell] = {outer(p.x), outer(p.y), outer(p.z)};
    }
    Vec3 position_um(std::size_t cell) const { return um_of(place(cell)); }
    Vec3 heading_of(std::size_t cell) const { return {heading[cell].x, heading[cell].y, heading[cell].z}; }
    void set_heading(std::size_t cell, const Vec3& direction);
    void set_traits(std::size_t cell, const Traits& values);
    Traits traits_of(std::size_t cell) const;
    double pressure(std::size_t cell) const;
    CircuitState circuit_of(std::size_t cell) const;
    void set_circuit(std::size_t cell, const CircuitState& values);

    CellRecord record(std::size_t cell) const;
    /// From now on cells remember what befalls them. To be called while there are none.
    void keep_experience() { experienced_ = true; }
    bool keeps_experience() const { return experienced_; }
    /// Whether the cell holds one that it attacks.
    bool holds_another(std::size_t cell) const { return experienced_ && experience[cell].attached_to != no_cell; }
    /// Between these two the columns of sub-steps have entries, which begin as zeros.
    void begin_steps();
    void end_steps();
    bool in_steps() const { return in_steps_; }
    /// Between these two cells drift; at first by nothing.
    void begin_drift();
    void end_drift();
    bool drifts() const { return drifts_; }
    Vec3 drift_of(std::size_t cell) const;
    /// Between these two cells and ghosts have strengths of their own; at first none.
    void begin_strengths();
    void end_strengths();
    bool has_strengths() const { return has_strengths_; }

    /// Adds a cell at the end; there must be no ghosts.
    void append(const CellRecord& record);
    /// Sets the volume and the radius that belongs to it.
    void set_volume(std::size_t cell, const Volume& volume);

    void drop_ghosts();
    void append_ghosts(std::size_t count);
    /// Room for so many cells and ghosts, with little to spare.
    void reserve(std::size_t cells);
    /// Keeps the cells for which `keep` is set, in their order. Without ghosts.
    void keep(const std::vector<bool>& keep);
    /// Entry i becomes what was entry order[i]. Without ghosts.
    void reorder(std::span<const std::uint32_t> order);

    /// Memory that is held for all columns.
    std::size_t bytes() const;
    /// Memory of one owned cell in all columns.
    static std::size_t bytes_per_cell();

private:
    template <class Self, class Function>
    static void for_each(Self& self, const Function& function);
    template <class Self, class Function>
    static void for_each_shared(Self& self, const Function& function);

    double velocity_quantum_um_per_min_;
    std::size_t circuit_variables_;
    bool in_steps_ = false;
    bool drifts_ = false;
    bool has_strengths_ = false;
    bool experienced_ = false;
};

} // namespace paget::agents
