#pragma once

// A reader for the CBOR that authenticators write: the CTAP2 canonical form (CTAP 2.1 8) of
// RFC 8949. Lengths are definite and integers as short as they can be, so that a value has one
// spelling; floats and tags do not occur. It allocates nothing: what it gives are views.

#include <cstdint>
#include <string_view>

#include "base/result.hpp"
#include "base/text/text.hpp"

namespace latchkey::webauthn {

/// How deep arrays and maps may nest (CTAP 2.1 8 allows four).
inline constexpr int max_cbor_depth = 4;

/// RFC 8949 3.1: the major types.
enum class CborType : std::uint8_t { unsigned_, negative, bytes, text, array, map, tag, simple };

/// Reads items one after the other. Errors of all: malformed.
class CborReader {
public:
    explicit CborReader(ByteView input) : rest_(input) {}

    [[nodiscard]] Result<CborType> peek() const;
    /// An integer of either sign that fits.
    [[nodiscard]] Result<std::int64_t> integer();
    [[nodiscard]] Result<ByteView> bytes();
    /// Valid UTF-8.
    [[nodiscard]] Result<std::string_view> text();
    /// How many pairs follow.
    [[nodiscard]] Result<std::size_t> map();
    /// Steps over one whole item of any allowed type.
    [[nodiscard]] Result<void> skip();

    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
    /// What has not been read yet.
    [[nodiscard]] ByteView rest() const noexcept { return rest_; }

private:
    struct Head {
        CborType type;
        std::uint64_t argument;
    };
    [[nodiscard]] Result<Head> head();
    [[nodiscard]] Result<std::uint64_t> expect(CborType type);
    [[nodiscard]] Result<ByteView> string(CborType type);
    [[nodiscard]] Result<ByteView> take(std::uint64_t size);
    [[nodiscard]] Result<void> skip(int depth);

    ByteView rest_;
};

}  // namespace latchkey::webauthn
