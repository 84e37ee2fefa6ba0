#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.2.3.1: an operation without a name stands alone.
void lone_anonymous_operation(const Facts& facts, Report& report) {
    if (facts.operations.size() < 2) return;
    for (const Definition& definition : facts.operations) {
        if (definition.operation->name) continue;
        report.add("This anonymous operation must be the only defined operation.",
                   {definition.operation->at});
    }
}

}  // namespace latchkey::graphql::validation
