#include "encounters.hpp"

#include "contacts.hpp"

#include "paget/core/math.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace paget::agents
{
namespace
{
// Rates are summed in 2^-40 per minute, so that a thousand attackers of a thousand per minute do not overflow.
constexpr double rate_quanta = 1099511627776.0;
constexpr double largest_rate_per_min = 1000.0;

std::int64_t in_quanta(double rate_per_min)
{
    return std::llrint(std::min(rate_per_min, largest_rate_per_min) * rate_quanta);
}
double per_min(std::int64_t quanta) { return static_cast<double>(quanta) / rate_quanta; }

bool holds(const Columns& cells, std::size_t cell) { return cells.experience[cell].attached_to != no_cell; }

/// Approach to 1 at one rate, or to 0 at another, over the step.
double approached(double level, double rise_per_min, double fall_per_min, bool rises, double minutes)
{
    return rises ? level + (1.0 - level) * event_probability(rise_per_min, minutes)
                 : level * (1.0 - event_probability(fall_per_min, minutes));
}

TargetParameters target_of(const CellType& type, std::size_t target)
{
    return target < type.attack.targets.size() ? type.attack.targets[target] : TargetParameters{};
}

double attack_rate(const Decision& d, std::size_t cell, std::uint8_t target)
{
    return d.by_rules(cell, attack_on(target), target_of(d.type_of(cell), target).kill_per_min);
}

/// Tired cells do less.
double vigour(const Decision& d, std::size_t cell) { return 1.0 - double{d.cells.experience[cell].exhaustion}; }

bool type_eats(const CellType& type)
{
    return type.attack.phagocytosis_per_min > 0.0 || any_rules_on(type, Behaviour::phagocytosis);
}

bool is_attack(Behaviour behaviour)
{
    const auto number = static_cast<std::size_t>(behaviour);
    return number >= behaviour_count && behaviour == attack_on((number - behaviour_count) / behaviours_per_name);
}

bool type_attacks(const CellType& type)
{
    const auto& targets = type.attack.targets;
    return std::any_of(targets.begin(), targets.end(),
                       [](const TargetParameters& t) { return t.kill_per_min > 0.0 || t.damage > 0.0; }) ||
           std::any_of(type.rules.begin(), type.rules.end(),
                       [](const RuledBehaviour& ruled) { return is_attack(ruled.behaviour); });
}

double eating_rate(const Decision& d, std::size_t cell)
{
    return d.by_rules(cell, Behaviour::phagocytosis, d.type_of(cell).attack.phagocytosis_per_min);
}

/// Per type, whether it does something.
template <class Does>
std::vector<bool> types_that(const std::vector<CellType>& types, const Does& does)
{
    std::vector<bool> yes;
    for (const CellType& type : types) {
        yes.push_back(does(type));
    }
    return yes;
}
} // namespace

/// What every cell, ghosts behind, does to others.
struct Encounters::Deeds {
    std::vector<CellId> held;
    std::vector<std::int64_t> kill;
    std::vector<std::int64_t> damage;
    std::vector<std::int64_t> eats; ///< of every corpse in reach
};

bool any_fights(const std::vector<CellType>& types)
{
    return std::any_of(types.begin(), types.end(),
                       [](const CellType& type) { return type_attacks(type) || type_eats(type); });
}

Encounters::Encounters(const Colony& colony, const PairLaw& law, const parallel::Communicator& comm,
                       const Decision& decision)
{
    if (!any_fights(decision.types)) {
        return;
    }
    look_around(colony, law, decision);
    hold_and_let_go(decision);
    tire(decision);
    const Columns& cells = decision.cells;
    bool any = false;
    for (std::size_t i = 0; i < cells.size() && !any; ++i) {
        any = holds(cells, i) || searches_[i].corpses > 0;
    }
    if (comm.any(any)) {
        Deeds deeds = deeds_of(colony, decision);
        suffer(deeds, decision);
        be_eaten(colony, deeds, decision);
    }
}

bool Encounters::attacks(const Decision& d, std::size_t cell, std::uint8_t target) const
{
    return target_of(d.type_of(cell), target).damage > 0.0 || attack_rate(d, cell, target) > 0.0;
}

/// Who is in reach: the cell that is held, candidates of those that seek one, corpses of those that eat.
void Encounters::look_around(const Colony& colony, const PairLaw& law, const Decision& d)
{
    const Columns& cells = d.cells;
    const auto attackers = types_that(d.types, type_attacks);
    const auto eaters = types_that(d.types, type_eats);
    choose_seekers(attackers, d);
    const auto looks = [&](std::uint32_t i) {
        const bool hunts = attackers[cells.type[i]] && (searches_[i].seeks || holds(cells, i));
        return is_living(cells.fate[i]) && (hunts || eaters[cells.type[i]]);
    };
    for_each_in_reach_of(cells, colony.bins(), looks, [&](std::uint32_t i, std::uint32_t j) {
        const std::uint16_t row = cells.mechanics[j];
        if (law.lives(row)) {
            meet(i, j, law.type_of(row), d);
        } else {
            searches_[i].corpses += eaters[cells.type[i]] ? 1U : 0U;
        }
    });
}

/// Who would like to hold one, of those that hold none.
void Encounters::choose_seekers(const std::vector<bool>& attackers, const Decision& d)
{
    const Columns& cells = d.cells;
    searches_.resize(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (attackers[cells.type[i]] && is_living(cells.fate[i]) && !holds(cells, i)) {
            const double rate = d.by_rules(i, Behaviour::attachment, d.type_of(i).attack.attachment_per_min);
            const double u = d.random.uniform(Purpose::attachment, cells.id[i].value, d.step.begin);
            searches_[i].seeks = happens(u, rate * vigour(d, i), d.step);
        }
    }
}

/// Whether the living neighbour j of a type is the one that i holds, or could hold: the candidate with the smallest
/// draw is chosen.
void Encounters::meet(std::uint32_t i, std::uint32_t j, std::uint8_t type, const Decision& d)
{
    const Columns& cells = d.cells;
    Search& search = searches_[i];
    if (cells.id[j] == cells.experience[i].attached_to) {
        search.found = true;
        search.target = type;
    }
    if (search.seeks && attacks(d, i, type)) {
        const double u = d.random.uniform(Purpose::attack_choice, cells.id[i].value, d.step.begin, cells.id[j].value);
        if (u < search.smallest || (u == search.smallest && cells.id[j] < search.choice)) {
            search.smallest = u;
            search.choice = cells.id[j];
            search.target = type;
        }
    }
}

void Encounters::hold_and_let_go(const Decision& d)
{
    for (std::size_t i = 0; i < searches_.size(); ++i) {
        CellId& held = d.cells.experience[i].attached_to;
        if (searches_[i].choice != no_cell) {
            held = searches_[i].choice;
        } else if (held != no_cell) {
            const double rate = d.by_rules(i, Behaviour::detachment, d.type_of(i).attack.detachment_per_min);
            const double u = d.random.uniform(Purpose::attachment, d.cells.id[i].value, d.step.begin);
            const bool lets_go = !searches_[i].found || !is_living(d.cells.fate[i]) || happens(u, rate, d.step);
            held = lets_go ? no_cell : held;
        }
    }
}

/// Holding on tires, and rest refreshes.
void Encounters::tire(const Decision& d)
{
    for (std::size_t i = 0; i < searches_.size(); ++i) {
        const AttackParameters& attack = d.type_of(i).attack;
        const double tiring = d.by_rules(i, Behaviour::exhaustion, attack.exhaustion_per_min);
        auto& level = d.cells.experience[i].exhaustion;
        if (tiring > 0.0 || level > 0.0F) {
            level = static_cast<float>(
                approached(double{level}, tiring, attack.recovery_per_min, holds(d.cells, i), d.step.minutes()));
        }
    }
}

/// Of owned cells, made known to the neighbouring ranks.
Encounters::Deeds Encounters::deeds_of(const Colony& colony, const Decision& d) const
{
    const Columns& cells = d.cells;
    const std::size_t all = cells.size_with_ghosts();
    Deeds deeds{std::vector<CellId>(all, no_cell), std::vector<std::int64_t>(all), std::vector<std::int64_t>(all),
                std::vector<std::int64_t>(all)};
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (holds(cells, i)) {
            const std::uint8_t target = searches_[i].target;
            deeds.held[i] = cells.experience[i].attached_to;
            deeds.kill[i] = in_quanta(attack_rate(d, i, target) * vigour(d, i));
            deeds.damage[i] = in_quanta(target_of(d.type_of(i), target).damage * vigour(d, i));
        }
        if (searches_[i].corpses > 0) {
            deeds.eats[i] = in_quanta(eating_rate(d, i) / searches_[i].corpses);
        }
    }
    colony.halo().refresh(deeds.held, deeds.kill, deeds.damage, deeds.eats);
    return deeds;
}

/// Adds up what is done to each living cell by those that hold it.
void Encounters::suffer(const Deeds& deeds, const Decision& d)
{
    struct Suffered {
        std::int64_t kill = 0;
        std::int64_t damage = 0;
    };
    std::unordered_map<CellId, Suffered> suffered;
    for (std::size_t j = 0; j < deeds.held.size(); ++j) {
        if (deeds.held[j] != no_cell) {
            suffered[deeds.held[j]].kill += deeds.kill[j];
            suffered[deeds.held[j]].damage += deeds.damage[j];
        }
    }
    if (suffered.empty()) {
        return;
    }
    kill_.resize(d.cells.size());
    damage_.resize(d.cells.size());
    for (std::size_t i = 0; i < d.cells.size(); ++i) {
        if (const auto found = suffered.find(d.cells.id[i]); found != suffered.end()) {
            kill_[i] = per_min(found->second.kill);
            damage_[i] = per_min(found->second.damage);
        }
    }
}

void Encounters::be_eaten(const Colony& colony, const Deeds& deeds, const Decision& d)
{
    const Columns& cells = d.cells;
    if (std::all_of(deeds.eats.begin(), deeds.eats.end(), [](std::int64_t eats) { return eats == 0; })) {
        return;
    }
    std::vector<std::int64_t> sums(cells.size());
    for_each_in_reach_of(
        cells, colony.bins(), [&](std::uint32_t i) { return !is_living(cells.fate[i]); },
        [&](std::uint32_t i, std::uint32_t j) { sums[i] += deeds.eats[j]; });
    eaten_.resize(cells.size());
    std::transform(sums.begin(), sums.end(), eaten_.begin(), per_min);
}

void take_damage(const Decision& d, const Encounters& encounters)
{
    for (std::size_t i = 0; i < d.cells.experience.size(); ++i) {
        auto& damage = d.cells.experience[i].damage_min;
        const double done = encounters.damage(i);
        if (!is_living(d.cells.fate[i]) || (done == 0.0 && damage == 0.0F)) {
            continue;
        }
        const double repair = d.type_of(i).attack.repair_per_min;
        const double share = event_probability(repair, d.step.minutes());
        const double added = repair > 0.0 ? done / repair * share : done * d.step.minutes();
        damage = static_cast<float>(double{damage} * (1.0 - share) + added);
    }
}

bool needs_experience(const std::vector<CellType>& types)
{
    const auto is_of_experience = [](std::uint32_t signal) {
        return signal >= static_cast<std::uint32_t>(OwnSignal::damage) && signal < own_signal_count;
    };
    return any_fights(types) || std::any_of(all_stages.begin(), all_stages.end(), [&](Stage stage) {
               const auto heard = signals_heard(types, stage);
               return std::any_of(heard.begin(), heard.end(), is_of_experience);
           });
}

} // namespace paget::agents
