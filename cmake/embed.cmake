# Writes files as one C++ table: embedded::SYMBOL() -> span of {name, contents}.
# Contents go in as byte arrays, so that any byte works.
set(rows "")
set(blobs "")
set(index 0)
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  file(READ ${file} hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR bytes "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," list "${hex}")
  string(APPEND blobs "const unsigned char blob_${index}[] = {${list}0};\n")
  string(APPEND rows "    {\"${name}\", {reinterpret_cast<const char*>(blob_${index}), ${bytes}}},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${HEADER} "#pragma once
#include <span>
#include <string_view>
namespace latchkey::embedded {
struct File { std::string_view name; std::string_view contents; };
[[nodiscard]] std::span<const File> ${SYMBOL}() noexcept;
}
")
file(WRITE ${OUT} "#include \"embedded/${SYMBOL}.hpp\"
namespace latchkey::embedded {
namespace {
${blobs}
const File files[] = {
${rows}};
}
std::span<const File> ${SYMBOL}() noexcept { return files; }
}
")
