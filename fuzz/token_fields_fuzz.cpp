// What a token seals, as if a key had sealed anything: nothing may crash, a field lies inside what
// was given, and what reads as a token is written as the same fields again.

#include <cstdlib>

#include "tokens/access_token.hpp"
#include "tokens/fields.hpp"
#include "tokens/refresh_token.hpp"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

bool lies_inside(latchkey::ByteView part, latchkey::ByteView whole) {
    return part.empty() || (part.data() >= whole.data() &&
                            part.data() + part.size() <= whole.data() + whole.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace tokens = latchkey::tokens;
    const latchkey::ByteView input(data, size);
    tokens::FieldReader reader(input);
    int last_tag = -1;
    if (const auto kind = reader.kind(); kind != tokens::SealedKind::none) {
        tokens::FieldWriter again(kind);
        tokens::Field field;
        while (reader.next(field)) {
            require(lies_inside(field.value, input));
            require(field.tag > last_tag);
            last_tag = field.tag;
            (void)field.number();
            (void)field.time();
            again.bytes(field.tag, field.value);
        }
        require(again.content().size() <= size);
    }
    if (const auto token = tokens::read_access_token(input)) {
        require(token->user_id.has_value() == (data[1] == 1));
    }
    (void)tokens::read_refresh_routing(input);
    return 0;
}
