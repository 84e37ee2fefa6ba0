#include "pages/visitor.hpp"

#include "people/sessions.hpp"

namespace latchkey::pages {

bool Visitor::is_fresh(Timestamp now) const {
    return now < session.created_at + people::fresh_session;
}

}  // namespace latchkey::pages
