// What a commit writes goes to the log in one write, and a write that fails fails the commit.
#include "store/event_writer.h"
#include "support/scratch_store.h"

#include <cstddef>

using namespace rewindow;
using namespace Qt::StringLiterals;
using namespace rewindow::test;
using namespace rewindow::literals;

namespace {

/// What the file system has been asked to do with write-ahead logs, and what it refuses.
struct Disk {
    int writes = 0;
    int flushes = 0;
    bool isFull = false;
    bool flushesFail = false;
};

Disk disk; // a VFS is the process's own

sqlite3_vfs* realVfs = nullptr;

struct WatchedFile {
    sqlite3_file base;
    sqlite3_io_methods methods;

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    static sqlite3_file* realOf(sqlite3_file* file) {
        return reinterpret_cast<WatchedFile*>(file)->real();
    }
};

int watchedClose(sqlite3_file* file) {
    return WatchedFile::realOf(file)->pMethods->xClose(WatchedFile::realOf(file));
}
int watchedRead(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
    sqlite3_file* real = WatchedFile::realOf(file);
    return real->pMethods->xRead(real, into, size, offset);
}
int watchedWrite(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    if (disk.isFull)
        return SQLITE_FULL;
    ++disk.writes;
    sqlite3_file* real = WatchedFile::realOf(file);
    return real->pMethods->xWrite(real, bytes, size, offset);
}
int watchedTruncate(sqlite3_file* file, sqlite3_int64 size) {
    sqlite3_file* real = WatchedFile::realOf(file);
    return real->pMethods->xTruncate(real, size);
}
int watchedSync(sqlite3_file* file, int flags) {
    if (disk.flushesFail)
        return SQLITE_IOERR_FSYNC;
    ++disk.flushes;
    sqlite3_file* real = WatchedFile::realOf(file);
    return real->pMethods->xSync(real, flags);
}
int watchedSize(sqlite3_file* file, sqlite3_int64* size) {
    sqlite3_file* real = WatchedFile::realOf(file);
    return real->pMethods->xFileSize(real, size);
}
int watchedControl(sqlite3_file* file, int operation, void* argument) {
    sqlite3_file* real = WatchedFile::realOf(file);
    return real->pMethods->xFileControl(real, operation, argument);
}
int watchedLock(sqlite3_file*, int) {
    return SQLITE_OK;
}
int watchedReserved(sqlite3_file*, int* reserved) {
    *reserved = 0;
    return SQLITE_OK;
}
int watchedSector(sqlite3_file* file) {
    sqlite3_file* real = WatchedFile::realOf(file);
    return real->pMethods->xSectorSize(real);
}
int watchedDevice(sqlite3_file* file) {
    sqlite3_file* real = WatchedFile::realOf(file);
    return real->pMethods->xDeviceCharacteristics(real);
}

int openWatched(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flagsOut) {
    if ((flags & SQLITE_OPEN_WAL) == 0)
        return realVfs->xOpen(realVfs, name, file, flags, flagsOut);
    auto* watched = new (file) WatchedFile{};
    const int opened = realVfs->xOpen(realVfs, name, watched->real(), flags, flagsOut);
    watched->methods.iVersion = 1;
    watched->methods.xClose = watchedClose;
    watched->methods.xRead = watchedRead;
    watched->methods.xWrite = watchedWrite;
    watched->methods.xTruncate = watchedTruncate;
    watched->methods.xSync = watchedSync;
    watched->methods.xFileSize = watchedSize;
    watched->methods.xLock = watchedLock;
    watched->methods.xUnlock = watchedLock;
    watched->methods.xCheckReservedLock = watchedReserved;
    watched->methods.xFileControl = watchedControl;
    watched->methods.xSectorSize = watchedSector;
    watched->methods.xDeviceCharacteristics = watchedDevice;
    if (watched->real()->pMethods)
        watched->base.pMethods = &watched->methods;
    return opened;
}

/// Becomes what SQLite, and with it every store, opens files through.
void watchTheDisk() {
    static sqlite3_vfs vfs;
    realVfs = sqlite3_vfs_find(nullptr);
    vfs = *realVfs;
    vfs.zName = "watched";
    vfs.pNext = nullptr;
    vfs.szOsFile += static_cast<int>(sizeof(WatchedFile));
    vfs.xOpen = openWatched;
    sqlite3_vfs_register(&vfs, 1);
}

Result<AppendOutcome> append(EventWriter& writer, const QString& id,
                             const QByteArray& data = "{}") {
    const NewEvent event{id, u"Happened"_s, data, {}, {}, {}, Timestamp(1'700'000'000'000'000)};
    return writer.append(u"order-1"_s, ExpectedVersion::any(), std::vector{event});
}

/// `count` events of some kilobyte each, more than SQLite keeps in memory before it is committed.
ImportSource manyEvents(
    int count, std::function<void()> halfWay = [] {}) {
    return [count, halfWay, next = 0]() mutable -> Result<std::optional<ImportedEvent>> {
        if (next == count / 2)
            halfWay();
        if (next == count)
            return std::nullopt;
        const NewEvent event{u"many-%1"_s.arg(next),
                             u"Happened"_s,
                             "\"" + QByteArray(4000, static_cast<char>('a' + next % 26)) + "\"",
                             {},
                             {},
                             {},
                             Timestamp(1'700'000'000'000'000)};
        return ImportedEvent{u"order-%1"_s.arg(next++), {}, event, u"here"_s};
    };
}

void expectWhole(const ScratchStore& store) {
    QCOMPARE(RawSqlite(store.path()).run("PRAGMA integrity_check"), QStringList(u"ok"_s));
}

} // namespace

class TestGatheredWrites : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { watchTheDisk(); }
    void init() { disk = {}; }

    void aSmallCommitIsOneWriteAndOneFlush();
    void othersSeeACommitAtOnce();
    void anAppendFailsWithItsWrite();
    void anAppendFailsWithItsFlush();
    void anImportBeyondTheCacheIsWholeOrNotThere();
    void anImportFailsWithItsWrites();
};

void TestGatheredWrites::aSmallCommitIsOneWriteAndOneFlush() {
    ScratchStore store;
    QVERIFY(append(store.writer(), u"first"_s));
    for (int i = 0; i < 20; ++i) {
        disk = {};
        QVERIFY(append(store.writer(), u"e%1"_s.arg(i)));
        QCOMPARE(disk.writes, 1);
        QCOMPARE(disk.flushes, 1);
    }
    expectWhole(store);
}

void TestGatheredWrites::othersSeeACommitAtOnce() {
    ScratchStore store;
    ASSIGN_RESULT(other, Store::open(store.url(), Store::Access::Read));
    for (int i = 1; i <= 200; ++i) {
        QVERIFY(append(store.writer(), u"e%1"_s.arg(i), QByteArray(i * 50, '1')));
        ASSIGN_RESULT(head, other->reader().head());
        QCOMPARE(head.value(), qint64(i));
    }
}

void TestGatheredWrites::anAppendFailsWithItsWrite() {
    ScratchStore store;
    QVERIFY(append(store.writer(), u"first"_s));
    disk.isFull = true;
    const auto refused = append(store.writer(), u"second"_s);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Storage);
    QVERIFY2(refused.error().sentence().contains(u"Make room"_s),
             qPrintable(refused.error().sentence()));
    disk.isFull = false;
    ASSIGN_RESULT(head, store->reader().head());
    QCOMPARE(head, 1_pos);
    ASSIGN_RESULT(again, append(store.writer(), u"second"_s));
    QCOMPARE(std::get<Appended>(again).position, 2_pos);
    QVERIFY(!std::get<Appended>(again).wasThere);
    expectWhole(store);
}

void TestGatheredWrites::anAppendFailsWithItsFlush() {
    ScratchStore store;
    QVERIFY(append(store.writer(), u"first"_s));
    disk.flushesFail = true;
    const auto refused = append(store.writer(), u"second"_s);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Storage);
    disk.flushesFail = false;
    ASSIGN_RESULT(again, append(store.writer(), u"third"_s));
    QCOMPARE(std::get<Appended>(again).position, 2_pos);
    expectWhole(store);
}

void TestGatheredWrites::anImportBeyondTheCacheIsWholeOrNotThere() {
    ScratchStore store;
    QVERIFY(append(store.writer(), u"first"_s));
    CancelToken cancel;
    int writtenBefore = 0;
    const auto cancelAndCount = [&] {
        cancel.cancel();
        writtenBefore = disk.writes;
    };
    QVERIFY(!store.writer().importAll(manyEvents(40'000, cancelAndCount), cancel));
    // Pages were written before it was cancelled: this is about taking such back. None was after
    // it, when others may write.
    QVERIFY(writtenBefore > 1);
    QCOMPARE(disk.writes, writtenBefore);
    ASSIGN_RESULT(head, store->reader().head());
    QCOMPARE(head, 1_pos);
    expectWhole(store);

    ASSIGN_RESULT(imported, store.writer().importAll(manyEvents(40'000), {}));
    QCOMPARE(imported.events, qint64(40'000));
    ASSIGN_RESULT(summary, store->reader().summary());
    QCOMPARE(summary.events, qint64(40'001));
    QVERIFY(summary.gapless());
    expectWhole(store);
}

void TestGatheredWrites::anImportFailsWithItsWrites() {
    ScratchStore store;
    QVERIFY(append(store.writer(), u"first"_s));
    const auto refused =
        store.writer().importAll(manyEvents(40'000, [] { disk.isFull = true; }), {});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Storage);
    disk.isFull = false;
    ASSIGN_RESULT(again, append(store.writer(), u"second"_s));
    QCOMPARE(std::get<Appended>(again).position, 2_pos);
    expectWhole(store);
}

QTEST_GUILESS_MAIN(TestGatheredWrites)
#include "tst_gathered_writes.moc"
