#pragma once

// The realms that this process serves.

#include <span>
#include <vector>

#include "base/published.hpp"
#include "realm/realm.hpp"

namespace latchkey::realm {

/// Realms only come: those that were listed stay. Thread-safe.
class Realms {
public:
    /// In the order of their coming.
    [[nodiscard]] std::span<const Realm* const> all() const noexcept { return list_.get(); }
    /// Null: another process's, or made a moment ago.
    [[nodiscard]] const Realm* find(RealmId id) const noexcept;
    /// `realm` outlives this. From one thread at a time.
    void add(const Realm& realm);

private:
    Published<std::vector<const Realm*>> list_;
};

}  // namespace latchkey::realm
