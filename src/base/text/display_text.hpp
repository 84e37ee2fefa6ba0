#pragma once

// One rule for text that somebody else has chosen and that people read within our own sentences:
// names of persons, apps, passkeys, brands. It must not look like something that it is not.

#include <cstddef>
#include <optional>
#include <string_view>

namespace latchkey {

/// How many characters (code points) `text` has. Absent: it is not UTF-8, or it holds one of
/// - control characters (General_Category Cc), line and paragraph separators (Zl, Zp),
/// - what turns the direction of the text around it (UAX #9: Bidi_Control),
/// - what cannot be seen (Default_Ignorable_Code_Point of Unicode 15, and interlinear annotation).
///
/// Two kinds of the latter are taken. U+FE00 to U+FE0F choose between the pictures of the character
/// before them. U+200C and U+200D part and join letters of Persian or Hindi, and make one picture
/// of two: they are taken between two characters that are not ASCII (after UAX #31, 2.3).
[[nodiscard]] std::optional<std::size_t> display_length(std::string_view text);

}  // namespace latchkey
