#include "paget/petsc/linear_system.hpp"

#include "paget/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace paget::petsc
{

TEST(LinearSystem, SolvesAChainOfSpringsExactly)
{
    // 2 x0 - x1 = 0, -x0 + 2 x1 - x2 = 0, -x1 + 2 x2 = 4: x = (1, 2, 3); one entry comes in two parts.
    const std::vector<double> rhs{0.0, 0.0, 4.0};
    const std::vector<MatrixEntry> entries{{2, 2, 2.0}, {0, 0, 0.5},  {0, 1, -1.0}, {1, 0, -1.0},
                                           {1, 1, 2.0}, {1, 2, -1.0}, {2, 1, -1.0}, {0, 0, 1.5}};
    EXPECT_THAT(solve_linear_system(entries, rhs, "springs"),
                testing::Pointwise(testing::DoubleNear(1e-14), {1.0, 2.0, 3.0}));
    EXPECT_TRUE(solve_linear_system({}, {}, "nothing").empty());
}

TEST(LinearSystem, GivesTheSameBitsEveryTime)
{
    std::vector<MatrixEntry> entries;
    std::vector<double> rhs;
    for (int i = 0; i < 500; ++i) {
        entries.push_back({i, i, 2.5 + 0.01 * (i % 7)});
        entries.push_back({i, (i + 1) % 500, -1.0});
        entries.push_back({i, (i + 37) % 500, -0.3});
        rhs.push_back(1.0 / (1.0 + i));
    }
    EXPECT_EQ(solve_linear_system(entries, rhs, "a"), solve_linear_system(entries, rhs, "b"));
}

TEST(LinearSystem, ASingularOneIsRefusedByItsName)
{
    const std::vector<double> rhs{1.0, 1.0};
    EXPECT_THAT(
        [&] {
            solve_linear_system({{0, 0, 1.0}, {0, 1, -1.0}, {1, 0, -1.0}, {1, 1, 1.0}}, rhs, "vessels of lung");
        },
        testing::ThrowsMessage<NumericalError>(testing::HasSubstr("vessels of lung")));
    EXPECT_THROW(solve_linear_system({{0, 5, 1.0}}, rhs, "x"), BugError);
}

} // namespace paget::petsc
