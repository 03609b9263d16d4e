// One field solve: cold and warm, by Paget's multigrid and by PETSc's algebraic one on the assembled matrix.

#include "support/bench.hpp"
#include "support/machine.hpp"
#include "support/model_problem.hpp"

#include <fmt/format.h>

#include <memory>

namespace paget::bench
{
namespace
{
/// What a solve moves per voxel besides its cycles: checks, coefficients, right-hand side and result (counted in
/// docs/benchmarks.md).
constexpr double bytes_per_voxel_and_solve = 96.0;

/// What a solve keeps in memory per voxel, roughly: for the triad of the same size.
constexpr double working_set_bytes_per_voxel = 60.0;

/// The model problem of one size with its reference solutions and the fields that solve it, made when first asked for.
class Workbench
{
public:
    Workbench(int edge, const parallel::Communicator& comm)
        : problem_(edge, {1, 1, 1}, comm),
          loss_{problem_.loss_per_min(0.0), problem_.loss_per_min(1.0)}
    {
    }

    const ModelProblem& problem() const { return problem_; }
    fields::Reaction reaction(bool moved) const { return problem_.reaction(loss_[moved]); }

    /// The quasi-steady solution to 1e-12, before or after the cells moved.
    const std::vector<double>& reference(bool moved)
    {
        if (reference_[moved].empty()) {
            fields::DiffusingField field = problem_.make_field(1e-12, "reference_");
            field.solve_steady(reaction(moved));
            reference_[moved] = field.concentration().owned();
        }
        return reference_[moved];
    }
    /// How well the reference obeys the equation, by plain loops.
    double reference_residual(bool moved) { return problem_.relative_residual(loss_[moved], reference(moved)); }

    /// A field that has solved before, so that its memory is there. The last one is kept for those who ask again.
    fields::DiffusingField& field(const std::string& prefix, double tolerance)
    {
        if (prefix != prefix_) {
            field_.reset();
            field_ = std::make_unique<fields::DiffusingField>(problem_.make_field(tolerance, prefix));
            field_->solve_steady(reaction(false));
            prefix_ = prefix;
        }
        return *field_;
    }

    double triad()
    {
        if (triad_ == 0.0) {
            const double bytes = working_set_bytes_per_voxel * problem_.voxels();
            triad_ = triad_bytes_per_s(static_cast<std::size_t>(bytes));
        }
        return triad_;
    }

private:
    ModelProblem problem_;
    std::array<std::vector<double>, 2> loss_;
    std::array<std::vector<double>, 2> reference_;
    std::string prefix_;
    std::unique_ptr<fields::DiffusingField> field_;
    double triad_ = 0.0;
};

struct Solve {
    std::string prefix;
    double tolerance = 1e-6;
    double allowed_error = 1e-5;
    bool moved = false; ///< solve for the cells where they are after the six minutes
    enum class Start { zero, before, solution } start = Start::zero;
};

std::vector<double> start_of(const Solve& solve, Workbench& work)
{
    if (solve.start == Solve::Start::zero) {
        return std::vector<double>(work.problem().owned(), 0.0);
    }
    return work.reference(solve.start == Solve::Start::solution && solve.moved);
}

/// The bytes of the whole solve over its time.
void report_traffic(::benchmark::State& state, Workbench& work, int cycles)
{
    const double bytes =
        (fields::bytes_per_voxel_and_cycle * cycles + bytes_per_voxel_and_solve) * work.problem().voxels();
    report(state, {"GB/s", bytes / 1e9, work.triad() / 1e9,
                   fmt::format("triad of the same size {:.1f} GB/s; {:.0f} B per voxel and cycle, {:.0f} besides",
                               work.triad() / 1e9, fields::bytes_per_voxel_and_cycle, bytes_per_voxel_and_solve)});
}

void measure(::benchmark::State& state, const Bench& bench, const Solve& solve, Workbench& work)
{
    const double voxels = work.problem().voxels();
    fields::DiffusingField& field = work.field(solve.prefix, solve.tolerance);
    field.assign(start_of(solve, work));
    fields::SolveReport result;
    for (auto iteration : state) {
        result = field.solve_steady(work.reaction(solve.moved));
    }
    const Errors errors = errors_of(field.concentration().owned(), work.reference(solve.moved));
    report(state, errors);
    state.counters["cycles"] = result.iterations;
    state.counters["voxels"] = voxels;
    bench.require(
        state, errors.maximum < solve.allowed_error && errors.l2 < solve.allowed_error,
        fmt::format("error {:.2e} and {:.2e}, allowed {:.0e}", errors.l2, errors.maximum, solve.allowed_error));
    bench.require(state, work.reference_residual(solve.moved) < 1e-9, "the reference does not obey the equation");
    if (solve.start == Solve::Start::solution && !solve.prefix.starts_with("gamg")) {
        report(state, {"M voxels/s", voxels / 1e6, 0.0, "new coefficients, copies, at most one cycle"});
    } else if (solve.prefix.starts_with("gamg")) {
        report(state, {"M voxels/s", voxels / 1e6, 0.0, "assembled matrix, algebraic multigrid, with its set-up"});
    } else {
        report_traffic(state, work, result.iterations);
    }
}

void add(const Bench& bench, const std::string& name, int repetitions, const Solve& solve,
         const std::shared_ptr<Workbench>& work)
{
    bench.add(fmt::format("field_solve/{}/{}", name, work->problem().edge()), repetitions,
              [&bench, solve, work](auto& state) { measure(state, bench, solve, *work); });
}
} // namespace

void register_benchmarks(const Bench& bench)
{
    using Start = Solve::Start;
    const auto sizes = bench.choose<std::vector<int>>({20}, {64, 128}, {64, 128, 200, 256});
    for (const int edge : sizes) {
        const auto work = std::make_shared<Workbench>(edge, bench.world());
        add(bench, "cold_1e-6", edge == 256 ? 1 : 5, {"own_", 1e-6, 1e-5, false, Start::zero}, work);
        if (edge == 256) {
            continue; // only to show that cycles do not grow
        }
        add(bench, "set_up", 5, {"own_", 1e-6, 1e-5, false, Start::solution}, work);
        add(bench, "warm_1e-4", 5, {"loose_", 1e-4, 1e-3, true, Start::before}, work);
        if (edge <= bench.choose(20, 64, 128)) {
            add(bench, "gamg_cold_1e-6", 2, {"gamg_", 1e-6, 1e-4, false, Start::zero}, work);
            add(bench, "gamg_set_up", 2, {"gamg_", 1e-6, 1e-4, false, Start::solution}, work);
        }
    }
}

std::vector<std::string> petsc_options() { return {"-gamg_pc_type", "gamg"}; }

} // namespace paget::bench
