# paget_benchmark(NAME SOURCES a.cpp ... USES fields mesh ... [TWINS b.cpp ...] [RANKS 1 2])
#
# Builds one Google Benchmark program, bin/bench_NAME, which tools/bench runs. TWINS are plain or optimised versions of
# other programs' methods; they are compiled for the processor at hand, as their users would, while Paget stays as it is
# delivered. A smoke test runs every program with tiny sizes; it fails if a program's own numerical checks do.
find_package(benchmark REQUIRED)

add_library(paget_bench_main STATIC
  ${PROJECT_SOURCE_DIR}/tests/bench/support/bench.cpp ${PROJECT_SOURCE_DIR}/tests/bench/support/machine.cpp
  ${PROJECT_SOURCE_DIR}/tests/bench/support/main.cpp ${PROJECT_SOURCE_DIR}/tests/bench/support/model_problem.cpp)
target_link_libraries(paget_bench_main PUBLIC paget_options paget::parallel paget::petsc paget::fields
  benchmark::benchmark fmt::fmt)
target_include_directories(paget_bench_main PUBLIC ${PROJECT_SOURCE_DIR}/tests ${PROJECT_SOURCE_DIR}/tests/bench)
# Bounds are what the processor can do, not what the portable build asks of it.
set_source_files_properties(${PROJECT_SOURCE_DIR}/tests/bench/support/machine.cpp
  TARGET_DIRECTORY paget_bench_main PROPERTIES COMPILE_OPTIONS "-march=native")

function(paget_benchmark NAME)
  cmake_parse_arguments(BENCH "" "" "SOURCES;USES;TWINS;RANKS" ${ARGN})
  set(target bench_${NAME})
  add_executable(${target} ${BENCH_SOURCES} ${BENCH_TWINS})
  list(TRANSFORM BENCH_USES PREPEND paget::)
  target_link_libraries(${target} PRIVATE paget_bench_main ${BENCH_USES})
  set_source_files_properties(${BENCH_TWINS} PROPERTIES COMPILE_OPTIONS "-march=native;-ffp-contract=fast")
  foreach(ranks IN LISTS BENCH_RANKS ITEMS 1)
    set(test bench_${NAME}.ranks${ranks})
    if(ranks EQUAL 1)
      set(test bench_${NAME})
    endif()
    if(NOT TEST ${test})
      add_test(NAME ${test}
        COMMAND ${PAGET_MPIEXEC} -n ${ranks} $<TARGET_FILE:${target}> --scale=smoke --benchmark_repetitions=1)
      set_tests_properties(${test} PROPERTIES
        TIMEOUT 300 PROCESSORS ${ranks} LABELS bench ENVIRONMENT "${PAGET_TEST_ENVIRONMENT}")
    endif()
  endforeach()
endfunction()
