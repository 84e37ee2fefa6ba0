#pragma once

// A group of write transactions that become durable together: an object that begins, is committed
// once, and goes. README.md has the whole protocol in a picture.

#include <cstdint>
#include <exception>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "database/transaction.hpp"

namespace latchkey::database {

/// Whether a group can take back one of its transactions alone.
enum class Isolation : std::uint8_t {
    joint,     // no, which costs less: what goes away with uncommitted changes spoils the group
    isolated,  // yes
};

enum class GroupState : std::uint8_t {
    sound,
    spoiled,    // joint, and a transaction left changes behind: run all again, isolated
    overtaken,  // another writer was first (SQLSTATE 40001, 40P01): run all again, as it was
    broken,     // the storage failed: running it again would not help
};

/// One transaction of it is open at a time. Without commit() all of it is rolled back when it goes.
/// Used by one thread at a time, and by no particular one.
class WriteGroup {
public:
    WriteGroup() = default;
    WriteGroup(const WriteGroup&) = delete;
    WriteGroup& operator=(const WriteGroup&) = delete;
    virtual ~WriteGroup() = default;

    /// Errors: those of the group once it is not sound; internal (one is open already).
    [[nodiscard]] virtual Result<std::unique_ptr<WriteTransaction>> begin() = 0;

    /// Once it is not sound nothing of it will be kept, and running on is wasted work.
    [[nodiscard]] virtual GroupState state() const noexcept = 0;

    /// Makes durable what its transactions committed, all or nothing, and runs their effects in
    /// the order in which they were registered. The last call on it but state() and thrown().
    /// Errors: the group's own; serialization_failure, storage_full, storage_failed, unavailable.
    [[nodiscard]] Result<void> commit();

    /// Memory that lives and dies with the group: one T, made at the first call. It is not rolled
    /// back with a transaction, so it may hold only what is true without any of them.
    template <class T>
    [[nodiscard]] T& local() {
        for (const Local& one : locals_) {
            if (one.tag == &tag_of<T>) return *static_cast<T*>(one.object.get());
        }
        auto made = std::make_unique<T>();
        T& object = *made;
        locals_.push_back({&tag_of<T>, {made.release(), [](void* it) { destroy<T>(it); }}});
        return object;
    }

    /// What effects have thrown, which they must not: bugs. The other effects ran all the same.
    [[nodiscard]] std::span<const std::exception_ptr> thrown() const noexcept { return thrown_; }

private:
    friend class WriteTransaction;

    struct Local {
        const void* tag;
        std::unique_ptr<void, void (*)(void*)> object;
    };
    template <class T>
    static inline char tag_of = 0;  // its address is the type's
    template <class T>
    static void destroy(void* object) noexcept {
        delete static_cast<T*>(object);
    }

    [[nodiscard]] virtual Result<void> make_durable() = 0;

    std::vector<Effect> effects_;  // of what was committed
    std::vector<std::exception_ptr> thrown_;
    std::vector<Local> locals_;
};

template <class T>
T* ReadTransaction::find_group_local() {
    return group_ == nullptr ? nullptr : &group_->local<T>();
}

template <class T>
T& WriteTransaction::group_local() {
    return group_.local<T>();
}

}  // namespace latchkey::database
