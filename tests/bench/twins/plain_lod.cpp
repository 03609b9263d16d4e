#include "twins/plain_lod.hpp"

namespace paget::bench
{
namespace
{
using Vector = std::vector<double>;

void add(Vector& a, const Vector& b)
{
    for (std::size_t i = 0; i < a.size(); ++i) {
        a[i] += b[i];
    }
}

void multiply(Vector& a, const Vector& b)
{
    for (std::size_t i = 0; i < a.size(); ++i) {
        a[i] *= b[i];
    }
}

void divide(Vector& a, const Vector& b)
{
    for (std::size_t i = 0; i < a.size(); ++i) {
        a[i] /= b[i];
    }
}

void scale(Vector& a, double factor)
{
    for (double& x : a) {
        x *= factor;
    }
}

/// a += b * c
void add_product(Vector& a, const Vector& b, const Vector& c)
{
    for (std::size_t i = 0; i < a.size(); ++i) {
        a[i] += b[i] * c[i];
    }
}
} // namespace

PlainLod::PlainLod(const LodProblem& problem) : problem_(problem)
{
    const auto edge = static_cast<std::size_t>(problem.edge);
    const std::size_t voxels = edge * edge * edge;
    for (auto* columns :
         {&density_, &supply_rate_, &supply_target_, &uptake_rate_, &temporary_gain_, &temporary_loss_}) {
        columns->assign(voxels, Vector(1, 0.0));
    }
    const double coupling = problem.step_min * problem.exchange_per_min;
    const double decay = 1.0 + problem.step_min * problem.decay_per_min / 3.0;
    coupling_ = {coupling};
    wall_supply_ = {2.0 * coupling * problem.wall_value};
    denominator_.assign(edge, Vector(1));
    upper_.assign(edge, Vector(1));
    for (std::size_t i = 0; i < edge; ++i) {
        const bool at_wall = i == 0 || i + 1 == edge;
        const double diagonal = decay + (at_wall ? 3.0 : 2.0) * coupling;
        denominator_[i][0] = i == 0 ? diagonal : diagonal - coupling * upper_[i - 1][0];
        upper_[i][0] = coupling / denominator_[i][0];
    }
}

void PlainLod::set_density(std::span<const double> values)
{
    for (std::size_t v = 0; v < values.size(); ++v) {
        density_[v][0] = values[v];
    }
}

void PlainLod::set_uptake_per_min(std::span<const double> values)
{
    for (std::size_t v = 0; v < values.size(); ++v) {
        uptake_rate_[v][0] = values[v];
    }
}

std::vector<double> PlainLod::density() const
{
    std::vector<double> values(density_.size());
    for (std::size_t v = 0; v < values.size(); ++v) {
        values[v] = density_[v][0];
    }
    return values;
}

void PlainLod::step()
{
    const int n = problem_.edge;
    react();
    for (int k = 0; k < n; ++k) {
        for (int j = 0; j < n; ++j) {
            sweep((k * n + j) * n, 1);
        }
    }
    for (int k = 0; k < n; ++k) {
        for (int i = 0; i < n; ++i) {
            sweep(k * n * n + i, n);
        }
    }
    for (int j = 0; j < n; ++j) {
        for (int i = 0; i < n; ++i) {
            sweep(j * n + i, n * n);
        }
    }
}

/// p <- (p + dt S T) / (1 + dt (S + U))
void PlainLod::react()
{
    for (std::size_t v = 0; v < density_.size(); ++v) {
        temporary_gain_[v] = supply_target_[v];
        multiply(temporary_gain_[v], supply_rate_[v]);
        scale(temporary_gain_[v], problem_.step_min);
        temporary_loss_[v] = supply_rate_[v];
        add(temporary_loss_[v], uptake_rate_[v]);
        scale(temporary_loss_[v], problem_.step_min);
        for (double& x : temporary_loss_[v]) {
            x += 1.0;
        }
        add(density_[v], temporary_gain_[v]);
        divide(density_[v], temporary_loss_[v]);
    }
}

void PlainLod::sweep(int first_voxel, int stride)
{
    const int last = first_voxel + (problem_.edge - 1) * stride;
    add(density_[static_cast<std::size_t>(first_voxel)], wall_supply_);
    add(density_[static_cast<std::size_t>(last)], wall_supply_);
    divide(density_[static_cast<std::size_t>(first_voxel)], denominator_[0]);
    std::size_t i = 1;
    for (int v = first_voxel + stride; v <= last; v += stride, ++i) {
        Vector& here = density_[static_cast<std::size_t>(v)];
        add_product(here, coupling_, density_[static_cast<std::size_t>(v - stride)]);
        divide(here, denominator_[i]);
    }
    i = static_cast<std::size_t>(problem_.edge) - 1;
    for (int v = last - stride; v >= first_voxel; v -= stride) {
        --i;
        add_product(density_[static_cast<std::size_t>(v)], upper_[i], density_[static_cast<std::size_t>(v + stride)]);
    }
}

} // namespace paget::bench
