#include "fixed_point_steps.hpp"

#include <numeric>

namespace paget::organ
{
namespace
{
/// What is left of a difference, squared, when it lies in the span of newer ones: rounding, and no direction.
constexpr double dependent = 1e-16;

double product(const std::vector<double>& a, const std::vector<double>& b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

void subtract(std::vector<double>& from, double factor, const std::vector<double>& what)
{
    for (std::size_t i = 0; i < from.size(); ++i) {
        from[i] -= factor * what[i];
    }
}

std::vector<double> difference(const std::vector<double>& a, const std::vector<double>& b)
{
    std::vector<double> result(a);
    subtract(result, 1.0, b);
    return result;
}
} // namespace

/// Gram and Schmidt's way through the residuals' differences, those of the images along with them.
std::vector<FixedPointSteps::Difference> FixedPointSteps::orthogonal() const
{
    std::vector<Difference> found;
    for (Difference next : differences_) {
        const double whole = product(next.residual, next.residual);
        for (const Difference& known : found) {
            const double share = product(known.residual, next.residual) / product(known.residual, known.residual);
            subtract(next.residual, share, known.residual);
            subtract(next.image, share, known.image);
        }
        if (product(next.residual, next.residual) > dependent * whole) {
            found.push_back(std::move(next));
        }
    }
    return found;
}

std::vector<double> FixedPointSteps::next(const std::vector<double>& x, const std::vector<double>& image)
{
    const std::vector<double> residual = difference(image, x);
    if (!last_residual_.empty()) {
        differences_.push_front({difference(residual, last_residual_), difference(image, last_image_)});
        if (differences_.size() > depth_) {
            differences_.pop_back();
        }
    }
    std::vector<double> guess = image;
    for (const Difference& way : orthogonal()) {
        const double share = product(way.residual, residual) / product(way.residual, way.residual);
        subtract(guess, share, way.image);
    }
    last_residual_ = residual;
    last_image_ = image;
    return guess;
}

} // namespace paget::organ
