#pragma once

#include "paget/body/body.hpp"
#include "paget/body/description.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace paget::test
{

/// Keys with which blood flows through a fork of vessels in the breast and carries its oxygen.
inline std::map<std::string, std::string> with_flow()
{
    return {{"organ.breast.vessels.source", "file"},
            {"organ.breast.vessels.file", PAGET_TINY_NETWORK},
            {"organ.breast.vessels.flow", "pressure"},
            {"organ.breast.tissue_margin", "20 um"},
            {"field.oxygen.carried", "yes"},
            {"field.oxygen.scheme", "steady"},
            {"field.oxygen.tissue_solubility", "3e-5 1/mmHg"},
            {"field.oxygen.blood_solubility", "3.1e-5 1/mmHg"},
            {"field.oxygen.binding_capacity", "0.5"},
            {"field.oxygen.binding_half", "38 mmHg"},
            {"field.oxygen.binding_hill", "2.7"}};
}

/// Keys with which the breast's vessels grow towards what cells release there, and blood carries oxygen through them.
inline std::map<std::string, std::string> with_growth()
{
    return {{"organ.breast.vessels.flow", "pressure"},
            {"field.oxygen.carried", "yes"},
            {"field.oxygen.scheme", "steady"},
            {"field.oxygen.tissue_solubility", "3e-5 1/mmHg"},
            {"field.oxygen.blood_solubility", "3.1e-5 1/mmHg"},
            {"field.oxygen.binding_capacity", "0.5"},
            {"field.oxygen.binding_half", "38 mmHg"},
            {"field.oxygen.binding_hill", "2.7"},
            {"organ.breast.angiogenesis.field", "il6"},
            {"organ.breast.angiogenesis.half", "1e-3 ng/ml"},
            {"organ.breast.angiogenesis.gradient_half", "1e-6 ng/ml/um"},
            {"organ.breast.angiogenesis.sprouting", "1e-4 um^-1.min^-1"},
            {"organ.breast.angiogenesis.branching", "4 1/day"},
            {"organ.breast.angiogenesis.branching_age", "2 hour"},
            {"organ.breast.angiogenesis.stagnation", "3 hour"},
            {"organ.breast.angiogenesis.regression", "4 1/day"},
            {"organ.breast.angiogenesis.collapse_pressure", "0.5"},
            {"organ.breast.angiogenesis.reopening_pressure", "0.2"}};
}

/// A breast tumour of 60 cells whose cells enter the blood often, and a lung in which they settle; steps of an hour.
/// `keys` change the case as `--key=value` does; `more` is added to its text.
body::BodyDescription small_body(const std::map<std::string, std::string>& keys = {}, const std::string& more = {});

/// Advances as the run loop does, until `end`. Returns the last step's report. Collective.
body::StepReport live_until(body::Body& body, Tick begin, Tick end);

/// Checksums of all parts of the body's state. Collective.
using Pieces = std::map<std::string, std::uint64_t>;
Pieces pieces_of(const body::Body& body);

/// Keys of a case in which no cell enters the blood.
inline const std::map<std::string, std::string> nobody_leaves{{"cell.cancer.intravasation.rate.epithelial", "0 1/day"}};

/// More text, with which the cells of the case carry a circuit of genes that TGF-beta of their own drives.
inline constexpr const char* with_circuit = R"(
[field.tgf_beta]
unit = ng/ml
decay = 0.01 1/min
[cell.cancer]
tgf_beta.secretion = 1e-17 g/s
transition.model = tgf_beta_circuit
transition.input_spread = 0.5
)";

inline constexpr Tick one_hour = 60 * ticks_per_minute;

} // namespace paget::test
