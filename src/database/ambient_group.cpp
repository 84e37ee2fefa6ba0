#include "database/ambient_group.hpp"

#include <atomic>
#include <utility>

namespace latchkey::database {
namespace {

constinit thread_local AmbientGroup* innermost = nullptr;
constinit std::atomic<std::uint64_t> groups_so_far = 0;

/// A group of one, which its transaction's commit() ends.
class LoneWrite final : public WriteTransaction {
public:
    LoneWrite(std::unique_ptr<WriteGroup> group, std::unique_ptr<WriteTransaction> write) noexcept
        : WriteTransaction(*group), group_(std::move(group)), write_(std::move(write)) {}

    Result<std::unique_ptr<Cursor>> query(Sql sql, Params params) override {
        TRY(check_open());
        return write_->query(sql, params);
    }
    Result<std::int64_t> execute(Sql sql, Params params) override {
        TRY(check_open());
        return write_->execute(sql, params);
    }

private:
    Result<void> check_open() const {
        if (write_) return {};
        return fail(ErrorCode::internal, "Internal error.", "a statement after commit");
    }
    Result<void> keep() override {
        TRY(check_open());
        auto kept = write_->commit();
        write_.reset();
        if (kept) kept = group_->commit();
        return kept;
    }

    std::unique_ptr<WriteGroup> group_;
    std::unique_ptr<WriteTransaction> write_;  // goes before its group
};

}  // namespace

AmbientGroup::AmbientGroup(const Database& database, WriteGroup& group) noexcept
    : database_(database),
      group_(group),
      number_(++groups_so_far),
      outer_(std::exchange(innermost, this)) {}

AmbientGroup::~AmbientGroup() { innermost = outer_; }

WriteGroup* AmbientGroup::of(const Database& database) noexcept {
    if (innermost == nullptr || &innermost->database_ != &database) return nullptr;
    return &innermost->group_;
}

std::uint64_t AmbientGroup::number(const Database& database) noexcept {
    return of(database) == nullptr ? 0 : innermost->number_;
}

Result<std::unique_ptr<ReadTransaction>> Database::read() {
    if (WriteGroup* group = AmbientGroup::of(*this)) return group->peek();
    return open_read();
}

Result<std::unique_ptr<WriteTransaction>> Database::write() {
    if (WriteGroup* group = AmbientGroup::of(*this)) return group->begin();
    auto group = TRY(begin_group(Isolation::joint));
    auto write = TRY(group->begin());
    return std::make_unique<LoneWrite>(std::move(group), std::move(write));
}

std::uint64_t Database::group() const noexcept { return AmbientGroup::number(*this); }

}  // namespace latchkey::database
