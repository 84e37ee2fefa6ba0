#include "store/schema/steps.hpp"

#include <array>

namespace latchkey::store::schema {

std::span<const Step> steps() {
    static const std::array all{step_0001(), step_0002(), step_0003(), step_0004(),
                                step_0005(), step_0006(), step_0007()};
    return all;
}

}  // namespace latchkey::store::schema
