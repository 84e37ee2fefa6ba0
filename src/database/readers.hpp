#pragma once

// Where the reads of requests run. An embedded store is read by the thread that asks, at once. A
// store behind a network is read by threads that may wait, and the answer comes later.

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "base/result.hpp"
#include "database/database.hpp"

namespace latchkey::database {

class Readers {
public:
    /// Called once, on any thread, with a transaction or with why there is none; dropped without a
    /// call when there are too many. It does not throw: the chain is inside it.
    using Job = std::move_only_function<void(Result<ReadTransaction*> tx)>;

    Readers(const Readers&) = delete;
    Readers& operator=(const Readers&) = delete;
    virtual ~Readers() = default;

    /// Runs `work(ReadTransaction&)` here and returns its answer; or gives it away, returns
    /// nothing, and calls what `make_done()` returned with the answer, once, on another thread.
    /// Errors: those of beginning a transaction.
    template <class Work, class MakeDone>
    [[nodiscard]] auto run(Work& work, MakeDone make_done)
        -> std::optional<Result<std::invoke_result_t<Work&, ReadTransaction&>>> {
        using Answer = Result<std::invoke_result_t<Work&, ReadTransaction&>>;
        if (embedded_ != nullptr) {
            auto tx = embedded_->read();
            if (!tx) return Failure(std::move(tx).error());
            return work(**tx);
        }
        submit([work = std::move(work), done = make_done()](Result<ReadTransaction*> tx) mutable {
            done(tx ? Answer(work(**tx)) : Answer(Failure(std::move(tx).error())));
        });
        return std::nullopt;
    }

    /// Until what it returns goes, everything that this thread reads here sees one state: what
    /// beginning and ending a transaction costs is paid once. Null where that is no use, and when
    /// the store cannot be read, which the reads will report.
    [[nodiscard]] virtual std::unique_ptr<ReadTransaction> begin_batch() = 0;

protected:
    /// Null: everything goes to submit().
    explicit Readers(Database* embedded) noexcept : embedded_(embedded) {}

    virtual void submit(Job job) = 0;

private:
    Database* embedded_;
};

/// For an embedded store.
class InlineReaders final : public Readers {
public:
    explicit InlineReaders(Database& database) noexcept : Readers(&database), database_(database) {}
    [[nodiscard]] std::unique_ptr<ReadTransaction> begin_batch() override;

private:
    void submit(Job job) override;

    Database& database_;
};

}  // namespace latchkey::database
