#pragma once

// A user's columns, for every statement that reads one as `u`.

#include "model/records.hpp"
#include "store/rows.hpp"
#include "store/statement.hpp"

namespace latchkey::store {

inline constexpr Part user_columns =
    "u.id, u.realm_id, u.email_hash, u.wrapped_key, u.sealed_profile, u.created_at, u.updated_at";

[[nodiscard]] inline UserRecord read_user(RowReader& in) {
    return {.id = in.id<UserId>(),
            .realm_id = in.id<RealmId>(),
            .email_hash = in.bytes(),
            .wrapped_key = in.bytes(),
            .sealed_profile = in.bytes(),
            .created_at = in.time(),
            .updated_at = in.time()};
}

}  // namespace latchkey::store
