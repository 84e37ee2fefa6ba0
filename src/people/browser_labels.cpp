#include "people/browser_labels.hpp"

namespace latchkey::people {
namespace {

template <class Kind>
struct Mark {
    std::string_view text;
    Kind kind;
};

// Each claims to be those below it as well, so the order decides.
constexpr Mark<Browser> browser_marks[] = {
    {"Edg/", Browser::edge},      {"OPR/", Browser::opera},    {"Firefox/", Browser::firefox},
    {"FxiOS/", Browser::firefox}, {"CriOS/", Browser::chrome}, {"Chrome/", Browser::chrome},
    {"Safari/", Browser::safari},
};
constexpr Mark<System> system_marks[] = {
    {"iPhone", System::iphone},   {"iPad", System::ipad},     {"Android", System::android},
    {"Windows", System::windows}, {"CrOS", System::chromeos}, {"Mac OS X", System::macos},
    {"Linux", System::linux},
};

template <class Kind, std::size_t size>
Kind find_mark(const Mark<Kind> (&marks)[size], std::string_view user_agent) noexcept {
    for (const auto& mark : marks) {
        if (user_agent.find(mark.text) != std::string_view::npos) return mark.kind;
    }
    return Kind::unknown;
}

}  // namespace

BrowserLabel label_of_browser(std::string_view user_agent) noexcept {
    return {.browser = find_mark(browser_marks, user_agent),
            .system = find_mark(system_marks, user_agent)};
}

std::string_view name_of(Browser browser) noexcept {
    switch (browser) {
        case Browser::unknown: return "";
        case Browser::chrome: return "Chrome";
        case Browser::edge: return "Edge";
        case Browser::firefox: return "Firefox";
        case Browser::opera: return "Opera";
        case Browser::safari: return "Safari";
    }
    return "";
}

std::string_view name_of(System system) noexcept {
    switch (system) {
        case System::unknown: return "";
        case System::android: return "Android";
        case System::chromeos: return "ChromeOS";
        case System::ipad: return "iPad";
        case System::iphone: return "iPhone";
        case System::linux: return "Linux";
        case System::macos: return "macOS";
        case System::windows: return "Windows";
    }
    return "";
}

std::string text_of(const BrowserLabel& label) {
    const std::string browser(name_of(label.browser));
    const std::string system(name_of(label.system));
    if (browser.empty() || system.empty()) return browser + system;
    return browser + " on " + system;
}

}  // namespace latchkey::people
