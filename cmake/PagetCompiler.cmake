# How every target of Paget is compiled.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

set(PAGET_SANITIZER "" CACHE STRING "Sanitizer for all targets: empty, address or undefined")
set_property(CACHE PAGET_SANITIZER PROPERTY STRINGS "" address undefined)
option(PAGET_WARNINGS_AS_ERRORS "Stop the build at the first warning" OFF)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Precompiled headers defeat the cache unless it is told so.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE_PROGRAM})
  set(PAGET_CACHED_HEADERS $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()

add_library(paget_options INTERFACE)
# Promise 1 (one trajectory): the same operations in the same order on every machine. Fused multiply-adds would
# round differently where the processor has them, so contraction is off; fast-math is never used.
target_compile_options(paget_options INTERFACE -ffp-contract=off -fno-fast-math ${PAGET_CACHED_HEADERS}
  -Wall -Wextra -Wpedantic -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor)
# Two warnings mean something for one source only; the dev preset, which compiles them one by one, gives them.
set(_together $<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>)
target_compile_options(paget_options INTERFACE $<IF:${_together},-Wno-subobject-linkage,-Wshadow>)
# g++ 12 warns falsely of overlapping copies in std::string's operator+ (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(paget_options INTERFACE -Wno-restrict)
endif()
if(PAGET_WARNINGS_AS_ERRORS)
  target_compile_options(paget_options INTERFACE -Werror)
endif()
# Open MPI 4's C++ bindings are not wanted.
target_compile_definitions(paget_options INTERFACE OMPI_SKIP_MPICXX MPICH_SKIP_MPICXX)

if(PAGET_SANITIZER) # its runtime is not ready yet when the loader chooses among versions of a function
  target_compile_definitions(paget_options INTERFACE PAGET_ONE_VECTOR_TARGET)
endif()
if(PAGET_SANITIZER STREQUAL "address")
  target_compile_options(paget_options INTERFACE -fsanitize=address -fno-omit-frame-pointer)
  target_link_options(paget_options INTERFACE -fsanitize=address)
elseif(PAGET_SANITIZER STREQUAL "undefined")
  target_compile_options(paget_options INTERFACE -fsanitize=undefined -fno-sanitize-recover=all)
  target_link_options(paget_options INTERFACE -fsanitize=undefined)
elseif(PAGET_SANITIZER)
  message(FATAL_ERROR "PAGET_SANITIZER is '${PAGET_SANITIZER}'; choose address, undefined or nothing")
endif()
