#pragma once

#include "paget/fields/diffusing_field.hpp"
#include "paget/mesh/partition.hpp"
#include "paget/organ/blood_carriage.hpp"
#include "paget/organ/vessel_flow.hpp"
#include "paget/parallel/communicator.hpp"

#include <memory>
#include <span>
#include <vector>

namespace paget::organ
{

struct VoxelRates;

/// How a substance went from the blood into tissue in one step: amounts per time in the field's unit times um^3, the
/// same bits on any number of ranks.
struct SupplyReport {
    double carried_in = 0.0;  ///< by blood that comes into the network
    double carried_out = 0.0; ///< by blood that leaves it
    double given_off = 0.0;   ///< by blood to tissue: carried_in - carried_out
    double received = 0.0;    ///< by tissue from blood: given_off up to what the rounds have left
    int rounds = 0;           ///< of blood and tissue
    double change = 0.0;      ///< of the blood in the last round, relative to its largest concentration
};

/// A field in tissue and the same substance in blood that flows through the organ's vessels. Blood gives off what the
/// tissue takes; each is solved with the other held, in turns, until the blood no longer changes. Nothing is remembered
/// between steps: the blood follows from the field.
class CarriedField
{
public:
    /// network and flow must outlive it. Local.
    CarriedField(const VesselNetwork& network, const VesselFlow& flow, const BloodCarriage& carriage,
                 const fields::Substance& substance, const mesh::Partition& partition,
                 const parallel::Communicator& comm);
    ~CarriedField();
    CarriedField(CarriedField&&) noexcept;
    CarriedField& operator=(CarriedField&&) noexcept;

    /// Brings the field to its quasi-steady state together with the blood; `rates` is what happens in tissue apart from
    /// the vessels. Rounds end when the blood changes by at most ten times the substance's tolerance, relative to its
    /// largest concentration; NumericalError if that takes more than 200. Collective.
    fields::SolveReport solve(fields::DiffusingField& field, const VoxelRates& rates, double minutes);

    /// Of the last solve(). Local.
    const SupplyReport& supply() const;

    /// Concentration in the blood of every segment, a mean along it, with the field as it is; 0 where nothing flows.
    /// Collective.
    std::vector<double> blood_in_segments(const fields::DiffusingField& field) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace paget::organ
