#include "apps/latchkey/cli/operator.hpp"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace latchkey::cli {
namespace {

std::string user_of_process() {
    const uid_t uid = ::getuid();
    std::array<char, 4096> texts{};
    passwd entry{};
    passwd* found = nullptr;
    const int status = ::getpwuid_r(uid, &entry, texts.data(), texts.size(), &found);
    if (status != 0 || found == nullptr || *found->pw_name == '\0') {
        return "uid " + std::to_string(uid);
    }
    return found->pw_name;
}

}  // namespace

std::string operator_of(const Change& command) {
    if (!command.operator_name.empty()) return command.operator_name;
    const char* caller = std::getenv("SUDO_USER");
    if (caller != nullptr && *caller != '\0') return caller;
    return user_of_process();
}

}  // namespace latchkey::cli
