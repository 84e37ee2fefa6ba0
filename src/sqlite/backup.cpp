#include "sqlite/backup.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "sqlite/connection.hpp"
#include "sqlite/cursor.hpp"
#include "sqlite/data_folder.hpp"
#include "sqlite/errors.hpp"

namespace latchkey::sqlite {
namespace {

constexpr std::chrono::seconds busy_limit{5};

// Unlike the backup interface's copy, page by page and begun anew when another process writes, this
// is one read transaction, and leaves the free pages out.
constexpr database::Sql copy_sql = "VACUUM INTO ?1";
constexpr database::Sql check_sql = "PRAGMA quick_check(1)";

Result<std::unique_ptr<Connection>> open_file(const std::filesystem::path& file) {
    return Connection::open(
        {.file = file, .busy_limit = busy_limit, .max_bytes = 0, .role = Role::checkpointer});
}

Result<void> check_paths(const Backup& backup) {
    std::error_code error;
    if (!std::filesystem::exists(backup.from, error)) {
        return fail(ErrorCode::not_found, "There is no store to copy.",
                    "no " + backup.from.string());
    }
    if (std::filesystem::exists(backup.to, error)) {
        return fail(ErrorCode::conflict, "The file is there already.",
                    backup.to.string() + " is not overwritten");
    }
    return {};
}

/// What SQLite writes there is not synchronised by itself.
Result<void> sync(const std::filesystem::path& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0) return system_failure(errno, "opening " + path.string());
    const int failed = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    if (failed != 0) return system_failure(failed, "writing " + path.string());
    return {};
}

Result<void> check_copy(const std::filesystem::path& file) {
    const auto connection = TRY(open_file(file));
    const auto cursor = TRY(open_cursor(*connection, check_sql, {}));
    const database::Row* row = TRY(cursor->next());
    if (row != nullptr && row->text(0) == "ok") return {};
    return fail(ErrorCode::storage_failed, "The copy is damaged.",
                row == nullptr ? "no answer" : std::string(row->text(0)));
}

Result<void> write_copy(const std::filesystem::path& from, const std::filesystem::path& to) {
    // Made empty first: SQLite would let others read a file of its own making.
    TRY(prepare_data_file(to));
    const auto connection = TRY(open_file(from));
    TRY(execute_statement(*connection, copy_sql, {to.string()}));
    TRY(check_copy(to));
    return sync(to, O_RDWR);
}

void discard(const std::filesystem::path& partial) {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
        std::filesystem::path file = partial;
        std::error_code ignored;
        std::filesystem::remove(file += suffix, ignored);
    }
}

/// Never replaces a file: link() fails where there is one.
Result<void> give_name(const std::filesystem::path& partial, const std::filesystem::path& name) {
    if (::link(partial.c_str(), name.c_str()) != 0) {
        if (errno == EEXIST) {
            return fail(ErrorCode::conflict, "The file is there already.", name.string());
        }
        return system_failure(errno, "naming " + name.string());
    }
    ::unlink(partial.c_str());
    const std::filesystem::path folder = name.parent_path();
    return sync(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
}

}  // namespace

Result<std::int64_t> back_up(const Backup& backup) {
    TRY(check_paths(backup));
    std::filesystem::path partial = backup.to;
    partial += ".partial";
    discard(partial);  // of one that crashed
    auto copied = write_copy(backup.from, partial);
    if (copied) copied = give_name(partial, backup.to);
    if (!copied) {
        discard(partial);
        return Failure(copied.error());
    }
    std::error_code ignored;
    return static_cast<std::int64_t>(std::filesystem::file_size(backup.to, ignored));
}

}  // namespace latchkey::sqlite
