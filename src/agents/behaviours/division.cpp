#include "behaviours.hpp"

namespace paget::agents
{
namespace
{
Volume halved(const Volume& v) { return {0.5 * v.fluid_um3, 0.5 * v.nuclear_solid_um3, 0.5 * v.cytoplasmic_solid_um3}; }

/// Splits cell `mother` along its axis: she keeps her id and half of her volume, and the other half is returned.
/// The centres stand one radius of the undivided cell apart, unless its type says otherwise, so the halves overlap
/// gently and forces part them.
CellRecord split(const Decision& d, std::size_t mother, CellId daughter_id)
{
    Columns& cells = d.cells;
    const Vec3 axis = d.random.unit_vector(Purpose::division_axis, cells.id[mother].value, d.step.begin, d.planar);
    const Place centre = cells.place(mother);
    const Place offset =
        nearest_place((0.5 * d.type_of(mother).cycle.separation * double{cells.radius_um[mother]}) * axis);
    cells.set_volume(mother, halved(cells.volume[mother]));
    cells.velocity[mother] = {};
    if (cells.keeps_experience()) {
        cells.experience[mother].divided_at = d.step.end();
    }
    CellRecord daughter = cells.record(mother);
    daughter.position_um = um_of(centre + offset);
    daughter.id = daughter_id;
    daughter.parent = cells.id[mother];
    daughter.born_at = d.step.end();
    daughter.experience.attached_to = no_cell;
    cells.set_place(mother, centre - offset);
    return daughter;
}
} // namespace

std::vector<CellRecord> divide(const Decision& d, std::span<const std::size_t> mothers,
                               std::span<const std::uint64_t> numbers, OrganKey organ)
{
    std::vector<CellRecord> daughters;
    daughters.reserve(mothers.size());
    for (std::size_t k = 0; k < mothers.size(); ++k) {
        const std::size_t mother = mothers[k];
        CellRecord daughter = split(d, mother, CellId::make(organ, numbers[k]));
        MutationParameters mutation = d.type_of(mother).mutation;
        mutation.probability = d.by_rules(mother, Behaviour::mutation, mutation.probability);
        daughter.traits = mutated(daughter.traits, mutation, daughter.id, d.step.begin, d.random);
        d.cells.set_traits(mother,
                           mutated(d.cells.traits_of(mother), mutation, d.cells.id[mother], d.step.begin, d.random));
        daughter.heading = d.random.unit_vector(Purpose::turning, daughter.id.value, d.step.begin, d.planar, 1);
        daughters.push_back(daughter);
    }
    return daughters;
}

} // namespace paget::agents
