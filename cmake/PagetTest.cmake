# paget_test(NAME SOURCES a.cpp ... USES fields mesh ... [RANKS 1 2 4] [LABELS long] [TIMEOUT 600])
#
# Builds one GoogleTest program and registers it with CTest once for every number of ranks (default: 1). The program has a
# main of its own (tests/support/main.cpp) that starts MPI and PETSc, spreads a failure on any rank to all, and fails if no
# test ran. USES names modules. SEPARATE: sources that use the same names for different things are compiled one by one.
find_package(GTest REQUIRED)

add_library(paget_test_main STATIC ${PROJECT_SOURCE_DIR}/tests/support/main.cpp)
target_link_libraries(paget_test_main PUBLIC paget_options paget::parallel paget::petsc GTest::gtest GTest::gmock fmt::fmt)
target_include_directories(paget_test_main PUBLIC ${PROJECT_SOURCE_DIR}/tests)
# A test's own code runs once and briefly: what it costs is its compiling. The modules under test stay as they are delivered.
target_compile_options(paget_test_main PUBLIC $<$<CONFIG:Release>:-O0>)
# Read once for all test programs: GoogleTest is half of what compiling a test costs.
target_precompile_headers(paget_test_main PRIVATE <gtest/gtest.h> <gmock/gmock.h>)

set(PAGET_MPIEXEC ${MPIEXEC_EXECUTABLE} --oversubscribe --allow-run-as-root --mca mpi_yield_when_idle 1)

function(paget_test NAME)
  cmake_parse_arguments(TEST "SEPARATE" "TIMEOUT" "SOURCES;USES;RANKS;LABELS" ${ARGN})
  if(NOT TEST_RANKS)
    set(TEST_RANKS 1)
  endif()
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 600) # shared machines are slow at times; a hang is found all the same
  endif()
  set(target test_${NAME})
  add_executable(${target} ${TEST_SOURCES})
  list(TRANSFORM TEST_USES PREPEND paget::)
  target_link_libraries(${target} PRIVATE paget_test_main ${TEST_USES})
  target_precompile_headers(${target} REUSE_FROM paget_test_main)
  if(NOT TEST_SEPARATE)
    paget_unity(${target})
  endif()
  foreach(ranks IN LISTS TEST_RANKS)
    if(ranks EQUAL 1)
      set(test ${NAME})
      add_test(NAME ${test} COMMAND ${target})
    else()
      set(test ${NAME}.ranks${ranks})
      add_test(NAME ${test} COMMAND ${PAGET_MPIEXEC} -n ${ranks} $<TARGET_FILE:${target}>)
    endif()
    set_tests_properties(${test} PROPERTIES
      TIMEOUT ${TEST_TIMEOUT} PROCESSORS ${ranks} LABELS "${TEST_LABELS}" ENVIRONMENT "${PAGET_TEST_ENVIRONMENT}")
  endforeach()
endfunction()
