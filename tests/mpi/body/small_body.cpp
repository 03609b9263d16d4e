#include "small_body.hpp"

#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"
#include "paget/io/state_hash.hpp"

#include <algorithm>

namespace paget::test
{
namespace
{
constexpr const char* case_text = R"(
[run]
seed = 3
end = 1 day
step = 1 hour
[mechanics]
step = 5 min
[field.oxygen]
unit = mmHg
decay = 0.1 1/min
blood = 45 mmHg
permeability = 6e4 um/min
[field.il6]
unit = ng/ml
decay = 0.05 1/min
[cell.cancer]
oxygen.uptake = 10 1/min
il6.secretion = 1e-18 g/s
cycle.model = live
cycle.oxygen_saturation = 45 mmHg
intravasation.rate.epithelial = 15 1/day
intravasation.cluster_probability = 0.3
[organ.breast]
founders.type = cancer
founders.count = 60
vessels.source = capillary_bed
vessels.spacing = 80 um
soil = 1
[organ.lung]
size.z = 160 um
vessels.source = capillary_bed
vessels.spacing = 80 um
soil = 0.5
[bed.breast]
flow_share = 1
[bed.lung]
fed_by = veins
drains_to = arteries
capture.single = 0.5
[bed.rest]
flow_share = 9
[circulation]
nk.encounters = 0 1/h
extravasation = 1 1/h
)";
} // namespace

body::BodyDescription small_body(const std::map<std::string, std::string>& keys, const std::string& more)
{
    config::Catalogue catalogue;
    body::declare_parameters(catalogue);
    config::Case description(catalogue);
    description.read_text(case_text + more, "small.ini");
    for (const auto& [key, value] : keys) {
        description.set_from_command_line(key, value);
    }
    description.check();
    body::BodyDescription body = body::read_body(description);
    description.throw_if_problems();
    return body;
}

body::StepReport live_until(body::Body& body, Tick begin, Tick end)
{
    body::StepReport report;
    for (Tick now = begin; now < end; now = report.step.end()) {
        report = body.advance({now, std::min(body.longest_step(now).length, end - now)});
    }
    return report;
}

Pieces pieces_of(const body::Body& body)
{
    io::StateHash hash(body.world());
    body.write_state(hash);
    return hash.pieces();
}

} // namespace paget::test
