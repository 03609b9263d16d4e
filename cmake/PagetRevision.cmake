# cmake -D SOURCE=<source folder> -D HEADER=<file> -P PagetRevision.cmake
#
# Writes a header with the git revision of the sources, with "-dirty" if files that git knows have been changed, or
# "unknown" outside of a repository. Leaves the file alone if it says so already.
cmake_minimum_required(VERSION 3.25)
find_program(GIT git)
set(revision "")
if(GIT)
  execute_process(COMMAND ${GIT} -c safe.directory=* describe --always --dirty --abbrev=12 --exclude=*
    WORKING_DIRECTORY ${SOURCE} OUTPUT_VARIABLE revision OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(NOT revision)
  set(revision "unknown")
endif()
file(CONFIGURE OUTPUT ${HEADER} CONTENT "#pragma once\n\n#define PAGET_REVISION \"${revision}\"\n")
