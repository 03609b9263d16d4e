// Uses an installed Paget from the lowest layer up to one that needs MPI, PETSc and HDF5.
#include "paget/core/random.hpp"
#include "paget/mesh/partition.hpp"
#include "paget/output/provenance.hpp"
#include "paget/parallel/communicator.hpp"
#include "paget/parallel/session.hpp"

#include <cstdio>

int main(int argc, char** argv)
{
    const paget::parallel::Session session(argc, argv);
    const auto parts = paget::mesh::choose_parts(paget::mesh::Grid({64, 64, 64}, 20.0), 8);
    const auto versions = paget::output::library_versions();
    std::printf("ranks %d, parts %d %d %d, PETSc %s\n", paget::parallel::Communicator::world().size(), (*parts)[0],
                (*parts)[1], (*parts)[2], versions.at("PETSc").c_str());
    return 0;
}
