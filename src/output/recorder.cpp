#include "paget/output/recorder.hpp"

#include "event_log.hpp"
#include "leftovers.hpp"
#include "paget/io/agreement.hpp"
#include "paget/io/durable.hpp"
#include "paget/io/hdf5_state.hpp"
#include "paget/io/state_hash.hpp"
#include "performance.hpp"
#include "progress.hpp"
#include "quantities/quantities.hpp"
#include "results.hpp"
#include "series.hpp"
#include "track_log.hpp"
#include "vessel_scene.hpp"
#include "xdmf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <numeric>

namespace paget::output
{
namespace
{
/// What only rank 0 writes and shows.
struct RootFiles {
    Series series;
    EventLog events;
    std::optional<TrackLog> tracks;
    Progress progress;
};

std::optional<Tick> next_multiple(Tick every, Tick now)
{
    return every > 0 ? std::optional((now / every + 1) * every) : std::nullopt;
}

bool is_due(Tick every, Tick now) { return every > 0 && now % every == 0; }

std::int64_t living_cells(const body::BodyCensus& census)
{
    std::int64_t living = 0;
    for (const auto& organ : census.organs) {
        living += organ.living();
    }
    return living;
}

std::int64_t cells_in_tissue(const body::BodyCensus& census)
{
    std::int64_t cells = 0;
    for (const auto& organ : census.organs) {
        for (const auto& fates : organ.cells) {
            cells = std::accumulate(fates.begin(), fates.end(), cells);
        }
    }
    return cells;
}

/// Solver work of each organ: what was done before this run began, and by it. Collective.
std::vector<organ::SolverTotals> solver_totals(const body::Body& body, const std::vector<organ::SolverTotals>& before)
{
    std::vector<organ::SolverTotals> totals = body.solver_totals();
    for (std::size_t i = 0; i < std::min(totals.size(), before.size()); ++i) {
        totals[i].solves += before[i].solves;
        totals[i].iterations += before[i].iterations;
    }
    return totals;
}
} // namespace

struct Recorder::Impl {
    Plan plan;
    std::string folder;
    const body::Body* body;
    RunFacts facts;
    Stamp stamp;
    std::optional<RootFiles> root; ///< on rank 0
    body::BodyCensus start;
    std::vector<organ::SolverTotals> solver_before; ///< this run; empty if it continues none
    Seedings seedings;                              ///< on rank 0
    std::vector<Snapshot> snapshots;
    std::optional<Tick> last_row;
    std::optional<Tick> last_snapshot;
    parallel::Meter outputs;
    parallel::Meter checkpoints;
    parallel::Meter balance;
    std::int64_t steps = 0;      ///< since this recorder began
    std::int64_t cell_steps = 0; ///< cells in tissue, over these steps
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();

    Impl(const Plan& the_plan, std::string the_folder, const body::Body& the_body, RunFacts the_facts)
        : plan(the_plan),
          folder(std::move(the_folder)),
          body(&the_body),
          facts(std::move(the_facts)),
          stamp{facts.resolved_case, the_body.description().seed}
    {
    }

    const parallel::Communicator& world() const { return body->world(); }
    Sample sample(const body::BodyCensus& census, Tick now) const;
    void open_files();
    void reopen_files(const StreamPositions& positions, Tick now);
    void reopen_tracks(std::uint64_t bytes);
    void write_pointers();
    void write_row(const body::BodyCensus& census, Tick now);
    void write_pictures(Tick now);
    void write_tracks(Tick now);
    void note_seedings(const std::vector<organ::SeedingEvent>& mine);
    void write_last(const body::BodyCensus& census, Tick now);
    std::uint64_t state_hash() const;
    Results results(const body::BodyCensus& census, Tick now, bool stopped_early);
    Performance performance() const;
};

void Recorder::Impl::open_files()
{
    io::agreed_on_root(world(), [this] {
        io::make_folder(folder + "/snapshots");
        root.emplace(RootFiles{Series(folder, stamp), EventLog(folder, body->description()), std::nullopt,
                               Progress(facts.end, stdout_is_terminal())});
        if (plan.tracks_every > 0) {
            root->tracks.emplace(folder, body->description());
        }
        write_vessels(body->description(), folder);
        io::write_whole_file(folder + "/vessels.xmf", vessels_xmf(body->description(), {}));
    });
}

/// The columns of the time series are those that the body would give now.
void Recorder::Impl::reopen_files(const StreamPositions& positions, Tick now)
{
    const Row columns = make_row(sample(body->census(), now));
    io::agreed_on_root(world(), [&] {
        io::make_folder(folder + "/snapshots");
        root.emplace(RootFiles{Series(folder, stamp, positions.series_bytes, columns),
                               EventLog(folder, body->description(), positions.event_bytes), std::nullopt,
                               Progress(facts.end, stdout_is_terminal(), positions.wall_seconds)});
        reopen_tracks(positions.track_bytes);
        write_pointers();
        root->series.write_hdf5();
        remove_leftovers(folder, snapshots.size(), root->tracks.has_value()); // last: nothing points to them any more
    });
}

/// Tracks of earlier are kept, up to here, also while none are added.
void Recorder::Impl::reopen_tracks(std::uint64_t bytes)
{
    if (bytes > 0 && (plan.tracks_every > 0 || std::filesystem::exists(folder + "/tracks.csv"))) {
        root->tracks.emplace(folder, body->description(), bytes);
    } else if (plan.tracks_every > 0) {
        root->tracks.emplace(folder, body->description());
    }
}

Sample Recorder::Impl::sample(const body::BodyCensus& census, Tick now) const
{
    Sample sample;
    sample.now = now;
    sample.body = &body->description();
    sample.census = census;
    sample.fields = body->field_summaries();
    sample.sample_ml = plan.sample_ml;
    sample.blood_sample = draw_blood(body->description(), census, plan.sample_ml, now);
    sample.types = plan.types ? count_types(*body) : TypeCounts{};
    sample.phases = plan.phases ? count_phases(*body) : PhaseCounts{};
    sample.shapes = plan.shape ? measure_shapes(*body) : std::vector<Shape>{};
    sample.probes = plan.probes;
    sample.probed = read_probes(*body, plan.probes);
    return sample;
}

void Recorder::Impl::write_row(const body::BodyCensus& census, Tick now)
{
    const Sample seen = sample(census, now);
    io::agreed_on_root(world(), [&] { root->series.append(make_row(seen)); });
    last_row = now;
}

/// The files that ParaView opens.
void Recorder::Impl::write_pointers()
{
    io::write_whole_file(folder + "/fields.xmf", fields_xmf(body->description(), snapshots));
    io::write_whole_file(folder + "/cells.xmf", cells_xmf(body->description(), snapshots));
    if (body->description().has_angiogenesis()) {
        io::write_whole_file(folder + "/vessels.xmf", vessels_xmf(body->description(), snapshots));
    }
}

/// The files that name the snapshots are replaced only after the snapshot is whole.
void Recorder::Impl::write_pictures(Tick now)
{
    snapshots.push_back(write_snapshot(*body, folder, static_cast<int>(snapshots.size()), now, stamp));
    io::agreed_on_root(world(), [this] {
        write_pointers();
        root->series.write_hdf5();
    });
    last_snapshot = now;
}

void Recorder::Impl::write_tracks(Tick now)
{
    std::vector<TrackedCell> cells = track_cells(*body);
    io::agreed_on_root(world(), [&] { root->tracks->append(std::move(cells), now); });
}

void Recorder::Impl::note_seedings(const std::vector<organ::SeedingEvent>& mine)
{
    if (!world().any(!mine.empty())) {
        return;
    }
    auto all = world().gather(std::span<const organ::SeedingEvent>(mine));
    io::agreed_on_root(world(), [&] {
        seedings.add(all);
        root->events.append(std::move(all));
    });
}

void Recorder::Impl::write_last(const body::BodyCensus& census, Tick now)
{
    if (last_row != now) {
        write_row(census, now);
    }
    if (last_snapshot != now) {
        write_pictures(now);
    }
    io::Hdf5StateWriter writer(folder + "/state.h5", world());
    body->write_state(writer);
    write_stamp(writer, stamp);
    writer.commit();
}

std::uint64_t Recorder::Impl::state_hash() const
{
    io::StateHash hash(world());
    body->write_state(hash);
    return hash.value();
}

Results Recorder::Impl::results(const body::BodyCensus& census, Tick now, bool stopped_early)
{
    Results results;
    results.facts = facts;
    results.body = &body->description();
    results.folder = folder;
    results.now = now;
    results.stopped_early = stopped_early;
    results.start = start;
    results.end = census;
    results.seedings = seedings;
    results.sample_ml = plan.sample_ml;
    results.sample = draw_blood(body->description(), census, plan.sample_ml, now);
    results.solver = solver_totals(*body, solver_before);
    results.performance = performance();
    for (const auto& placement : body->layout()) {
        results.ranks.push_back(placement.ranks);
    }
    results.world_size = world().size();
    results.wall_seconds = root ? root->progress.wall_seconds() : 0.0;
    return results;
}

Performance Recorder::Impl::performance() const
{
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began;
    return measure_performance(*body, outputs, checkpoints, balance,
                               {seconds.count(), steps, cell_steps, solver_totals(*body, {})});
}

Recorder::Recorder(const Plan& plan, const std::string& folder, const body::Body& body, RunFacts facts)
    : impl_(std::make_unique<Impl>(plan, folder, body, std::move(facts)))
{
    const auto measured = impl_->outputs.measure();
    impl_->open_files();
    impl_->start = body.census();
    impl_->write_row(impl_->start, 0);
    impl_->write_pictures(0);
    if (plan.tracks_every > 0) {
        impl_->write_tracks(0);
    }
}

Recorder::Recorder(const Plan& plan, const std::string& folder, const body::Body& body, RunFacts facts,
                   const StreamPositions& positions, Tick now)
    : impl_(std::make_unique<Impl>(plan, folder, body, std::move(facts)))
{
    impl_->start = positions.start;
    impl_->solver_before = positions.solver;
    impl_->seedings = Seedings(positions.seedings);
    impl_->snapshots = positions.snapshots;
    impl_->last_row = positions.last_row;
    impl_->last_snapshot = positions.last_snapshot;
    impl_->reopen_files(positions, now);
}

Recorder::~Recorder() = default;

std::optional<Tick> Recorder::next_due(Tick now) const
{
    std::optional<Tick> next;
    for (const Tick every : {impl_->plan.series_every, impl_->plan.snapshot_every, impl_->plan.tracks_every}) {
        const auto due = next_multiple(every, now);
        next = next && due ? std::min(*next, *due) : (next ? next : due);
    }
    return next;
}

parallel::Meter& Recorder::checkpoint_meter() { return impl_->checkpoints; }

parallel::Meter& Recorder::balance_meter() { return impl_->balance; }

void Recorder::observe(const body::StepReport& report)
{
    const auto measured = impl_->outputs.measure();
    ++impl_->steps;
    impl_->cell_steps += cells_in_tissue(report.census);
    const Tick now = report.step.end();
    impl_->note_seedings(report.seedings);
    if (is_due(impl_->plan.series_every, now)) {
        impl_->write_row(report.census, now);
    }
    if (is_due(impl_->plan.snapshot_every, now)) {
        impl_->write_pictures(now);
    }
    if (is_due(impl_->plan.tracks_every, now)) {
        impl_->write_tracks(now);
    }
    if (impl_->root) {
        const auto& blood = report.census.in_blood;
        impl_->root->progress.show({now, living_cells(report.census), blood.all_cells(), impl_->seedings.seeded()});
    }
}

StreamPositions Recorder::positions() const
{
    StreamPositions positions;
    io::agreed_on_root(impl_->world(), [this] {
        impl_->root->series.sync();
        impl_->root->events.sync();
        if (impl_->root->tracks) {
            impl_->root->tracks->sync();
        }
    });
    if (impl_->root) {
        positions.series_bytes = impl_->root->series.bytes();
        positions.series_rows = impl_->root->series.row_count();
        positions.event_bytes = impl_->root->events.bytes();
        positions.track_bytes = impl_->root->tracks ? impl_->root->tracks->bytes() : 0;
        positions.wall_seconds = impl_->root->progress.wall_seconds();
    }
    positions.snapshots = impl_->snapshots;
    positions.last_row = impl_->last_row;
    positions.last_snapshot = impl_->last_snapshot;
    positions.start = impl_->start;
    positions.seedings = impl_->seedings.counts();
    positions.solver = solver_totals(*impl_->body, impl_->solver_before);
    std::string text = text_of(positions); // rank 0 alone knows files and seedings
    impl_->world().broadcast(text);
    return positions_from(text);
}

void Recorder::say(const std::string& line)
{
    if (impl_->root) {
        impl_->root->progress.finish();
        fmt::print("{}\n", line);
        std::fflush(stdout);
    }
}

void Recorder::finish(Tick now, bool stopped_early, const body::BalanceRecord& balance)
{
    const body::BodyCensus census = impl_->body->census();
    if (!stopped_early) {
        const auto measured = impl_->outputs.measure();
        impl_->write_last(census, now);
    }
    Results results = impl_->results(census, now, stopped_early);
    results.state_hash = impl_->state_hash();
    results.balance = balance;
    io::agreed_on_root(impl_->world(), [&] {
        impl_->root->series.write_hdf5();
        io::write_whole_file(impl_->folder + "/summary.json", summary_json(results));
        impl_->root->progress.finish();
        fmt::print("{}", result_table(results));
        std::fflush(stdout);
    });
}

} // namespace paget::output
