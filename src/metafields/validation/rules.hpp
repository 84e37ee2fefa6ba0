#pragma once

// The rules that need more than a comparison, one file for each kind. validation_rules.cpp has the
// table that names them; what the functions mean is said there.

#include <string_view>

#include "metafields/types/type.hpp"
#include "metafields/validation/validation_rules.hpp"

namespace latchkey::metafields {

/// regex: RE2 syntax; a match anywhere in the text is enough, so anchors are the rule's to write.
[[nodiscard]] Fault check_regex(const ScalarType& type, std::string_view parameter);
[[nodiscard]] Fault enforce_regex(const ScalarType& type, std::string_view parameter,
                                  std::string_view canonical);

/// choices: a JSON array of the texts that are allowed.
[[nodiscard]] Fault check_choices(const ScalarType& type, std::string_view parameter);
[[nodiscard]] Fault enforce_choices(const ScalarType& type, std::string_view parameter,
                                    std::string_view canonical);

/// allowed_domains: a JSON array of hosts; an address must be at one of them, exactly.
[[nodiscard]] Fault check_domains(const ScalarType& type, std::string_view parameter);
[[nodiscard]] Fault enforce_domains(const ScalarType& type, std::string_view parameter,
                                    std::string_view canonical);

/// scale_min, scale_max: the scale that every rating must be on.
[[nodiscard]] Fault check_scale(const ScalarType& type, std::string_view parameter);
[[nodiscard]] Fault enforce_scale_min(const ScalarType& type, std::string_view parameter,
                                      std::string_view canonical);
[[nodiscard]] Fault enforce_scale_max(const ScalarType& type, std::string_view parameter,
                                      std::string_view canonical);

/// schema: a JSON Schema, see json_schema.hpp.
[[nodiscard]] Fault check_schema(const ScalarType& type, std::string_view parameter);
[[nodiscard]] Fault enforce_schema(const ScalarType& type, std::string_view parameter,
                                   std::string_view canonical);

}  // namespace latchkey::metafields
