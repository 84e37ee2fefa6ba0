#pragma once

// The one storage seam. Everything above writes SQL once, against these types; everything below
// (src/sqlite, later src/postgres) knows one engine and nothing of the domain.
//
// A transaction is the only door to data, and reading and writing have different types.
// Nothing is kept unless commit() succeeded: a WriteTransaction that goes away without it rolls
// back. A refusal that must stick (a replayed token) commits and then answers its error.
//
// SQL is a string literal with ?1 ?2 … placeholders, by type (`Sql`): no text from a request can
// become a statement. Drivers prepare each literal once per connection, found by its address.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/text.hpp"

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

/// A parameter: borrowed for the length of the call.
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

class ReadTransaction {
public:
    ReadTransaction() = default;
    ReadTransaction(const ReadTransaction&) = delete;
    ReadTransaction& operator=(const ReadTransaction&) = delete;
    virtual ~ReadTransaction() = default;

    /// Runs a statement that returns rows. Close the cursor before the next call with the same Sql.
    [[nodiscard]] virtual Result<std::unique_ptr<Cursor>> query(Sql sql, Params params) = 0;

    /// The first row through `read`, or absent. `auto user = TRY(tx.find(sql, {id}, read_user));`
    template <class Read>
    [[nodiscard]] auto find(Sql sql, Params params, Read read)
        -> Result<std::optional<decltype(read(std::declval<const Row&>()))>> {
        auto cursor = TRY(query(sql, params));
        const Row* row = TRY(cursor->next());
        if (row == nullptr) return std::nullopt;
        return read(*row);
    }

    /// Calls `visit` for each row.
    template <class Visit>
    [[nodiscard]] Result<void> each(Sql sql, Params params, Visit visit) {
        auto cursor = TRY(query(sql, params));
        for (;;) {
            const Row* row = TRY(cursor->next());
            if (row == nullptr) return {};
            visit(*row);
        }
    }
};

class WriteTransaction : public ReadTransaction {
public:
    /// Runs a statement without rows; the number of rows it changed.
    /// Errors: conflict (a UNIQUE or PRIMARY KEY constraint), storage_full, storage_failed.
    [[nodiscard]] virtual Result<std::int64_t> execute(Sql sql, Params params) = 0;

    /// Keeps what was written. On a plain connection it is durable when this returns; inside a
    /// group (WriteLane) when the group's answer is released, which nobody sees before.
    [[nodiscard]] virtual Result<void> commit() = 0;
};

/// One engine, one data set. Thread-safe: each thread uses connections of its own underneath.
class Database {
public:
    Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    virtual ~Database() = default;

    [[nodiscard]] virtual Result<std::unique_ptr<ReadTransaction>> read() = 0;
    /// Errors: unavailable when another writer holds the store for longer than the busy limit.
    [[nodiscard]] virtual Result<std::unique_ptr<WriteTransaction>> write() = 0;

    /// A group: until end_group, write() on this thread opens nested transactions, and end_group
    /// makes all the committed ones durable at once or fails them all. See WriteLane.
    [[nodiscard]] virtual Result<void> begin_group() = 0;
    [[nodiscard]] virtual Result<void> end_group() = 0;
    /// A group whose transactions are not kept apart, which costs less: one that goes away without
    /// commit() after it has changed something spoils the group. Nothing of it is kept then.
    [[nodiscard]] virtual Result<void> begin_joint_group() = 0;
    /// Whether that happened to the last group: its jobs are to run again, in one of the other
    /// kind.
    [[nodiscard]] virtual bool group_is_spoiled() const = 0;
    /// The number of the group that this thread is in, which no other group of this Database has;
    /// 0: none.
    [[nodiscard]] virtual std::uint64_t group() const = 0;
};

}  // namespace latchkey::database
