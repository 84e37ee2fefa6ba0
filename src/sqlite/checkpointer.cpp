#include "sqlite/checkpointer.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "sqlite/paced_writes.hpp"

namespace latchkey::sqlite {

Checkpointer::Checkpointer(std::unique_ptr<Connection> connection, Writer& writer)
    : connection_(std::move(connection)), writer_(writer), thread_([this] { run(); }) {
    sqlite3_wal_hook(writer_.connection().handle(), &Checkpointer::on_commit, this);
}

Checkpointer::~Checkpointer() {
    sqlite3_wal_hook(writer_.connection().handle(), nullptr, nullptr);
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

int Checkpointer::on_commit(void* self, sqlite3*, const char*, int pages) {
    static_cast<Checkpointer*>(self)->note_log_size(pages);
    return SQLITE_OK;
}

void Checkpointer::note_log_size(int pages) {
    if (pages < last_pages_) trigger_pages_ = start_pages;  // the log began anew
    last_pages_ = pages;
    if (pages < trigger_pages_) return;
    {
        const std::lock_guard lock(mutex_);
        due_ = true;
    }
    wake_.notify_one();
}

void Checkpointer::run() {
    const PacedWrites paced;
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return due_ || stopping_; });
        if (stopping_) return;
        lock.unlock();
        pass();
        lock.lock();
        due_ = false;
    }
}

void Checkpointer::pass() {
    int log_pages = 0;
    // PASSIVE waits for nobody. When it copied everything and nothing came meanwhile, the next
    // writer begins the log anew. What fails here fails again at the next pass, and a commit that
    // finds no room reports it.
    (void)sqlite3_wal_checkpoint_v2(connection_->handle(), "main", SQLITE_CHECKPOINT_PASSIVE,
                                    &log_pages, nullptr);
    trigger_pages_ = std::max(start_pages, log_pages + step_pages);
    if (log_pages < limit_pages) return;
    // Under writers that never pause something always came meanwhile: they wait for that little.
    (void)writer_.while_idle([this] {
        const int code = sqlite3_wal_checkpoint_v2(connection_->handle(), "main",
                                                   SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
        if (code == SQLITE_OK) trigger_pages_ = start_pages;
    });
}

}  // namespace latchkey::sqlite
