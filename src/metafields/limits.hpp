#pragma once

// Every limit on metafields, named once. Errors quote these numbers, so that nobody has to guess.

#include <cstddef>

namespace latchkey::metafields {

inline constexpr std::size_t min_key_length = 2;  // bytes, as are all lengths of ASCII names
inline constexpr std::size_t max_key_length = 64;
inline constexpr std::size_t min_namespace_length = 3;
inline constexpr std::size_t max_namespace_length = 255;
inline constexpr std::size_t max_name_length = 255;         // characters
inline constexpr std::size_t max_description_length = 255;  // characters

inline constexpr int max_definitions_per_client = 256;
inline constexpr int max_namespaces_per_client = 64;
inline constexpr std::size_t max_namespace_depth = 8;
inline constexpr std::size_t max_grants_per_resource = 100;
inline constexpr int max_grants_to_one = 2000;  // looked at when listing what is shared with an app
inline constexpr std::size_t max_metafields_per_set = 25;
inline constexpr std::size_t max_identifiers_per_query = 250;
inline constexpr int max_page_size = 250;
inline constexpr int default_page_size = 50;  // when neither `first` nor `last` is given

inline constexpr std::size_t max_value_bytes = 64 * 1024;
inline constexpr std::size_t max_identifier_value_bytes = 2 * 1024;  // id, url
inline constexpr std::size_t max_list_items = 128;
inline constexpr int max_json_depth = 64;

inline constexpr std::size_t max_validations_per_definition = 16;
inline constexpr std::size_t max_choices = 128;
inline constexpr std::size_t max_validation_bytes = 64 * 1024;
inline constexpr std::size_t max_regex_bytes = 1024;
inline constexpr int max_regex_memory = 128 * 1024;  // bytes, for its program and automaton
inline constexpr std::size_t max_decimal_places = 9;
inline constexpr std::size_t max_decimal_whole_digits = 13;

}  // namespace latchkey::metafields
