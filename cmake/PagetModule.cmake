option(PAGET_UNITY_BUILD "Compile several sources of a target together: a full build takes half the time" ON)

# Several sources share what they include. Those with compile options of their own are left out by CMake.
function(paget_unity TARGET)
  if(PAGET_UNITY_BUILD)
    set_target_properties(${TARGET} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 6)
  endif()
endfunction()

# paget_module(NAME SOURCES a.cpp ... USES core mesh ... [PRIVATE target ...])
#
# Defines the static library paget_NAME (alias paget::NAME) of one module. Sources are relative to src/NAME. USES names
# modules of lower layers (public); PRIVATE names external targets that only the sources see.
function(paget_module NAME)
  cmake_parse_arguments(MODULE "" "" "SOURCES;USES;PRIVATE;PUBLIC" ${ARGN})
  set(target paget_${NAME})
  add_library(${target} STATIC ${MODULE_SOURCES})
  add_library(paget::${NAME} ALIAS ${target})
  target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${target} PUBLIC $<BUILD_INTERFACE:paget_options> ${MODULE_PUBLIC} PRIVATE ${MODULE_PRIVATE})
  paget_install_module(${NAME})
  paget_unity(${target})
  foreach(module IN LISTS MODULE_USES)
    target_link_libraries(${target} PUBLIC paget::${module})
  endforeach()
endfunction()
