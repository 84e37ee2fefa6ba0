#pragma once

// The files of web/signin as they are embedded in the binary: templates, stylesheet, icons.

#include <string_view>
#include <vector>

namespace latchkey::rendering {

struct File {
    std::string_view name;  // without folder
    std::string_view contents;
};

/// All whose name ends so (".css").
[[nodiscard]] std::vector<File> files_ending(std::string_view suffix);

}  // namespace latchkey::rendering
