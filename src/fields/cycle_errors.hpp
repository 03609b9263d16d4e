#pragma once

namespace paget::fields
{

/// Estimates the error of an iteration that contracts it, from the sizes of its corrections: after a correction of size
/// e, with a contraction factor rho, the error left is about rho / (1 - rho) e. rho is the larger of the last two
/// ratios of successive corrections, and at least 1/10, or what the iteration is expected to reach, if that is less;
/// before there is one, 1/2 is assumed, or five times that.
class CycleErrors
{
public:
    explicit CycleErrors(double expected_ratio = 1.0) : expected_(expected_ratio) {}

    /// Takes the size of a further correction.
    void add(double correction);

    /// Size of the error after the last correction; infinite where the corrections do not shrink.
    double estimate() const;

    /// Whether the corrections are not finite, or have not become smaller for many cycles.
    bool hopeless() const;

    int cycles() const { return cycles_; }

private:
    double expected_;
    int cycles_ = 0;
    double correction_ = 0.0;
    double ratio_ = 0.0;
    double ratio_before_ = 0.0;
    double least_correction_ = 0.0;
    int cycles_since_least_ = 0;
};

} // namespace paget::fields
