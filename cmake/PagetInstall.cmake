# What `cmake --install` puts where, by the folders of GNUInstallDirs. Everything finds its parts relative to itself, so
# that the prefix can be moved afterwards (docs/install.md).
#
#   bin            paget, paget-report, paget-scaling
#   lib            the modules as static libraries, and lib/cmake/paget for find_package(paget)
#   include        paget/<module>/*.hpp
#   share/paget    inputs, jobs, python (packages paget, paget_report, paget_scaling), tools (scripts), modulefiles
#   share/doc      documentation, licence
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(PAGET_INSTALL_CMAKEDIR ${CMAKE_INSTALL_LIBDIR}/cmake/paget)
set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON) # libraries outside of the system's folders (MPI, PETSc of a site) are found

# The static library of one module. Code in headers is compiled by its users, so they get the arithmetic rule of promise 1.
function(paget_install_module NAME)
  set(target paget_${NAME})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${NAME})
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_include_directories(${target} PUBLIC $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_compile_options(${target} PUBLIC $<INSTALL_INTERFACE:$<$<COMPILE_LANGUAGE:CXX>:-ffp-contract=off>>)
  install(TARGETS ${target} EXPORT paget-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
endfunction()

function(paget_install_program TARGET)
  install(TARGETS ${TARGET} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()

# A command of the Python packages.
function(paget_install_command COMMAND PACKAGE)
  file(RELATIVE_PATH PYTHON_FROM_BIN ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_DATADIR}/paget/python)
  set(script ${PROJECT_BINARY_DIR}/installed/${COMMAND})
  configure_file(${PROJECT_SOURCE_DIR}/tools/packaging/command.in ${script} @ONLY)
  install(PROGRAMS ${script} DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()

function(paget_install_data)
  set(data ${CMAKE_INSTALL_DATADIR}/paget)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/inputs DESTINATION ${data})
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/jobs DESTINATION ${data} USE_SOURCE_PERMISSIONS)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/tools/python DESTINATION ${data}
    PATTERN __pycache__ EXCLUDE PATTERN ".*_cache" EXCLUDE PATTERN "*.egg-info" EXCLUDE PATTERN build EXCLUDE)
  file(GLOB scripts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tools/plot_*.py ${PROJECT_SOURCE_DIR}/tools/paraview_*.py)
  install(PROGRAMS ${scripts} DESTINATION ${data}/tools)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/tools/packaging/modulefiles DESTINATION ${data})
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR})
  install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/CHANGELOG.md
    ${PROJECT_SOURCE_DIR}/CITATION.cff DESTINATION ${CMAKE_INSTALL_DOCDIR})
endfunction()

# Called once all modules are known.
function(paget_install_rest)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/paget DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(EXPORT paget-targets NAMESPACE paget:: DESTINATION ${PAGET_INSTALL_CMAKEDIR})
  configure_package_config_file(${PROJECT_SOURCE_DIR}/tools/packaging/paget-config.cmake.in
    ${PROJECT_BINARY_DIR}/installed/paget-config.cmake INSTALL_DESTINATION ${PAGET_INSTALL_CMAKEDIR})
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/installed/paget-config-version.cmake
    COMPATIBILITY SameMinorVersion)
  install(FILES ${PROJECT_BINARY_DIR}/installed/paget-config.cmake
    ${PROJECT_BINARY_DIR}/installed/paget-config-version.cmake ${PROJECT_SOURCE_DIR}/cmake/PagetDependencies.cmake
    DESTINATION ${PAGET_INSTALL_CMAKEDIR})
  paget_install_command(paget-report paget_report)
  paget_install_command(paget-scaling paget_scaling)
  paget_install_data()
endfunction()
