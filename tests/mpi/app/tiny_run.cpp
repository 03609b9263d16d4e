#include "tiny_run.hpp"

#include "paget/io/state_hash.hpp"

namespace paget::test
{
namespace
{
constexpr const char* case_text = R"(
[run]
seed = 11
end = 1 day
step = 1 hour
[mechanics]
step = 5 min
[field.oxygen]
unit = mmHg
decay = 0.1 1/min
blood = 45 mmHg
permeability = 6e4 um/min
[cell.cancer]
oxygen.uptake = 10 1/min
cycle.model = live
cycle.oxygen_saturation = 45 mmHg
intravasation.rate.epithelial = 15 1/day
intravasation.cluster_probability = 0.3
[organ.breast]
size.x = 160 um
size.y = 160 um
size.z = 160 um
founders.type = cancer
founders.count = 40
vessels.source = capillary_bed
vessels.spacing = 80 um
soil = 1
[organ.lung]
size.x = 160 um
size.y = 160 um
size.z = 20 um
soil = 0.5
[bed.breast]
flow_share = 1
[bed.lung]
fed_by = veins
drains_to = arteries
capture.single = 0.5
[circulation]
nk.encounters = 0 1/h
extravasation = 0.5 1/h
)";

app::LoadedCase loaded_from(const std::string& text, const std::string& name)
{
    app::CommandLine line;
    line.command = app::CommandLine::Command::run;
    line.subject = name;
    return app::load_case(line, text);
}
} // namespace

app::LoadedCase tiny_case() { return loaded_from(case_text, "tiny.ini"); }

app::LoadedCase case_of(const app::CheckpointFacts& facts) { return loaded_from(facts.resolved_case, facts.case_file); }

app::CheckpointFacts plain_facts(const app::LoadedCase& loaded, Tick now)
{
    app::CheckpointFacts facts;
    facts.now = now;
    facts.seed = loaded.body.seed;
    facts.case_file = "tiny.ini";
    facts.resolved_case = loaded.resolved;
    facts.outputs.series_bytes = 4711;
    facts.outputs.series_rows = 3;
    facts.outputs.event_bytes = 815;
    facts.outputs.snapshots = {{"snapshots/000000.h5", 0.0, {40, 0}}};
    facts.outputs.last_row = now;
    facts.outputs.start.organs.resize(2);
    facts.outputs.solver = {{3, 12}, {2, 8}};
    app::RunRecord run;
    run.began = "2026-03-01T10:00:00Z";
    run.version = "0.1.0";
    run.command = "paget run tiny.ini";
    run.ranks = 4;
    run.hosts = {"n1", "n2"};
    run.slurm_job = "42";
    run.to = now;
    run.wall_seconds = 90.0;
    facts.history.runs = {run};
    return facts;
}

std::uint64_t hash_of(const body::Body& body)
{
    io::StateHash hash(body.world());
    body.write_state(hash);
    return hash.value();
}

} // namespace paget::test
