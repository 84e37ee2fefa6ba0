#include <cstdio>

int main() {
    std::fputs("latchkey-storefront\n", stderr);
    return 2;
}
