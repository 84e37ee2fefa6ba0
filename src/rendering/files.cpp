#include "rendering/files.hpp"

#include "embedded/signin_files.hpp"

namespace latchkey::rendering {

std::vector<File> files_ending(std::string_view suffix) {
    std::vector<File> found;
    for (const auto& file : embedded::signin_files()) {
        if (file.name.ends_with(suffix)) found.push_back({file.name, file.contents});
    }
    return found;
}

}  // namespace latchkey::rendering
