#include "ruled_values.hpp"

#include "own_bases.hpp"
#include "signal_blocks.hpp"

#include "paget/rules/script.hpp"

#include <algorithm>
#include <array>

namespace paget::agents
{
namespace
{
/// The wanted rules of one type, and cells of it that will follow them together.
struct Troop {
    std::vector<const RuledBehaviour*> rules;
    rules::Script script{{}};
    std::array<std::uint32_t, rules::block_cells> cells{};
    std::size_t size = 0;

    std::span<const std::uint32_t> present() const { return std::span(cells).first(size); }
};

template <class Wanted>
std::vector<Troop> troops_of(const std::vector<CellType>& types, const Wanted& wanted)
{
    std::vector<Troop> troops(types.size());
    for (std::size_t t = 0; t < types.size(); ++t) {
        std::vector<rules::Response> responses;
        for (const RuledBehaviour& ruled : types[t].rules) {
            if (wanted(ruled.behaviour)) {
                troops[t].rules.push_back(&ruled);
                responses.push_back(ruled.response);
            }
        }
        troops[t].script = rules::Script(responses);
    }
    return troops;
}

/// What is used again from troop to troop.
struct Room {
    std::vector<rules::Block> heard;
    std::vector<rules::Block> values;
    std::vector<rules::Block> powers;
};

/// Lets the cells of one troop follow its rules.
template <class Base, class Take>
void follow(const Troop& troop, const SignalBlocks& signals, const Base& base, const Take& take, Room& room)
{
    const auto present = troop.present();
    const auto& heard = troop.script.heard();
    room.heard.resize(std::max(room.heard.size(), heard.size()));
    room.values.resize(std::max(room.values.size(), troop.rules.size()));
    for (std::size_t s = 0; s < heard.size(); ++s) {
        signals.fill(heard[s], present, room.heard[s]);
    }
    for (std::size_t r = 0; r < troop.rules.size(); ++r) {
        for (std::size_t k = 0; k < present.size(); ++k) {
            room.values[r][k] = base(r, present[k]);
        }
    }
    troop.script.follow(room.heard, room.values, room.powers);
    for (std::size_t r = 0; r < troop.rules.size(); ++r) {
        for (std::size_t k = 0; k < present.size(); ++k) {
            take(r, present[k], room.values[r][k]);
        }
    }
}

/// Lets living cells follow their types' wanted rules: base(type, rule, cell) is what a behaviour is without
/// them, take(rule, cell, value) gets what it is by them; rules are counted per type. Full troops go first.
template <class Base, class Take>
void follow(std::vector<Troop>& troops, const Columns& cells, const SignalBlocks& signals, const Base& base,
            const Take& take)
{
    Room room;
    const auto go = [&](std::size_t type) {
        const auto own = [&](std::size_t rule, std::uint32_t cell) { return base(type, rule, cell); };
        follow(troops[type], signals, own, take, room);
        troops[type].size = 0;
    };
    for (std::size_t i = 0; i < cells.size(); ++i) {
        Troop& troop = troops[cells.type[i]];
        if (troop.rules.empty() || !is_living(cells.fate[i])) {
            continue;
        }
        troop.cells[troop.size++] = static_cast<std::uint32_t>(i);
        if (troop.size == troop.cells.size()) {
            go(cells.type[i]);
        }
    }
    for (std::size_t t = 0; t < troops.size(); ++t) {
        if (troops[t].size > 0) {
            go(t);
        }
    }
}

/// own_base() of all rules of a type, looked up.
class OwnBases
{
public:
    OwnBases(const CellType& type, const std::vector<const RuledBehaviour*>& rules)
        : phases_(std::max<std::size_t>(1, type.cycle.phases.size()))
    {
        for (const RuledBehaviour* ruled : rules) {
            for (std::size_t state = 0; state < state_count; ++state) {
                for (std::size_t phase = 0; phase < phases_; ++phase) {
                    bases_.push_back(
                        own_base(type, ruled->behaviour, static_cast<State>(state), static_cast<std::uint8_t>(phase)));
                }
            }
        }
    }

    double of(std::size_t rule, State state, std::uint8_t phase) const
    {
        const std::size_t known = std::min<std::size_t>(phase, phases_ - 1);
        return bases_[(rule * state_count + static_cast<std::size_t>(state)) * phases_ + known];
    }

private:
    std::size_t phases_;
    std::vector<double> bases_; ///< [rule][state][phase]
};
} // namespace

void RuledValues::plan(const std::vector<CellType>& types, Stage stage)
{
    for (const CellType& type : types) {
        for (const RuledBehaviour& ruled : type.rules) {
            stride_ = std::max(stride_, static_cast<std::size_t>(ruled.behaviour) + 1);
        }
    }
    slots_.assign(types.size() * stride_, no_slot);
    for (std::size_t type = 0; type < types.size(); ++type) {
        std::uint8_t next = 0;
        for (const RuledBehaviour& ruled : types[type].rules) {
            if (belongs_to(ruled.behaviour, stage)) {
                slots_[type * stride_ + static_cast<std::size_t>(ruled.behaviour)] = next++;
            }
        }
        width_ = std::max<std::size_t>(width_, next);
    }
}

RuledValues::RuledValues(const Columns& cells, const std::vector<CellType>& types, const Environment& environment,
                         Tick now, Stage stage)
{
    plan(types, stage);
    if (width_ == 0) {
        return;
    }
    auto troops = troops_of(types, [stage](Behaviour behaviour) { return belongs_to(behaviour, stage); });
    std::vector<OwnBases> bases;
    for (std::size_t t = 0; t < types.size(); ++t) {
        bases.emplace_back(types[t], troops[t].rules);
    }
    values_.resize(cells.size() * width_);
    const auto base = [&](std::size_t type, std::size_t rule, std::uint32_t cell) {
        return bases[type].of(rule, cells.state[cell], cells.phase[cell]);
    };
    const auto take = [&](std::size_t rule, std::uint32_t cell, double value) {
        values_[cell * width_ + rule] = value;
    };
    follow(troops, cells, SignalBlocks(cells, environment, now), base, take);
}

void apply_rules(const Columns& cells, const std::vector<CellType>& types, Behaviour behaviour,
                 const Environment& environment, Tick now, std::vector<double>& values)
{
    auto troops = troops_of(types, [behaviour](Behaviour other) { return other == behaviour; });
    const auto base = [&](std::size_t, std::size_t, std::uint32_t cell) { return values[cell]; };
    const auto take = [&](std::size_t, std::uint32_t cell, double value) { values[cell] = value; };
    follow(troops, cells, SignalBlocks(cells, environment, now), base, take);
}

} // namespace paget::agents
