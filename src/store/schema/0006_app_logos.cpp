// The apps' logos: small images that the consent and account pages show beside a name. In a table
// of their own, so that reading an app, which every request does, never walks over one. The
// contents come last, for the same reason: what is read without them is on the row's first page.

#include "store/schema/steps.hpp"

namespace latchkey::store::schema {
namespace {

constexpr database::Sql statements[] = {
    R"(CREATE TABLE client_logos (
        client_id BLOB NOT NULL PRIMARY KEY,
        version TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        contents BLOB NOT NULL
    ) STRICT)",
};

}  // namespace

Step step_0006() { return {6, statements}; }

}  // namespace latchkey::store::schema
