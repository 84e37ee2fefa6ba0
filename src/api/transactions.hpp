#pragma once

// The store, as the resolvers of one request have it: a query reads in one transaction, a mutation
// in a group of them, one after the other.

#include <cassert>
#include <type_traits>

#include "base/result.hpp"
#include "database/transaction.hpp"
#include "database/write_group.hpp"

namespace latchkey::api {

/// Cheap to copy. What it refers to outlives the request.
class Transactions {
public:
    explicit Transactions(database::ReadTransaction& query) noexcept : query_(&query) {}
    explicit Transactions(database::WriteGroup& mutation) noexcept : mutation_(&mutation) {}

    /// `work(ReadTransaction&)` answers a Result. In a mutation it sees what its fields have
    /// written so far; not inside a transaction that is still open.
    template <class Work>
    [[nodiscard]] auto read(const Work& work) const
        -> std::invoke_result_t<const Work&, database::ReadTransaction&> {
        if (query_ != nullptr) return work(*query_);
        const auto tx = TRY(mutation_->begin());
        return work(*tx);
    }

    /// For a field of Mutation: a query has none. Each begins its transaction and commits it.
    [[nodiscard]] database::WriteGroup& group() const noexcept {
        assert(mutation_ != nullptr);
        return *mutation_;
    }

private:
    database::ReadTransaction* query_ = nullptr;
    database::WriteGroup* mutation_ = nullptr;
};

}  // namespace latchkey::api
