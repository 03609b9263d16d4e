#include "paget/petsc/vector_view.hpp"

#include "paget/petsc/check.hpp"

namespace paget::petsc
{
namespace
{
std::size_t local_size(Vec vector)
{
    PetscInt size = 0;
    check(VecGetLocalSize(vector, &size));
    return static_cast<std::size_t>(size);
}
} // namespace

ReadView::ReadView(Vec vector) : vector_(vector)
{
    const double* data = nullptr;
    check(VecGetArrayRead(vector, &data));
    values_ = {data, local_size(vector)};
}

ReadView::~ReadView()
{
    const double* data = values_.data();
    VecRestoreArrayRead(vector_, &data);
}

WriteView::WriteView(Vec vector) : vector_(vector)
{
    double* data = nullptr;
    check(VecGetArray(vector, &data));
    values_ = {data, local_size(vector)};
}

WriteView::~WriteView()
{
    double* data = values_.data();
    VecRestoreArray(vector_, &data);
}

} // namespace paget::petsc
