#pragma once

// A statement, its parameters, and the rows that it answers with.
//
// SQL is a string literal with ?1 ?2 … placeholders, by type (`Sql`): no text from a request can
// become a statement. Drivers prepare each literal once per connection, found by its address.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/text/text.hpp"

namespace latchkey::store::schema {
class Script;
}

namespace latchkey::database {

class Sql {
public:
    consteval Sql(const char* text) : text_(text) {}  // NOLINT(google-explicit-constructor)
    [[nodiscard]] constexpr std::string_view text() const noexcept { return text_; }

private:
    // The statements of the schema stand in files that are part of the program.
    friend class store::schema::Script;
    constexpr explicit Sql(std::string_view text) : text_(text) {}

    std::string_view text_;
};

/// A parameter: borrowed until the statement has run, or its cursor is closed.
class Param {
public:
    // NOLINTBEGIN(google-explicit-constructor): a parameter list reads as the values it holds.
    Param(std::nullptr_t) : value_(nullptr) {}
    Param(std::int64_t value) : value_(value) {}
    Param(int value) : value_(std::int64_t{value}) {}
    Param(std::string_view text) : value_(text) {}
    Param(const std::string& text) : value_(std::string_view(text)) {}
    Param(const char*) = delete;
    Param(ByteView blob) : value_(blob) {}
    Param(const Bytes& blob) : value_(ByteView(blob)) {}
    template <class Tag>
    Param(const Id<Tag>& id) : value_(ByteView(id.bytes)) {}
    template <class T>
    Param(const std::optional<T>& maybe) : Param(maybe ? Param(*maybe) : Param(nullptr)) {}
    // NOLINTEND(google-explicit-constructor)

    using Value = std::variant<std::nullptr_t, std::int64_t, std::string_view, ByteView>;
    [[nodiscard]] const Value& value() const noexcept { return value_; }

private:
    Value value_;
};

using Params = std::initializer_list<Param>;

/// One row of a result. Views stay valid until the next step of its cursor.
class Row {
public:
    virtual ~Row() = default;
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual std::string_view text(int column) const = 0;
    [[nodiscard]] virtual ByteView blob(int column) const = 0;

    /// A 16-byte id column; all zero bytes if the column is not one (a damaged row).
    template <class IdType>
    [[nodiscard]] IdType id(int column) const {
        return IdType::from_bytes(blob(column)).value_or(IdType{});
    }
};

/// Steps through a result; closing it (the destructor) frees the statement for the next use.
class Cursor {
public:
    Cursor() = default;
    Cursor(const Cursor&) = delete;
    Cursor& operator=(const Cursor&) = delete;
    virtual ~Cursor() = default;
    /// The next row, or null at the end. Errors: storage_failed, unavailable (busy).
    [[nodiscard]] virtual Result<const Row*> next() = 0;
};

}  // namespace latchkey::database
