#pragma once

#include <cstddef>
#include <deque>
#include <vector>

namespace paget::organ
{

/// Guesses for x = g(x) by Anderson's method (1965, J ACM 12:547): from the last few x and g(x), the combination whose
/// residual g(x) - x is least. All ranks hold the whole x, so that all compute the same guess. Local.
class FixedPointSteps
{
public:
    /// `depth`: how many differences are remembered.
    explicit FixedPointSteps(std::size_t depth) : depth_(depth) {}

    /// The next x, from the last one and its image g(x).
    std::vector<double> next(const std::vector<double>& x, const std::vector<double>& image);

private:
    struct Difference {
        std::vector<double> residual;
        std::vector<double> image;
    };

    std::vector<Difference> orthogonal() const;

    std::size_t depth_;
    std::deque<Difference> differences_; ///< the newest first
    std::vector<double> last_residual_;
    std::vector<double> last_image_;
};

} // namespace paget::organ
