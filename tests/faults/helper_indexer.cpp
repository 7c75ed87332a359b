// Indexes a store's log and says how far it is, a line each time: started to be killed.
//
//     helper_indexer STORE
#include "store/sidecar/sidecar_index.h"
#include "store/store.h"

#include <cstdio>
#include <cstdlib>

using namespace rewindow;

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("helper_indexer STORE\n", stderr);
        return 2;
    }
    const auto store =
        Store::open(StoreUrl::sqliteFile(QString::fromLocal8Bit(argv[1])), Store::Access::Read);
    if (!store) {
        std::fprintf(stderr, "%s\n", qPrintable(store.error().sentence()));
        return 1;
    }
    const auto say = [](qint64 rows) {
        std::fprintf(stdout, "%lld\n", static_cast<long long>(rows));
        std::fflush(stdout);
    };
    SidecarIndex index((*store)->info());
    say(index.view().rows());
    const auto extended = index.extend(
        (*store)->reader(), [&say](const SidecarView& view, qint64, qint64) { say(view.rows()); });
    if (!extended)
        std::fprintf(stderr, "%s\n", qPrintable(extended.error().sentence()));
    return extended ? 0 : 1;
}
