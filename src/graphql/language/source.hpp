#pragma once

// Where something stands in a document, for people.

#include <cstdint>
#include <string_view>

#include "graphql/request_error.hpp"

namespace latchkey::graphql::language {

/// An offset in bytes from the start of the document.
using Offset = std::uint32_t;

/// Line and column of an offset. Linear in the offset: for errors only.
/// A line ends at LF, CR or CR LF (spec 2.1.2); columns count UTF-16 units, as graphql-js does.
[[nodiscard]] SourceLocation locate(std::string_view document, Offset offset) noexcept;

/// The same for many offsets: goes on from the last one, so that a list in order costs one pass.
class Locator {
public:
    explicit Locator(std::string_view document) : document_(document) {}

    [[nodiscard]] SourceLocation locate(Offset offset) noexcept;

private:
    std::string_view document_;
    std::size_t at_ = 0;
    SourceLocation location_;
};

}  // namespace latchkey::graphql::language
