#include "database/readers.hpp"

namespace latchkey::database {

std::unique_ptr<ReadTransaction> InlineReaders::begin_batch() {
    auto snapshot = database_.read();
    return snapshot ? std::move(*snapshot) : nullptr;
}

void InlineReaders::submit(Job job) {
    const auto tx = database_.read();
    job(tx ? Result<ReadTransaction*>(tx->get()) : Failure(tx.error()));
}

}  // namespace latchkey::database
