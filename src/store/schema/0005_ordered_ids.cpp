// Families by the order of their ids, which begin with when they were made.
//
// - The order of ids is the order in which families began: the ordinal, which could not be searched
//   for, goes. A program before this step cannot run after it; none of them was released.
// - The index of the clean-up is in that order too, so that a new family is appended to it.

#include "store/schema/steps.hpp"

namespace latchkey::store::schema {
namespace {

constexpr database::Sql statements[] = {
    "ALTER TABLE refresh_families DROP COLUMN ordinal",
    "DROP INDEX refresh_families_to_sweep",
    "CREATE INDEX refresh_families_to_sweep ON refresh_families (sweep_at, family_id)",
};

}  // namespace

Step step_0005() { return {5, statements}; }

}  // namespace latchkey::store::schema
