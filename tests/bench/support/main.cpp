// The main of every benchmark program: Google Benchmark under MPI and PETSc.

#include "support/bench.hpp"

#include "paget/parallel/session.hpp"
#include "paget/petsc/session.hpp"

#include <cstdio>
#include <cstring>
#include <string_view>

namespace
{
using namespace paget;

/// Only rank 0 reports.
class Silence : public ::benchmark::BenchmarkReporter
{
public:
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>&) override {}
};

/// Takes `--scale=...` (and, on other ranks than 0, the output file) out of the words for Google Benchmark.
bench::Scale take_options(int& argc, char** argv, bool is_root)
{
    bench::Scale scale = bench::Scale::full;
    int kept = 1;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--scale=smoke") {
            scale = bench::Scale::smoke;
        } else if (word == "--scale=quick") {
            scale = bench::Scale::quick;
        } else if (word != "--scale=full" && (is_root || !word.starts_with("--benchmark_out"))) {
            argv[kept++] = argv[i];
        }
    }
    argc = kept;
    return scale;
}

std::size_t run(const bench::Bench& bench)
{
    bench::register_benchmarks(bench);
    if (bench.world().is_root()) {
        return ::benchmark::RunSpecifiedBenchmarks();
    }
    Silence silence;
    return ::benchmark::RunSpecifiedBenchmarks(&silence);
}
} // namespace

int main(int argc, char** argv)
{
    const parallel::Session mpi(argc, argv);
    const auto world = parallel::Communicator::world();
    const bench::Scale scale = take_options(argc, argv, world.is_root());
    ::benchmark::Initialize(&argc, argv);
    if (::benchmark::ReportUnrecognizedArguments(argc, argv)) {
        return 1;
    }
    const petsc::Session petsc(bench::petsc_options());
    const bench::Bench bench(scale, world);
    const bool none = run(bench) == 0;
    if (none && world.is_root()) {
        std::fprintf(stderr, "no benchmark ran: check --benchmark_filter\n");
    }
    return world.any(none || !bench.all_checks_held()) ? 1 : 0;
}
