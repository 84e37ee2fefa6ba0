#include "people/app_reads.hpp"

#include "store/account.hpp"

namespace latchkey::people {
namespace {

using Connection = std::pair<UserId, ClientId>;

void fold_read(Timestamp& noted, const Timestamp& next) {
    if (next - noted >= app_read_resolution) noted = next;
}

Result<void> write_read(database::WriteTransaction& tx, const Connection& connection,
                        const Timestamp& at) {
    return store::note_read(tx, connection.first, connection.second, at);
}

}  // namespace

AppReads::AppReads()
    : notes_({.max_waiting = max_waiting_app_reads, .fold = fold_read, .write = write_read}) {}

}  // namespace latchkey::people
