// latchkey backup

#include "sqlite/backup.hpp"

#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "sqlite/database.hpp"

namespace latchkey::cli {

Result<void> run(const Backup& command, const app::Environment& /*environment*/) {
    const sqlite::Options store{.folder = command.data_dir};
    const std::int64_t bytes =
        TRY(sqlite::back_up({.from = store.folder / store.file_name, .to = command.file}));
    print(Fields().add("file", command.file).add("bytes", bytes).value(), command.format);
    return {};
}

}  // namespace latchkey::cli
