# Finds what Paget builds on and wraps each in one target, so that a module names what it uses. An installed Paget does
# the same for its users (paget-config.cmake), so these targets are imported ones.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

set(MPI_CXX_SKIP_MPICXX TRUE)
find_package(MPI REQUIRED COMPONENTS C CXX)

# PETSc: real scalars, by pkg-config. Its flags carry Debian's build hardening, which is not ours to pass on.
pkg_search_module(PETSC REQUIRED IMPORTED_TARGET PETSc>=3.18 petsc>=3.18)
get_target_property(_petsc_options PkgConfig::PETSC INTERFACE_COMPILE_OPTIONS)
if(_petsc_options)
  list(FILTER _petsc_options EXCLUDE REGEX "date-time|FORTIFY_SOURCE")
  set_target_properties(PkgConfig::PETSC PROPERTIES INTERFACE_COMPILE_OPTIONS "${_petsc_options}")
endif()
include(CheckCXXSourceCompiles)
set(CMAKE_REQUIRED_LIBRARIES PkgConfig::PETSC MPI::MPI_CXX)
check_cxx_source_compiles("
  #include <petscsys.h>
  #if defined(PETSC_USE_COMPLEX)
  #error complex
  #endif
  int main() { return 0; }" PAGET_PETSC_IS_REAL)
unset(CMAKE_REQUIRED_LIBRARIES)
if(NOT PAGET_PETSC_IS_REAL)
  message(FATAL_ERROR "The PETSc found uses complex scalars (or does not compile). Install libpetsc-real-dev, or point "
    "PKG_CONFIG_PATH at a real PETSc.")
endif()

# Parallel HDF5: a plain search picks the serial one where both are installed.
set(HDF5_PREFER_PARALLEL TRUE)
if(NOT HDF5_C_COMPILER_EXECUTABLE)
  find_program(_h5pcc NAMES h5pcc.openmpi h5pcc)
  if(_h5pcc)
    set(HDF5_C_COMPILER_EXECUTABLE ${_h5pcc})
  endif()
endif()
find_package(HDF5 REQUIRED COMPONENTS C)
if(NOT HDF5_IS_PARALLEL)
  message(FATAL_ERROR "The HDF5 found is serial. Install libhdf5-openmpi-dev, or set HDF5_ROOT to a parallel HDF5.")
endif()
add_library(paget_hdf5_library INTERFACE IMPORTED)
target_include_directories(paget_hdf5_library SYSTEM INTERFACE ${HDF5_C_INCLUDE_DIRS})
target_link_libraries(paget_hdf5_library INTERFACE ${HDF5_C_LIBRARIES})

find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)

find_library(UDUNITS2_LIBRARY udunits2 REQUIRED)
find_path(UDUNITS2_INCLUDE_DIR udunits2.h PATH_SUFFIXES udunits2 REQUIRED)
add_library(paget_udunits INTERFACE IMPORTED)
target_include_directories(paget_udunits SYSTEM INTERFACE ${UDUNITS2_INCLUDE_DIR})
target_link_libraries(paget_udunits INTERFACE ${UDUNITS2_LIBRARY})

find_path(RANDOM123_INCLUDE_DIR Random123/threefry.h REQUIRED)
add_library(paget_random123 INTERFACE IMPORTED)
target_include_directories(paget_random123 SYSTEM INTERFACE ${RANDOM123_INCLUDE_DIR})
