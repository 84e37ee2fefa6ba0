#include "sqlite/errors.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace latchkey::sqlite {
namespace {

struct Meaning {
    ErrorCode code;
    Literal text;
};

constexpr Meaning full{ErrorCode::storage_full, "The storage is full."};
constexpr Meaning failed{ErrorCode::storage_failed, "The storage failed."};
constexpr Meaning busy{ErrorCode::unavailable, "The storage is busy. Try again."};
constexpr Meaning overtaken{ErrorCode::serialization_failure, "The storage is busy. Try again."};
constexpr Meaning refused{ErrorCode::no_permission, "The storage may not be opened or written."};
constexpr Meaning taken{ErrorCode::conflict, "It is already there."};
constexpr Meaning bug{ErrorCode::internal, "Internal error."};

Meaning meaning_of_errno(int error_number, Meaning otherwise) {
    switch (error_number) {
        case ENOSPC:
        case EDQUOT:
        case EFBIG: return full;
        case EACCES:
        case EPERM:
        case EROFS: return refused;
        default: return otherwise;
    }
}

Meaning meaning_of(int extended_code, int error_number) {
    switch (extended_code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID: return taken;
        case SQLITE_BUSY_SNAPSHOT: return overtaken;
        default: break;
    }
    switch (extended_code & 0xff) {
        case SQLITE_FULL: return full;
        case SQLITE_IOERR: return meaning_of_errno(error_number, failed);
        case SQLITE_CANTOPEN: return meaning_of_errno(error_number, refused);
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_NOMEM: return failed;
        case SQLITE_PERM:
        case SQLITE_AUTH:
        case SQLITE_READONLY: return refused;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_INTERRUPT: return busy;
        default: return bug;  // a wrong statement or parameter: ours, never the caller's
    }
}

}  // namespace

Failure failure(sqlite3* connection, int code, std::string_view doing) {
    const int extended = connection == nullptr ? code : sqlite3_extended_errcode(connection);
    const int error_number = connection == nullptr ? 0 : sqlite3_system_errno(connection);
    const Meaning meaning = meaning_of(extended == SQLITE_OK ? code : extended, error_number);
    if (meaning.code == ErrorCode::conflict) return fail(meaning.code, meaning.text);
    std::string detail(doing);
    detail += ": ";
    detail += connection == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(connection);
    detail += " (sqlite " + std::to_string(extended);
    // The errno of the last failed system call; it says nothing about the other codes.
    const int primary = extended & 0xff;
    if (error_number != 0 && (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN)) {
        detail += ", " + std::generic_category().message(error_number);
    }
    detail += ")";
    return Failure(Error(meaning.code, meaning.text, std::move(detail)));
}

Failure system_failure(int error_number, std::string_view doing) {
    const Meaning meaning = meaning_of_errno(error_number, failed);
    std::string detail(doing);
    detail += ": " + std::generic_category().message(error_number);
    return Failure(Error(meaning.code, meaning.text, std::move(detail)));
}

}  // namespace latchkey::sqlite
