// One write for all that a commit adds to the write-ahead log.
#include "store/sqlite/gathered_wal.h"

#include "store/sqlite/sqlite_connection.h"

#include <cstddef>
#include <new>
#include <vector>

#include <sqlite3.h>

namespace rewindow {

namespace {

/// SQLite's own files take no more in one write: they look at 17 bits of the size.
constexpr std::size_t kMostGathered = 0x1ffff;

sqlite3_vfs* defaultVfs() {
    static sqlite3_vfs* const vfs = sqlite3_vfs_find(nullptr);
    return vfs;
}

/// A log's file: SQLite's own, and before it the writes that it has not seen. `base` comes first,
/// as SQLite's C interface has it; the own file lies right behind this in memory.
struct GatheringFile {
    sqlite3_file base;
    bool gathers = false;
    sqlite3_int64 offset = 0; ///< of what is gathered
    std::vector<char> gathered;

    static GatheringFile& of(sqlite3_file* file) { return *reinterpret_cast<GatheringFile*>(file); }
    sqlite3_file* own() { return reinterpret_cast<sqlite3_file*>(this + 1); }

    /// What could not be written is dropped: the transaction fails, and SQLite takes what is in the
    /// log from where it began for nothing.
    int writeGathered() {
        if (gathered.empty())
            return SQLITE_OK;
        const int written = own()->pMethods->xWrite(own(), gathered.data(),
                                                    static_cast<int>(gathered.size()), offset);
        gathered.clear();
        return written;
    }
};

static_assert(sizeof(GatheringFile) % alignof(std::max_align_t) == 0);

/// What is gathered still is of no commit.
int closeFile(sqlite3_file* file) {
    GatheringFile& log = GatheringFile::of(file);
    const int closed = log.own()->pMethods->xClose(log.own());
    log.~GatheringFile();
    return closed;
}

int readFile(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
    GatheringFile& log = GatheringFile::of(file);
    if (const int written = log.writeGathered(); written != SQLITE_OK)
        return written;
    return log.own()->pMethods->xRead(log.own(), into, size, offset);
}

int writeFile(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    GatheringFile& log = GatheringFile::of(file);
    if (!log.gathers)
        return log.own()->pMethods->xWrite(log.own(), bytes, size, offset);
    const bool follows = offset == log.offset + static_cast<sqlite3_int64>(log.gathered.size());
    if (!follows || log.gathered.size() + static_cast<std::size_t>(size) > kMostGathered)
        if (const int written = log.writeGathered(); written != SQLITE_OK)
            return written;
    if (log.gathered.empty())
        log.offset = offset;
    const char* from = static_cast<const char*>(bytes);
    try {
        log.gathered.insert(log.gathered.end(), from, from + size);
    } catch (const std::bad_alloc&) {
        return SQLITE_IOERR_NOMEM;
    }
    return SQLITE_OK;
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size) {
    GatheringFile& log = GatheringFile::of(file);
    if (const int written = log.writeGathered(); written != SQLITE_OK)
        return written;
    return log.own()->pMethods->xTruncate(log.own(), size);
}

int syncFile(sqlite3_file* file, int flags) {
    GatheringFile& log = GatheringFile::of(file);
    if (const int written = log.writeGathered(); written != SQLITE_OK)
        return written;
    return log.own()->pMethods->xSync(log.own(), flags);
}

int fileSize(sqlite3_file* file, sqlite3_int64* size) {
    GatheringFile& log = GatheringFile::of(file);
    if (const int written = log.writeGathered(); written != SQLITE_OK)
        return written;
    return log.own()->pMethods->xFileSize(log.own(), size);
}

int lockFile(sqlite3_file* file, int level) {
    sqlite3_file* own = GatheringFile::of(file).own();
    return own->pMethods->xLock(own, level);
}

int unlockFile(sqlite3_file* file, int level) {
    sqlite3_file* own = GatheringFile::of(file).own();
    return own->pMethods->xUnlock(own, level);
}

int isReserved(sqlite3_file* file, int* reserved) {
    sqlite3_file* own = GatheringFile::of(file).own();
    return own->pMethods->xCheckReservedLock(own, reserved);
}

int control(sqlite3_file* file, int operation, void* argument) {
    sqlite3_file* own = GatheringFile::of(file).own();
    return own->pMethods->xFileControl(own, operation, argument);
}

int sectorSize(sqlite3_file* file) {
    sqlite3_file* own = GatheringFile::of(file).own();
    return own->pMethods->xSectorSize(own);
}

int characteristics(sqlite3_file* file) {
    sqlite3_file* own = GatheringFile::of(file).own();
    return own->pMethods->xDeviceCharacteristics(own);
}

/// Version 1: a log is neither mapped nor shared memory.
constexpr sqlite3_io_methods kMethods = {
    1,        closeFile,  readFile,   writeFile, truncateFile, syncFile,        fileSize,
    lockFile, unlockFile, isReserved, control,   sectorSize,   characteristics, nullptr,
    nullptr,  nullptr,    nullptr,    nullptr,   nullptr};

int openFile(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flagsOut) {
    if ((flags & SQLITE_OPEN_WAL) == 0)
        return defaultVfs()->xOpen(defaultVfs(), name, file, flags, flagsOut);
    auto* log = new (file) GatheringFile{};
    const int opened = defaultVfs()->xOpen(defaultVfs(), name, log->own(), flags, flagsOut);
    // SQLite closes what has methods, even after a failure.
    if (log->own()->pMethods)
        log->base.pMethods = &kMethods;
    else
        log->~GatheringFile();
    return opened;
}

/// Null where the log is not one of ours, or not open yet.
GatheringFile* logOf(SqliteConnection& connection) {
    sqlite3_file* file = nullptr;
    if (sqlite3_file_control(connection.handle(), "main", SQLITE_FCNTL_JOURNAL_POINTER,
                             static_cast<void*>(&file)) != SQLITE_OK ||
        file == nullptr || file->pMethods != &kMethods)
        return nullptr;
    return &GatheringFile::of(file);
}

} // namespace

const char* gatheringVfs() {
    static const sqlite3_vfs* const registered = [] {
        // What the default one's own functions look up in theirs, they find in the copy too.
        static sqlite3_vfs vfs = *defaultVfs();
        vfs.zName = "rewindow-gathering";
        vfs.pNext = nullptr;
        vfs.szOsFile += static_cast<int>(sizeof(GatheringFile));
        vfs.xOpen = openFile;
        sqlite3_vfs_register(&vfs, 0);
        return &vfs;
    }();
    return registered->zName;
}

void gatherWalWrites(SqliteConnection& connection) {
    GatheringFile* log = logOf(connection);
    if (log == nullptr)
        return;
    log->gathers = true;
    // Whether we roll back or SQLite does after an error: from then on another process may write
    // where these frames would have gone.
    sqlite3_rollback_hook(
        connection.handle(),
        [](void* of) {
            auto* taken = static_cast<GatheringFile*>(of);
            taken->gathers = false;
            taken->gathered.clear();
        },
        log);
}

Result<void> endGathering(SqliteConnection& connection) {
    GatheringFile* log = logOf(connection);
    if (log == nullptr)
        return {};
    sqlite3_rollback_hook(connection.handle(), nullptr, nullptr);
    log->gathers = false;
    if (log->writeGathered() != SQLITE_OK)
        return fail(
            Error::Kind::Storage,
            QStringLiteral("the write-ahead log of %1 cannot be written").arg(connection.path()),
            QStringLiteral("check the disk it lies on"));
    return {};
}

} // namespace rewindow
