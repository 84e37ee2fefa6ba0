#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.2.1.1: the schema has a root type for the operation.
void known_operation_types(const Facts& facts, Report& report) {
    for (const Definition& definition : facts.operations) {
        const language::Operation& operation = *definition.operation;
        if (facts.system.root(operation.type) != nullptr) continue;
        const std::string_view kind =
            operation.type == language::OperationType::mutation ? "mutation" : "subscription";
        report.add("The " + std::string(kind) + " operation is not supported by the schema.",
                   {operation.at});
    }
}

}  // namespace latchkey::graphql::validation
