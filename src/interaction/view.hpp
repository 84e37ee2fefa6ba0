#pragma once

// What a page of the sign-in shows, as values. The pages only write them out.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "interaction/consent.hpp"
#include "interaction/notice.hpp"

namespace latchkey::interaction {

struct EmailView {
    std::string email;
    Notice notice = Notice::none;
    enum class Passkey : std::uint8_t { none, offered };
    Passkey passkey = Passkey::none;
};

struct CodeView {
    std::string email;
    Notice notice = Notice::none;
    /// Typed in the window that asked for it, or filled in from the mail's link.
    enum class Entry : std::uint8_t { typed, by_link };
    Entry entry = Entry::typed;
};

struct NameView {
    UserId shown_to;
    std::string given_name;
    std::string family_name;
    Notice notice = Notice::none;
};

struct ConsentRow {
    ConsentItem item;
    std::string value;  // what the app would see; empty: nothing to show
    enum class News : std::uint8_t { none, asked_anew };
    News news = News::none;
};

struct ConsentView {
    UserId shown_to;
    std::string email;
    std::vector<ConsentRow> rows;
};

/// The window of the mail's link is no longer needed: the person goes on where they began.
struct LinkDoneView {};
/// The link was opened in a browser that did not ask for a code.
struct LinkElsewhereView {};

using View =
    std::variant<EmailView, CodeView, NameView, ConsentView, LinkDoneView, LinkElsewhereView>;

}  // namespace latchkey::interaction
