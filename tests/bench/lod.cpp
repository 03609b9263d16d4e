// Six simulated minutes of oxygen among slowly moving cells: Paget in one step, against locally one-dimensional
// splitting at 0.01 min, in BioFVM's data layout and optimised.

#include "support/bench.hpp"
#include "support/machine.hpp"
#include "support/model_problem.hpp"
#include "twins/optimised_lod.hpp"
#include "twins/plain_lod.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace paget::bench
{
namespace
{
constexpr double lod_step_min = 0.01;     ///< BioFVM's and PhysiCell's default
constexpr double uptake_update_min = 0.1; ///< PhysiCell moves cells that often
constexpr int reference_steps = 60;

/// The six minutes on one size of grid: start, and the end by many small implicit steps.
class SixMinutes
{
public:
    SixMinutes(int edge, const parallel::Communicator& comm) : problem_(edge, {1, 1, 1}, comm) {}

    const ModelProblem& problem() const { return problem_; }

    const std::vector<double>& start()
    {
        if (start_.empty()) {
            const std::vector<double> loss = problem_.loss_per_min(0.0);
            fields::DiffusingField field = problem_.make_field(1e-10, "start_");
            field.solve_steady(problem_.reaction(loss));
            start_ = field.concentration().owned();
        }
        return start_;
    }

    const std::vector<double>& end()
    {
        if (end_.empty()) {
            end_ = implicit_steps(reference_steps);
        }
        return end_;
    }

    /// Steps of SDIRK2, each with the loss of its middle.
    std::vector<double> implicit_steps(int steps)
    {
        fields::Substance oxygen = testing_fields::oxygen();
        oxygen.tolerance = 1e-8;
        oxygen.scheme = fields::Scheme::implicit;
        const parallel::Communicator self = parallel::Communicator::self();
        fields::DiffusingField field(problem_.partition(), self, oxygen, "fine_");
        field.assign(start());
        for (int step = 0; step < steps; ++step) {
            const std::vector<double> loss = problem_.loss_per_min((step + 0.5) / steps);
            field.advance(problem_.reaction(loss), ModelProblem::minutes / steps);
        }
        return field.concentration().owned();
    }

    LodProblem lod(double step_min) const
    {
        return {problem_.edge(), 1e5 / 400.0, 0.1, ModelProblem::wall_mmHg, step_min};
    }

private:
    ModelProblem problem_;
    std::vector<double> start_;
    std::vector<double> end_;
};

/// Lets a twin make the first `steps` of its steps. `pause` and `resume` stand around the making of new rates.
template <class Lod, class Pause, class Resume>
void run_lod(Lod& lod, const ModelProblem& problem, double step_min, int steps, Pause pause, Resume resume)
{
    const int between = static_cast<int>(std::lround(uptake_update_min / step_min));
    for (int step = 0; step < steps; ++step) {
        if (step % between == 0) {
            pause();
            const double middle_min = (step + 0.5 * between) * step_min;
            const std::vector<double> loss = problem.loss_per_min(middle_min / ModelProblem::minutes);
            resume();
            lod.set_uptake_per_min(loss);
        }
        lod.step();
    }
}

template <class Lod>
void run_lod(::benchmark::State& state, Lod& lod, const ModelProblem& problem, double step_min, int steps)
{
    run_lod(
        lod, problem, step_min, steps, [&] { state.PauseTiming(); }, [&] { state.ResumeTiming(); });
}

int all_steps(double step_min) { return static_cast<int>(std::lround(ModelProblem::minutes / step_min)); }

/// Figure and bound of a twin. Both twins do the same arithmetic, so the bound is the traffic of the lean one.
void report_lod(::benchmark::State& state, const ModelProblem& problem, int steps)
{
    const double working_set = 2.0 * sizeof(double) * problem.voxels();
    const double triad = triad_bytes_per_s(static_cast<std::size_t>(working_set));
    const double bytes = OptimisedLod::bytes_per_voxel_step;
    state.counters["steps_timed"] = steps;
    state.counters["steps_of_six_minutes"] = all_steps(lod_step_min);
    report(state, {"M voxel steps/s", problem.voxels() * steps / 1e6, triad / bytes / 1e6,
                   fmt::format("triad of the same size {:.1f} GB/s; {:.0f} B per voxel and step", triad / 1e9, bytes)});
}

void measure_paget(::benchmark::State& state, const Bench& bench, double tolerance, SixMinutes& six)
{
    const ModelProblem& problem = six.problem();
    const std::vector<double> loss = problem.loss_per_min(1.0);
    fields::DiffusingField field = problem.make_field(tolerance, "coupled_", tolerance);
    field.assign(six.start());
    field.advance(problem.reaction(loss), ModelProblem::minutes); // so that its memory is there
    field.assign(six.start());
    fields::SolveReport result;
    for (auto iteration : state) {
        result = field.advance(problem.reaction(loss), ModelProblem::minutes);
    }
    const Errors errors = errors_of(field.concentration().owned(), six.end());
    report(state, errors);
    state.counters["cycles"] = result.iterations;
    state.counters["steps"] = result.steps;
    state.SetLabel("one coupling step | field_solve has the bound");
    bench.require(state, errors.maximum < std::max(1e-3, 2.0 * tolerance),
                  fmt::format("maximum error {:.1e} at tolerance {:.0e}", errors.maximum, tolerance));
}

void measure_optimised(::benchmark::State& state, const Bench& bench, SixMinutes& six)
{
    const ModelProblem& problem = six.problem();
    OptimisedLod lod(six.lod(lod_step_min));
    lod.set_density(six.start());
    const int steps = all_steps(lod_step_min);
    for (auto iteration : state) {
        run_lod(state, lod, problem, lod_step_min, steps);
    }
    const Errors errors = errors_of(lod.density(), six.end());
    report(state, errors);
    report_lod(state, problem, steps);
    bench.require(state, errors.l2 < 0.05, fmt::format("error {:.1e}: this is another problem", errors.l2));
}

/// A part of the 600 steps. The error of the whole is the optimised twin's, because the two agree.
void measure_plain(::benchmark::State& state, const Bench& bench, int steps, SixMinutes& six)
{
    const ModelProblem& problem = six.problem();
    PlainLod plain(six.lod(lod_step_min));
    plain.set_density(six.start());
    for (auto iteration : state) {
        run_lod(state, plain, problem, lod_step_min, steps);
    }
    OptimisedLod optimised(six.lod(lod_step_min));
    optimised.set_density(six.start());
    run_lod(
        optimised, problem, lod_step_min, steps, [] {}, [] {});
    const Errors difference = errors_of(plain.density(), optimised.density());
    state.counters["difference_of_twins"] = difference.maximum;
    bench.require(state, difference.maximum < 1e-11, "the two twins differ");
    report_lod(state, problem, steps);
}

/// How far the reference is from one with half as many steps, and from splitting with its leading error taken out by
/// Richardson extrapolation (2 u(dt/2) - u(dt)), a method that shares nothing with it.
void measure_reference(::benchmark::State& state, const Bench& bench, SixMinutes& six)
{
    for (auto iteration : state) {
        std::vector<std::vector<double>> ends;
        for (const double step_min : {lod_step_min, 0.5 * lod_step_min}) {
            OptimisedLod lod(six.lod(step_min));
            lod.set_density(six.start());
            run_lod(state, lod, six.problem(), step_min, all_steps(step_min));
            ends.push_back(lod.density());
        }
        for (std::size_t v = 0; v < ends[1].size(); ++v) {
            ends[1][v] = 2.0 * ends[1][v] - ends[0][v];
        }
        report(state, errors_of(ends[1], six.end()));
        const double before = errors_of(ends[0], six.end()).maximum;
        const double after = errors_of(ends[1], six.end()).maximum;
        state.counters["halved_steps_max"] = errors_of(six.implicit_steps(reference_steps / 2), six.end()).maximum;
        bench.require(state, after < 0.3 * before, "splitting does not converge to the reference");
    }
    state.SetLabel("how good the reference is | error: Richardson-extrapolated splitting against it");
}
} // namespace

void register_benchmarks(const Bench& bench)
{
    const int edge = bench.choose(20, 64, 128);
    const auto six = std::make_shared<SixMinutes>(edge, bench.world());
    const auto name = [edge](const char* what) { return fmt::format("lod/{}/{}", what, edge); };
    const auto add_paget = [&](const char* what, double tolerance) {
        bench.add(name(what), 5,
                  [&bench, six, tolerance](auto& state) { measure_paget(state, bench, tolerance, *six); });
    };
    add_paget("paget_1e-3", 1e-3);
    add_paget("paget_1e-4", 1e-4);
    add_paget("paget_1e-5", 1e-5);
    bench.add(name("optimised"), 2, [&bench, six](auto& state) { measure_optimised(state, bench, *six); });
    const int steps = bench.choose(10, 20, 20);
    bench.add(name("plain"), 2, [&bench, six, steps](auto& state) { measure_plain(state, bench, steps, *six); });
    bench.add(name("reference"), 1, [&bench, six](auto& state) { measure_reference(state, bench, *six); });
}

std::vector<std::string> petsc_options() { return {}; }

} // namespace paget::bench
