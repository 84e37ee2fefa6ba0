#include "apps/latchkey/start_memory.hpp"

#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>

namespace latchkey::app {
namespace {

bool is_traced() {
    std::ifstream status("/proc/self/status");
    constexpr std::string_view wanted = "TracerPid:\t";
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(wanted)) return line.substr(wanted.size()) != "0";
    }
    return true;  // nobody says otherwise
}

/// Code is never written, so that the file holds all of it; data and relocated tables are left
/// alone.
bool is_code(const ElfW(Phdr) & segment) noexcept {
    return segment.p_type == PT_LOAD && (segment.p_flags & PF_X) != 0 &&
           (segment.p_flags & PF_W) == 0;
}

int drop_code(dl_phdr_info* object, std::size_t, void*) {
    // The kernel's own page in every process is no file.
    if (std::string_view(object->dlpi_name).starts_with("linux-vdso")) return 0;
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    for (std::size_t i = 0; i < object->dlpi_phnum; ++i) {
        const auto& segment = object->dlpi_phdr[i];
        if (!is_code(segment)) continue;
        const std::uintptr_t at = object->dlpi_addr + segment.p_vaddr;
        const std::uintptr_t begin = at / page * page;
        // An optimisation: where it is refused, the pages stay.
        (void)::madvise(reinterpret_cast<void*>(begin), at + segment.p_memsz - begin,
                        MADV_DONTNEED);
    }
    return 0;
}

}  // namespace

void give_back_start_memory() noexcept {
    ::malloc_trim(0);
    if (!is_traced()) dl_iterate_phdr(drop_code, nullptr);
}

}  // namespace latchkey::app
