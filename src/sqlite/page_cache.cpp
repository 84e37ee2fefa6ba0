#include "sqlite/page_cache.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <new>

namespace latchkey::sqlite {
namespace {

/// SQLite's own cache, which does all the work.
sqlite3_pcache_methods2 own{};

struct Cache {
    sqlite3_pcache* real;
    unsigned page_for_a_moment;  // the number that pages are given while others change theirs
    unsigned highest = 0;        // no page of the cache has a higher one but for a moment
};

Cache& of(sqlite3_pcache* cache) noexcept { return *reinterpret_cast<Cache*>(cache); }

int start(void*) { return own.xInit(own.pArg); }

void end(void*) { own.xShutdown(own.pArg); }

sqlite3_pcache* create(int page_bytes, int extra_bytes, int is_purgeable) {
    sqlite3_pcache* real = own.xCreate(page_bytes, extra_bytes, is_purgeable);
    if (real == nullptr) return nullptr;
    // Of the lock byte, 1 GiB into the file: no row is ever there.
    const unsigned lock_page = 0x40000000U / static_cast<unsigned>(page_bytes) + 1;
    auto* cache = new (std::nothrow) Cache{.real = real, .page_for_a_moment = lock_page};
    if (cache == nullptr) own.xDestroy(real);
    return reinterpret_cast<sqlite3_pcache*>(cache);
}

void destroy(sqlite3_pcache* cache) {
    own.xDestroy(of(cache).real);
    std::default_delete<Cache>()(&of(cache));
}

void set_size(sqlite3_pcache* cache, int pages) { own.xCachesize(of(cache).real, pages); }

int count(sqlite3_pcache* cache) { return own.xPagecount(of(cache).real); }

sqlite3_pcache_page* fetch(sqlite3_pcache* cache, unsigned number, int create) {
    sqlite3_pcache_page* page = own.xFetch(of(cache).real, number, create);
    if (page != nullptr) of(cache).highest = std::max(of(cache).highest, number);
    return page;
}

void unpin(sqlite3_pcache* cache, sqlite3_pcache_page* page, int discard) {
    own.xUnpin(of(cache).real, page, discard);
}

void rekey(sqlite3_pcache* cache, sqlite3_pcache_page* page, unsigned before, unsigned number) {
    own.xRekey(of(cache).real, page, before, number);
    if (number == of(cache).page_for_a_moment) return;
    of(cache).highest = std::max(of(cache).highest, number);
}

/// Drops the pages from `first` on.
void truncate(sqlite3_pcache* cache, unsigned first) {
    if (first > of(cache).highest) return;
    own.xTruncate(of(cache).real, first);
    of(cache).highest = std::max(first, 1U) - 1;
}

void shrink(sqlite3_pcache* cache) { own.xShrink(of(cache).real); }

}  // namespace

void note_highest_pages() {
    if (sqlite3_config(SQLITE_CONFIG_GETPCACHE2, &own) != SQLITE_OK) return;
    sqlite3_pcache_methods2 noting{.iVersion = 1,
                                   .pArg = nullptr,
                                   .xInit = start,
                                   .xShutdown = end,
                                   .xCreate = create,
                                   .xCachesize = set_size,
                                   .xPagecount = count,
                                   .xFetch = fetch,
                                   .xUnpin = unpin,
                                   .xRekey = rekey,
                                   .xTruncate = truncate,
                                   .xDestroy = destroy,
                                   .xShrink = shrink};
    // Once SQLite has started it refuses.
    (void)sqlite3_config(SQLITE_CONFIG_PCACHE2, &noting);
}

}  // namespace latchkey::sqlite
