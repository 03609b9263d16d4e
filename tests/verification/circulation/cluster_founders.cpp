// V15: expected founders of a cluster of n cells, with disaggregation 0.5 per cell, survival 5e-4 of singles and 0.025
// of clusters: between 14 and 52 times that of a single, as Aceto et al. 2014 measured 23 to 50.

#include "support/blood_cases.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::circulation
{
namespace
{
constexpr double leaves = 0.5;
constexpr double single_survives = 5e-4;
constexpr double cluster_survives = 0.025;

double binomial(int n, int k)
{
    double product = 1.0;
    for (int i = 1; i <= k; ++i) {
        product *= static_cast<double>(n - k + i) / i;
    }
    return product;
}

/// Sum over the number k of cells that stay: a cluster if k > 1, else singles only.
double expected_founders(int n)
{
    if (n == 1) {
        return single_survives;
    }
    double sum = 0.0;
    for (int k = 0; k <= n; ++k) {
        const double probability = binomial(n, k) * std::pow(1.0 - leaves, k) * std::pow(leaves, n - k);
        sum += probability * (k > 1 ? cluster_survives + (n - k) * single_survives : n * single_survives);
    }
    return sum;
}
} // namespace

TEST(ClusterFounders, ExpectationIsThatOfTheTable)
{
    EXPECT_NEAR(expected_founders(1), 0.0005, 1e-12);
    EXPECT_NEAR(expected_founders(2), 0.0070, 1e-12);
    EXPECT_NEAR(expected_founders(3), 0.01344, 5e-6);
    EXPECT_NEAR(expected_founders(5), 0.02164, 5e-6);
    EXPECT_NEAR(expected_founders(8), 0.02614, 5e-6);
}

// Founders are single cells and clusters that live on. Their number is nearly a Poisson variate (rare, nearly
// independent): 4 of its s.d. are passed by one of the five rows in 3000 seeds.
TEST(ClusterFounders, CellsThatEnterTheBloodAgree)
{
    const auto world = parallel::Communicator::self();
    JourneyParameters journey;
    journey.disaggregation_probability = leaves;
    journey.survival_single = single_survives;
    journey.survival_cluster = cluster_survives;
    for (const int n : {1, 2, 3, 5, 8}) {
        Circulation blood(cases::small_graph(0.0), journey, world, {{0}, {0}}, RandomNumbers(40));
        const int clusters = n == 1 ? 500000 : 100000;
        for (int done = 0; done < clusters; done += 20000) {
            for (int i = done; i < done + 20000; ++i) {
                blood.collect(cases::cluster(static_cast<std::uint64_t>(10 * i), n));
            }
            blood.advance({done, 1});
        }
        const BloodCount count = blood.count();
        const auto founders = static_cast<double>(count.flowing_singles + count.flowing_clusters);
        const double expected = clusters * expected_founders(n);
        EXPECT_NEAR(founders, expected, 4.0 * std::sqrt(expected)) << n;
    }
}

} // namespace paget::circulation
