#pragma once

#include <petscvec.h>

#include <span>

namespace paget::petsc
{

/// The values of a vector on this rank, readable while the view lives. Local.
class ReadView
{
public:
    explicit ReadView(Vec vector);
    ~ReadView();
    ReadView(const ReadView&) = delete;
    ReadView& operator=(const ReadView&) = delete;

    std::span<const double> values() const { return values_; }
    const double* data() const { return values_.data(); }

private:
    Vec vector_;
    std::span<const double> values_;
};

/// The values of a vector on this rank, to be changed while the view lives. Local.
class WriteView
{
public:
    explicit WriteView(Vec vector);
    ~WriteView();
    WriteView(const WriteView&) = delete;
    WriteView& operator=(const WriteView&) = delete;

    std::span<double> values() const { return values_; }
    double* data() const { return values_.data(); }

private:
    Vec vector_;
    std::span<double> values_;
};

} // namespace paget::petsc
