#include "run_example.hpp"

#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace paget::test
{
namespace
{
constexpr const char* case_text = R"(
[run]
seed = 3
end = 6 hour
step = 1 hour
[mechanics]
step = 5 min
[output]
series_every = 2 hour
snapshot_every = 3 hour
tracks_every = 3 hour
phases = yes
shape = yes
[probe]
corner = breast 10 10 310 um
middle = lung 0.16 0.16 0.16 mm
[field.oxygen]
unit = mmHg
decay = 0.1 1/min
blood = 45 mmHg
permeability = 6e4 um/min
[cell.cancer]
oxygen.uptake = 10 1/min
cycle.model = live
intravasation.rate.epithelial = 20 1/day
[organ.breast]
founders.type = cancer
founders.count = 60
vessels.source = capillary_bed
vessels.spacing = 80 um
soil = 1
[organ.lung]
vessels.source = capillary_bed
vessels.spacing = 80 um
soil = 0.5
[bed.breast]
flow_share = 1
[bed.lung]
fed_by = veins
drains_to = arteries
capture.single = 0.5
[circulation]
nk.encounters = 0 1/h
extravasation = 1 1/h
)";
} // namespace

output::RunFacts Example::facts() const { return {"test.ini", case_text, "test", body.end}; }

Example read_example()
{
    config::Catalogue catalogue;
    body::declare_parameters(catalogue);
    output::declare_parameters(catalogue);
    config::Case description(catalogue);
    description.read_text(case_text, "test.ini");
    description.check();
    Example example{body::read_body(description), output::read_plan(description)};
    description.throw_if_problems();
    return example;
}

Tick advance(body::Body& body, output::Recorder* recorder, Tick now, Tick end)
{
    const Tick run_end = body.description().end;
    while (now < end) {
        const Tick due = recorder != nullptr ? recorder->next_due(now).value_or(run_end) : run_end;
        const TimeStep step{now, std::min({body.longest_step(now).length, run_end - now, due - now})};
        const body::StepReport report = body.advance(step);
        if (recorder != nullptr) {
            recorder->observe(report);
        }
        now = step.end();
    }
    return now;
}

void run(const std::string& folder, const parallel::Communicator& world)
{
    const Example example = read_example();
    body::Body body(example.body, world);
    output::Recorder recorder(example.plan, folder, body, example.facts());
    advance(body, &recorder, 0, example.body.end);
    recorder.finish(example.body.end, false);
}

} // namespace paget::test
