#pragma once

#include "behaviours/behaviours.hpp"
#include "colony.hpp"

#include "paget/parallel/communicator.hpp"

#include <vector>

namespace paget::agents
{

/// What cells that attack or eat do to the others. Attackers hold on to one cell at a time and let go of it at random;
/// the one that is held decides whether it dies, by the sum of what is done to it, so that it does not matter on which
/// rank its attackers live. Sums are of integers: neither order nor cut matter.
class Encounters
{
public:
    /// Lets attackers go and hold on, by who is in reach of adhesion at the begin of the step, and tires them. Needs
    /// ghosts as they settled. Collective.
    Encounters(const Colony& colony, const PairLaw& law, const parallel::Communicator& comm, const Decision& decision);

    /// Hazard of an owned cell to be killed by those that hold it; 0 for most.
    double kill_per_min(std::size_t cell) const { return kill_.empty() ? 0.0 : kill_[cell]; }
    /// Hazard of an owned corpse to be eaten.
    double eaten_per_min(std::size_t cell) const { return eaten_.empty() ? 0.0 : eaten_[cell]; }
    /// Damage that is done to an owned cell per minute.
    double damage(std::size_t cell) const { return damage_.empty() ? 0.0 : damage_[cell]; }

private:
    struct Search {
        bool seeks = false;      ///< holds no one and would like to
        bool found = false;      ///< the cell that it holds is still there
        std::uint8_t target = 0; ///< type of the cell that it holds or chooses
        double smallest = 2.0;   ///< draw of the candidate that is chosen
        CellId choice = no_cell; ///< with the smallest draw
        std::uint32_t corpses = 0;
    };
    struct Deeds;

    bool attacks(const Decision& d, std::size_t cell, std::uint8_t target) const;
    void look_around(const Colony& colony, const PairLaw& law, const Decision& d);
    void choose_seekers(const std::vector<bool>& attackers, const Decision& d);
    void meet(std::uint32_t i, std::uint32_t j, std::uint8_t type, const Decision& d);
    void hold_and_let_go(const Decision& d);
    void tire(const Decision& d);
    Deeds deeds_of(const Colony& colony, const Decision& d) const;
    void suffer(const Deeds& deeds, const Decision& d);
    void be_eaten(const Colony& colony, const Deeds& deeds, const Decision& d);

    std::vector<Search> searches_; ///< of owned cells
    std::vector<double> kill_;
    std::vector<double> damage_;
    std::vector<double> eaten_;
};

/// Adds what was done to living cells, and repairs it.
void take_damage(const Decision& decision, const Encounters& encounters);

} // namespace paget::agents
