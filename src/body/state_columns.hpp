#pragma once

#include "paget/body/description.hpp"
#include "paget/circulation/traveller.hpp"

#include <array>
#include <string>
#include <type_traits>
#include <vector>

namespace paget::body
{

// The columns of saved states: one list for writing and reading. visit(name, get) is called for each, where get gives
// the member (a reference) of a record.

/// Names of the variables of circuits of genes, which only bodies with circuits have.
inline constexpr std::array<const char*, agents::most_circuit_variables> circuit_names{
    "circuit_1", "circuit_2", "circuit_3", "circuit_4", "circuit_5",
    "circuit_6", "circuit_7", "circuit_8", "circuit_9"};

/// Causes of death in the ledger of every organ; the others stand in that of open ones.
inline constexpr std::size_t causes_everywhere = 4;
inline constexpr std::size_t open_ledger_entries = 3;

/// What only some bodies keep of their cells.
struct OptionalColumns {
    std::size_t circuit_variables = 0;
    bool experience = false;
};

inline OptionalColumns optional_columns(const BodyDescription& body)
{
    return {agents::circuit_width(body.tissue.types), agents::needs_experience(body.tissue.types)};
}

template <class Visit>
void visit_experience_columns(Visit&& visit)
{
    visit(
        "attached_to", [](auto& c) -> auto& { return c.experience.attached_to.value; });
    visit(
        "divided_at", [](auto& c) -> auto& { return c.experience.divided_at; });
    visit(
        "damage", [](auto& c) -> auto& { return c.experience.damage_min; });
    visit(
        "exhaustion", [](auto& c) -> auto& { return c.experience.exhaustion; });
}

template <class Visit>
void visit_cell_columns(const OptionalColumns& optional, Visit&& visit)
{
    visit(
        "id", [](auto& c) -> auto& { return c.id.value; });
    visit(
        "parent", [](auto& c) -> auto& { return c.parent.value; });
    visit(
        "born_at", [](auto& c) -> auto& { return c.born_at; });
    visit(
        "phase_entered_at", [](auto& c) -> auto& { return c.phase_entered_at; });
    visit(
        "x", [](auto& c) -> auto& { return c.position_um.x; });
    visit(
        "y", [](auto& c) -> auto& { return c.position_um.y; });
    visit(
        "z", [](auto& c) -> auto& { return c.position_um.z; });
    visit(
        "velocity_x", [](auto& c) -> auto& { return c.velocity_um_per_min.x; });
    visit(
        "velocity_y", [](auto& c) -> auto& { return c.velocity_um_per_min.y; });
    visit(
        "velocity_z", [](auto& c) -> auto& { return c.velocity_um_per_min.z; });
    visit(
        "heading_x", [](auto& c) -> auto& { return c.heading.x; });
    visit(
        "heading_y", [](auto& c) -> auto& { return c.heading.y; });
    visit(
        "heading_z", [](auto& c) -> auto& { return c.heading.z; });
    visit(
        "fluid", [](auto& c) -> auto& { return c.volume.fluid_um3; });
    visit(
        "nuclear_solid", [](auto& c) -> auto& { return c.volume.nuclear_solid_um3; });
    visit(
        "cytoplasmic_solid", [](auto& c) -> auto& { return c.volume.cytoplasmic_solid_um3; });
    visit(
        "il6_response", [](auto& c) -> auto& { return c.traits.il6_response; });
    visit(
        "il8_response", [](auto& c) -> auto& { return c.traits.il8_response; });
    visit(
        "mmp1", [](auto& c) -> auto& { return c.traits.mmp1; });
    visit(
        "fscn1", [](auto& c) -> auto& { return c.traits.fscn1; });
    visit(
        "clone", [](auto& c) -> auto& { return c.clone; });
    visit(
        "journeys", [](auto& c) -> auto& { return c.journeys; });
    visit(
        "type", [](auto& c) -> auto& { return c.type; });
    visit(
        "state", [](auto& c) -> auto& { return c.state; });
    visit(
        "fate", [](auto& c) -> auto& { return c.fate; });
    visit(
        "phase", [](auto& c) -> auto& { return c.phase; });
    for (std::size_t v = 0; v < optional.circuit_variables; ++v) {
        visit(
            circuit_names[v], [v](auto& c) -> auto& { return c.circuit[v]; });
    }
    if (optional.experience) {
        visit_experience_columns(visit);
    }
}

template <class Visit>
void visit_traveller_columns(const OptionalColumns& optional, Visit&& visit)
{
    visit_cell_columns(optional, [&](const char* name, auto get) {
        visit(
            name, [get](auto& t) -> auto& { return get(t.cell); });
    });
    visit(
        "cluster", [](auto& t) -> auto& { return t.cluster.value; });
    visit(
        "source", [](auto& t) -> auto& { return t.source; });
    visit(
        "shed_at", [](auto& t) -> auto& { return t.shed_at; });
    visit(
        "arrested_at", [](auto& t) -> auto& { return t.arrested_at; });
    visit(
        "bed", [](auto& t) -> auto& { return t.bed; });
    visit(
        "minutes_ahead", [](auto& t) -> auto& { return t.minutes_ahead; });
    visit(
        "location", [](auto& t) -> auto& { return t.location; });
    visit(
        "passes", [](auto& t) -> auto& { return t.passes; });
}

namespace detail
{
template <class T, bool = std::is_enum_v<T>>
struct Plain {
    using Type = T;
};
template <class T>
struct Plain<T, true> {
    using Type = std::underlying_type_t<T>;
};
} // namespace detail

/// The type in which a member of type T is saved: enumerations as their numbers, small signed numbers with 64 bits.
template <class T>
using Saved = std::conditional_t<std::is_same_v<typename detail::Plain<T>::Type, std::int32_t>, std::int64_t,
                                 typename detail::Plain<T>::Type>;

} // namespace paget::body
