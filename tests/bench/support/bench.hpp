#pragma once

#include "paget/parallel/communicator.hpp"

#include <benchmark/benchmark.h>

#include <span>
#include <string>
#include <vector>

namespace paget::bench
{

/// How large the problems are: `smoke` shows in a second that a program runs and that its checks hold, `quick` gives
/// figures in about a minute per theme, `full` the figures that docs/benchmarks.md quotes.
enum class Scale { smoke, quick, full };

/// What a program is told when it registers its benchmarks. Lives until all of them have run.
class Bench
{
public:
    Bench(Scale scale, const parallel::Communicator& world) : scale_(scale), world_(&world) {}

    const parallel::Communicator& world() const { return *world_; }
    Scale scale() const { return scale_; }

    template <class T>
    T choose(T smoke, T quick, T full) const
    {
        return scale_ == Scale::smoke ? smoke : (scale_ == Scale::quick ? quick : full);
    }

    /// Registers one benchmark: `run` is called once per repetition with a state of one iteration. Times are process
    /// CPU times, unless `wall` says that ranks work together.
    template <class F>
    void add(const std::string& name, int repetitions, F run, bool wall = false) const
    {
        auto* made = ::benchmark::RegisterBenchmark(name.c_str(), run);
        made->Iterations(1)->Unit(::benchmark::kMillisecond);
        made->Repetitions(scale_ == Scale::smoke ? 1 : repetitions)->ReportAggregatesOnly(false);
        if (wall) {
            made->UseRealTime();
        } else {
            made->MeasureProcessCPUTime();
        }
    }

    /// A numerical check. One that fails marks the benchmark as failed and gives the program a non-zero exit code.
    void require(::benchmark::State& state, bool holds, const std::string& otherwise) const;
    bool all_checks_held() const { return failures_ == 0; }

private:
    Scale scale_;
    const parallel::Communicator* world_;
    mutable int failures_ = 0;
};

/// What a benchmark says besides its time: how much it did per second of its time, and what limits that.
struct Figure {
    std::string unit;       ///< of the figure, e.g. "M voxels/s"
    double amount = 0.0;    ///< done in one iteration, in that unit times seconds
    double bound = 0.0;     ///< largest possible figure on this machine, same unit
    std::string limited_by; ///< what the bound is, with its number
};

/// Adds counters `figure`, `bound` and `share`, and a label with the unit and the bound's name.
void report(::benchmark::State& state, const Figure& figure);

/// Relative errors in the 2-norm and in the largest norm.
struct Errors {
    double l2 = 0.0;
    double maximum = 0.0;
};

Errors errors_of(std::span<const double> values, std::span<const double> reference);

/// Adds counters `error_l2` and `error_max`.
void report(::benchmark::State& state, const Errors& errors);

/// Defined by each program: its benchmarks, in the order in which they run. Called on all ranks.
void register_benchmarks(const Bench& bench);

/// Defined by each program: options for PETSc, as words of a command line.
std::vector<std::string> petsc_options();

} // namespace paget::bench
