// The main of every test program: GoogleTest under MPI and PETSc.

#include "paget/parallel/communicator.hpp"
#include "paget/parallel/session.hpp"
#include "paget/petsc/session.hpp"

#include <gtest/gtest.h>

#include <cstdio>

namespace
{
/// Ranks other than 0 say only what failed.
class QuietListener : public testing::EmptyTestEventListener
{
    void OnTestPartResult(const testing::TestPartResult& result) override
    {
        if (result.failed()) {
            std::fprintf(stderr, "[rank %d] %s:%d: %s\n", rank_, result.file_name(), result.line_number(),
                         result.message());
        }
    }

public:
    explicit QuietListener(int rank) : rank_(rank) {}

private:
    int rank_;
};
} // namespace

int main(int argc, char** argv)
{
    testing::InitGoogleTest(&argc, argv);
    const paget::parallel::Session mpi(argc, argv);
    const paget::petsc::Session petsc({});
    const auto world = paget::parallel::Communicator::world();
    auto& listeners = testing::UnitTest::GetInstance()->listeners();
    if (!world.is_root()) {
        delete listeners.Release(listeners.default_result_printer());
        listeners.Append(new QuietListener(world.rank()));
    }
    const bool failed = RUN_ALL_TESTS() != 0;
    const bool none = testing::UnitTest::GetInstance()->test_to_run_count() == 0;
    if (none && world.is_root()) {
        std::fprintf(stderr, "no test ran: check the filter\n");
    }
    return world.any(failed || none) ? 1 : 0;
}
