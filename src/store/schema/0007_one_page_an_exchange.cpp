// An exchange writes one place of the store and the ends of a few trees, whatever the number of
// people: each index in another order than that of time is a page more to read and write.
//
// - No index leads to the families that have expired: a walk over the table finds them. A program
//   before this step cannot run after it; none of them was released.
// - A person's part of the trail is found without the tokens that apps fetched, which are nearly
//   all of it; the families say when those were.

#include "store/schema/steps.hpp"

namespace latchkey::store::schema {
namespace {

constexpr database::Sql statements[] = {
    "DROP INDEX refresh_families_to_sweep",
    "ALTER TABLE refresh_families DROP COLUMN sweep_at",
    "DROP INDEX audit_of_user",
    "CREATE INDEX audit_of_user ON audit (user_id, at) WHERE action <> 'tokens.issued'",
};

}  // namespace

Step step_0007() { return {7, statements}; }

}  // namespace latchkey::store::schema
