# How the house builds: one call per folder.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

add_library(latchkey_flags INTERFACE)
target_compile_options(latchkey_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
  -Wcast-align -Woverloaded-virtual -Wnull-dereference -Wformat=2)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(latchkey_flags INTERFACE -Wno-gnu-statement-expression)
else()
  # ccache sees through a precompiled header only so.
  target_compile_options(latchkey_flags INTERFACE -fpch-preprocess)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND LATCHKEY_SANITIZE)
  # What g++ concludes from the flow of values is wrong where a sanitizer has put calls between:
  # "may be used uninitialized" of moved variants, "forming offset [56, 70] is out of the bounds" of
  # moved strings. The other builds look for the real ones.
  target_compile_options(latchkey_flags INTERFACE -Wno-maybe-uninitialized -Wno-null-dereference
    -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
endif()
if(LATCHKEY_WERROR)
  target_compile_options(latchkey_flags INTERFACE -Werror)
endif()
# What a program that holds other people's keys is hardened with. Sanitizers bring their own checks,
# and fortified calls need optimisation.
target_compile_options(latchkey_flags INTERFACE
  -fstack-protector-strong -fstack-clash-protection -fcf-protection)
if(NOT LATCHKEY_SANITIZE)
  target_compile_options(latchkey_flags INTERFACE
    $<$<CONFIG:Release,RelWithDebInfo>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2>)
endif()
target_compile_definitions(latchkey_flags INTERFACE _GLIBCXX_ASSERTIONS)
target_link_options(latchkey_flags INTERFACE -Wl,-z,relro,-z,now -Wl,-z,noexecstack)
target_include_directories(latchkey_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
# Every file is compiled for threads: a precompiled header fits files with the same options only.
target_compile_options(latchkey_flags INTERFACE -pthread)
target_link_options(latchkey_flags INTERFACE -pthread)
if(LATCHKEY_SANITIZE)
  target_compile_options(latchkey_flags INTERFACE -fsanitize=${LATCHKEY_SANITIZE}
    -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(latchkey_flags INTERFACE -fsanitize=${LATCHKEY_SANITIZE})
endif()
if(LATCHKEY_COVERAGE)
  target_compile_options(latchkey_flags INTERFACE --coverage -fprofile-abs-path)
  target_link_options(latchkey_flags INTERFACE --coverage)
endif()

# Headers of the standard library are half of what a file costs: they are parsed once.
set(empty ${CMAKE_BINARY_DIR}/empty.cpp)
file(CONFIGURE OUTPUT ${empty} CONTENT "")
add_library(latchkey_precompiled OBJECT ${empty})
target_link_libraries(latchkey_precompiled PRIVATE latchkey_flags)
target_precompile_headers(latchkey_precompiled PRIVATE ${CMAKE_CURRENT_LIST_DIR}/precompiled.hpp)
function(latchkey_compile_fast target)
  if(LATCHKEY_FAST_COMPILE)
    target_precompile_headers(${target} REUSE_FROM latchkey_precompiled)
  endif()
endfunction()

# Our own headers are most of the rest: what is built from nothing in one go, and not file by file,
# compiles a folder's files several at a time. That halves it.
function(latchkey_compile_together target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${LATCHKEY_UNITY}
    UNITY_BUILD_BATCH_SIZE 8)
endfunction()

# latchkey_modules(): a library latchkey_NAME for each folder src/NAME of scripts/layers.txt, which
#   uses the folders that its line lists, and its *_test.cpp files as latchkey_NAME_test, which link
#   what they include. What a folder links from outside is set afterwards: latchkey_links.
function(latchkey_modules)
  set(layers ${CMAKE_SOURCE_DIR}/scripts/layers.txt)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${layers})
  file(STRINGS ${layers} lines REGEX "^[a-z_]+:")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^[a-z_]+" name "${line}")
    string(REGEX REPLACE "^[a-z_]+: *" "" uses "${line}")
    string(REGEX REPLACE " +" ";" uses "${uses}")
    list(REMOVE_ITEM uses embedded)
    list(TRANSFORM uses PREPEND latchkey_)
    latchkey_module(${name} "${uses}")
  endforeach()
endfunction()

function(latchkey_module name uses)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  if(sources)
    add_library(latchkey_${name} STATIC ${sources})
    target_link_libraries(latchkey_${name} PUBLIC latchkey_flags ${uses})
    latchkey_compile_fast(latchkey_${name})
    latchkey_compile_together(latchkey_${name})
  else()
    add_library(latchkey_${name} INTERFACE)
    target_link_libraries(latchkey_${name} INTERFACE latchkey_flags ${uses})
  endif()
  if(LATCHKEY_TESTS AND tests)
    latchkey_included_modules(included ${tests})
    latchkey_test(latchkey_${name}_test SOURCES ${tests} LINKS latchkey_${name} ${included})
  endif()
endfunction()

# latchkey_included_modules(RESULT files…): the libraries of what the files include of src/ and
#   testing/, themselves or by a fixture's header (testing/, *_test.hpp), and of apps/.
function(latchkey_included_modules result)
  set(waiting ${ARGN})
  set(seen "")
  set(modules "")
  while(waiting)
    list(POP_FRONT waiting file)
    if(file IN_LIST seen)
      continue()
    endif()
    list(APPEND seen ${file})
    file(STRINGS ${file} includes REGEX "^#include \"[a-z_]+/.*\"")
    foreach(line IN LISTS includes)
      string(REGEX REPLACE "^#include \"(.*)\".*" "\\1" header "${line}")
      string(REGEX REPLACE "/.*" "" folder "${header}")
      if(folder STREQUAL "testing")
        list(APPEND waiting ${CMAKE_SOURCE_DIR}/${header})
        string(REGEX REPLACE "\\.hpp$" ".cpp" source "${CMAKE_SOURCE_DIR}/${header}")
        if(header MATCHES "^testing/graphql/")
          list(APPEND modules latchkey_graphql_fixtures)
        elseif(EXISTS ${source})
          list(APPEND modules latchkey_test_support)
        endif()
      elseif(folder STREQUAL "apps")
        list(APPEND modules latchkey_app)
      elseif(TARGET latchkey_${folder} OR EXISTS ${CMAKE_SOURCE_DIR}/src/${folder})
        list(APPEND modules latchkey_${folder})
        if(header MATCHES "_test\\.hpp$")
          list(APPEND waiting ${CMAKE_SOURCE_DIR}/src/${header})
        endif()
      endif()
    endforeach()
  endwhile()
  list(REMOVE_DUPLICATES modules)
  set(${result} ${modules} PARENT_SCOPE)
endfunction()

# latchkey_links(NAME libraries…): what the folder src/NAME links from outside.
function(latchkey_links name)
  target_link_libraries(latchkey_${name} PUBLIC ${ARGN})
endfunction()

# GoogleTest costs 2 s a file; parsed once it costs 0.2 s.
if(LATCHKEY_TESTS)
  add_library(latchkey_precompiled_test OBJECT ${empty})
  target_link_libraries(latchkey_precompiled_test PRIVATE latchkey_flags GTest::gtest GTest::gmock)
  target_precompile_headers(latchkey_precompiled_test PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/precompiled.hpp <gtest/gtest.h> <gmock/gmock.h>)
endif()

# latchkey_test(NAME SOURCES files… [LINKS targets…]): one GoogleTest binary, run by ctest.
function(latchkey_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_definitions(${name} PRIVATE LATCHKEY_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE latchkey_flags ${ARG_LINKS} GTest::gtest GTest::gmock GTest::gtest_main)
  if(LATCHKEY_FAST_COMPILE)
    target_precompile_headers(${name} REUSE_FROM latchkey_precompiled_test)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 600)
endfunction()

# latchkey_embed(TARGET SYMBOL files…): files inside the binary.
#   Makes embedded/SYMBOL.hpp: `embedded::SYMBOL()` is a span of {name, contents}, named by the
#   files' last path part. The assembler reads the files (.incbin), so size costs no compile time.
function(latchkey_embed target symbol)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${target}_embedded)
  set(blobs "")
  set(declarations "")
  set(rows "")
  set(index 0)
  foreach(file IN LISTS ARGN)
    get_filename_component(path ${file} ABSOLUTE)
    get_filename_component(name ${file} NAME)
    set(label latchkey_${symbol}_${index})
    string(APPEND blobs "    \".balign 16\\n${label}: .incbin \\\"${path}\\\"\\n${label}_end: .byte 0\\n\"\n")
    string(APPEND declarations "extern const char begin_${index}[] asm(\"${label}\");\n")
    string(APPEND declarations "extern const char end_${index}[] asm(\"${label}_end\");\n")
    string(APPEND rows "        {\"${name}\", {begin_${index}, end_${index}}},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  file(CONFIGURE OUTPUT ${folder}/embedded/${symbol}.hpp @ONLY CONTENT [==[
#pragma once
#include <span>
#include "embedded_file.hpp"
namespace latchkey::embedded {
[[nodiscard]] std::span<const File> @symbol@();
}
]==])
  file(CONFIGURE OUTPUT ${folder}/embedded_file.hpp @ONLY CONTENT [==[
#pragma once
#include <string_view>
namespace latchkey::embedded {
struct File {
    std::string_view name;
    std::string_view contents;
};
}
]==])
  file(CONFIGURE OUTPUT ${folder}/${symbol}.cpp @ONLY CONTENT [==[
#include "embedded/@symbol@.hpp"
asm(".section .rodata\n"
@blobs@    ".previous\n");
namespace latchkey::embedded {
@declarations@std::span<const File> @symbol@() {
    static const File files[] = {
@rows@    };
    return files;
}
}
]==])
  set_source_files_properties(${folder}/${symbol}.cpp PROPERTIES OBJECT_DEPENDS "${ARGN}"
    SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE ${folder}/${symbol}.cpp)
  target_include_directories(${target} PUBLIC ${folder})
endfunction()
