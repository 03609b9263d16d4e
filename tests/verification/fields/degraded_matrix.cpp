// V6: c mesenchymal cells everywhere, at rest, secrete MMP-2 and degrade the matrix (Franssen et al. 2019, Bull Math
// Biol 81:1965): m = Theta c / Lambda (1 - exp(-Lambda t)), w = exp(-integral (Gamma1 c + Gamma2 m)).

#include "convergence.hpp"

#include "paget/fields/diffusing_field.hpp"
#include "paget/fields/matrix_field.hpp"

namespace paget::fields
{
using namespace testing_fields;

namespace
{
constexpr double time_unit_min = 40'000.0 / 60.0; // of the published dimensionless rates
constexpr double theta = 0.195 / time_unit_min;
constexpr double lambda = 0.1 / time_unit_min;
constexpr double gamma1 = 1.0 / time_unit_min;
constexpr double gamma2 = 1.0 / time_unit_min;
constexpr double cells = 4.0;
constexpr double mmp_limit = 7.8;

double exact_mmp(double t_min) { return theta * cells / lambda * (1.0 - std::exp(-lambda * t_min)); }

double exact_matrix(double t_min)
{
    const double integral = theta * cells / lambda * (t_min - (1.0 - std::exp(-lambda * t_min)) / lambda);
    return std::exp(-(gamma1 * cells * t_min + gamma2 * integral));
}

std::vector<double> degradation(const std::vector<double>& before, const std::vector<double>& after)
{
    std::vector<double> rates;
    for (std::size_t i = 0; i < before.size(); ++i) {
        rates.push_back(gamma1 * cells + gamma2 * 0.5 * (before[i] + after[i]));
    }
    return rates;
}

void expect_exact_history(const mesh::Grid& grid, double step_min, int steps)
{
    const auto comm = parallel::Communicator::world();
    const auto partition = partition_for(grid, comm);
    const auto voxels = static_cast<std::size_t>(partition.box(comm.rank()).volume());
    Substance substance{"mmp2", "1", 6.0, lambda};
    DiffusingField mmp(partition, comm, substance, "test_mmp2_");
    MatrixField matrix(partition, comm, 1.0);
    const std::vector<double> loss(voxels, 0.0);
    const std::vector<double> gain(voxels, theta * cells);
    for (int step = 1; step <= steps; ++step) {
        const auto before = mmp.concentration().owned();
        EXPECT_FALSE(mmp.advance({loss, gain}, step_min).steady);
        matrix.advance(degradation(before, mmp.concentration().owned()), 0.0, step_min);
        const double t = step * step_min;
        const auto everywhere = [](const Vec3&) { return true; };
        EXPECT_LT(largest_error(
                      grid, mmp.concentration(), comm, [&](const Vec3&) { return exact_mmp(t); }, everywhere),
                  1e-3 * mmp_limit);
        EXPECT_LT(largest_error(
                      grid, matrix.density(), comm, [&](const Vec3&) { return exact_matrix(t); }, everywhere),
                  1e-3);
    }
}
} // namespace

TEST(DegradedMatrix, FollowsTheExactHistoryIn3d) { expect_exact_history({{16, 16, 9}, 10.0}, 18.0, 40); }

TEST(DegradedMatrix, FollowsTheExactHistoryIn2d) { expect_exact_history({{33, 20, 1}, 10.0}, 18.0, 40); }

TEST(DegradedMatrix, MmpApproachesItsLimit)
{
    EXPECT_NEAR(theta * cells / lambda, mmp_limit, 1e-12);
    expect_exact_history({{16, 16, 1}, 10.0}, 1000.0, 20); // 20,000 minutes: 95 % of the way
}

} // namespace paget::fields
