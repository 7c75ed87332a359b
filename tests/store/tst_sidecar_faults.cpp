// The sidecar index when things go wrong: killed, cut, spoilt, full disks, and stores that are not
// what was indexed. It never says anything but what the log says.
#include "store/sidecar/matched_rows.h"
#include "store/sidecar/sidecar_counts.h"
#include "support/sidecar_support.h"

#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>
#include <QScopeGuard>

#include <csignal>
#include <sys/resource.h>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

Result<void> indexAll(Store& store, SidecarIndex& index) {
    return index.extend(store.reader());
}

} // namespace

class TestSidecarFaults : public QObject {
    Q_OBJECT

  private slots:
    void goesOnAfterBeingKilled();
    void noticesThatItsFileWasCut();
    void noticesThatItsFileIsCutMeanwhile();
    void answersNothingFromAFileThatWasCut();
    void noticesThatItsFileWasSpoilt();
    void noticesAnotherStore();
    void noticesEventsGoneFromTheMiddle();
    void noticesEventsPutIntoTheMiddle();
    void noticesAChangedEnd();
    void noticesAStoreThatWasEmptied();
    void managesWithoutAFolder();
    void goesOnWhenThereIsSpaceAgain();
};

void TestSidecarFaults::goesOnAfterBeingKilled() {
    IndexedLog log("i+1+i/7");
    QRandomGenerator random(3);
    int inTheMidst = 0;
    for (int round = 0; round < 12; ++round) {
        if (!indexFile().isEmpty())
            QVERIFY(QFile::remove(indexFile()));
        QProcess builder;
        builder.start(builtTestFile(QStringLiteral("helper_indexer")), {log.scratch().path()});
        QVERIFY(builder.waitForReadyRead(30'000)); // it begins
        if (round % 2 == 0) {
            QTest::qWait(int(random.bounded(400)));
        } else {
            // Right after the first segment, and while the next is being built.
            QByteArray said = builder.readAllStandardOutput();
            while (said.count('\n') < 2 && builder.waitForReadyRead(30'000))
                said += builder.readAllStandardOutput();
        }
        builder.kill();
        QVERIFY(builder.state() == QProcess::NotRunning || builder.waitForFinished(30'000));
        {
            const SidecarIndex left(log->info());
            inTheMidst += left.view().rows() > 0 && left.view().rows() < kManyEvents ? 1 : 0;
        }
        QCOMPARE(log.indexed(), QString());
    }
    QVERIFY2(inTheMidst > 0, "no kill fell between the first segment and the last");
}

void TestSidecarFaults::noticesThatItsFileWasCut() {
    IndexedLog log;
    QCOMPARE(log.indexed(), QString());
    const QByteArray whole = bytesOf(indexFile());
    QRandomGenerator random(4);
    for (int round = 0; round < 12; ++round) {
        const qint64 length = round == 0 ? 0 : random.bounded(int(whole.size()));
        replaceFile(indexFile(), whole.left(length));
        {
            const SidecarIndex left(log->info());
            QVERIFY(left.view().rows() < kManyEvents);
        }
        QCOMPARE(log.indexed(), QString());
        qint64 read = 0;
        QCOMPARE(log.indexed(&read), QString());
        QCOMPARE(read, 0);
    }
}

void TestSidecarFaults::noticesThatItsFileIsCutMeanwhile() {
    IndexedLog log;
    SidecarIndex index(log->info());
    QVERIFY_RESULT(indexAll(*log, index));
    QVERIFY(QFile::resize(indexFile(), 70'000));
    QVERIFY_RESULT(indexAll(*log, index));
    QCOMPARE(difference(index.view(), log.events()), QString());
    QVERIFY(index.isKept());
}

void TestSidecarFaults::answersNothingFromAFileThatWasCut() {
    IndexedLog log;
    SidecarIndex keeper(log->info());
    QVERIFY_RESULT(indexAll(*log, keeper));
    SidecarIndex reader(log->info()); // has no right to change the file
    QVERIFY_RESULT(indexAll(*log, reader));
    QVERIFY(!reader.isKept());
    const SidecarView view = reader.view();
    QVERIFY(view.isWhole());
    const auto matched = MatchedRows::of(view, {});
    QVERIFY_RESULT(matched);
    const qint64 whole = QFileInfo(indexFile()).size();
    for (const qint64 size : {whole - 1, whole / 2, qint64(0)}) {
        QVERIFY(QFile::resize(indexFile(), size));
        QVERIFY(!view.isWhole());
        QVERIFY(!keeper.view().isWhole());
        for (const auto& counted : {countTypes(view, {}, 0), countStreams(view, {}, 0)}) {
            QVERIFY(!counted);
            QCOMPARE(counted.error().kind, Error::Kind::Storage);
        }
        SidecarSelection late;
        late.from = Timestamp(log.events()[log.events().size() - 10].time);
        QVERIFY(!countTypes(view, late, 0));
        QVERIFY(!MatchedRows::of(view, {}));
        QVERIFY(matched->rows(kManyEvents - 3, 3).empty());
    }
    for (SidecarIndex* index : {&reader, &keeper}) {
        QVERIFY_RESULT(indexAll(*log, *index));
        QVERIFY(index->view().isWhole());
        QCOMPARE(difference(index->view(), log.events()), QString());
    }
    QCOMPARE(log.indexed(), QString());
}

void TestSidecarFaults::noticesThatItsFileWasSpoilt() {
    IndexedLog log;
    QCOMPARE(log.indexed(), QString());
    const QByteArray whole = bytesOf(indexFile());
    QRandomGenerator random(5);
    for (int round = 0; round < 16; ++round) {
        QByteArray spoilt = whole;
        // In the headers, at their ends, and anywhere.
        const int at = round < 5 ? round * 13 : int(random.bounded(int(whole.size())));
        spoilt[at] = char(spoilt[at] ^ (1 << random.bounded(8)));
        replaceFile(indexFile(), spoilt);
        {
            const SidecarIndex left(log->info());
            QVERIFY2(left.view().rows() < kManyEvents, qPrintable(QString::number(at)));
        }
        QCOMPARE(log.indexed(), QString());
    }
    for (const QByteArray& other : {QByteArray("no index at all"), QByteArray(100'000, '\0'),
                                    whole + whole, whole + "and more"}) {
        replaceFile(indexFile(), other);
        QCOMPARE(log.indexed(), QString());
    }
}

void TestSidecarFaults::noticesAnotherStore() {
    // The same id, the same first event: a copy that went its own way.
    IndexedLog log("i+1", 3000);
    QCOMPARE(log.indexed(), QString());
    for (const char* change :
         {"UPDATE events SET event_id='other' WHERE position=3000",
          "UPDATE events SET event_type='Other' WHERE position=3000",
          "UPDATE events SET recorded_at=5 WHERE position=3000",
          "UPDATE events SET event_id=event_id||'x' WHERE position=1",
          "UPDATE events SET stream='other-'||stream", "DELETE FROM events WHERE position>2000"}) {
        RawSqlite(log.scratch().path()).run(change);
        log.readAgain();
        QCOMPARE(log.indexed(), QString());
        QCOMPARE(log.indexed(), QString());
    }
}

void TestSidecarFaults::noticesEventsGoneFromTheMiddle() {
    IndexedLog log("i+1", 3000);
    QCOMPARE(log.indexed(), QString());
    RawSqlite(log.scratch().path()).run("DELETE FROM events WHERE position=1234");
    log.readAgain();
    QCOMPARE(log.indexed(), QString());
    // And as many new ones as went.
    RawSqlite(log.scratch().path()).run("DELETE FROM events WHERE position IN (77, 78)");
    insertEvents(log.scratch().path(), 3000, 2);
    log.readAgain();
    QCOMPARE(log.indexed(), QString());
}

void TestSidecarFaults::noticesEventsPutIntoTheMiddle() {
    IndexedLog log("i*2+2", 3000);
    QCOMPARE(log.indexed(), QString());
    insertEvents(log.scratch().path(), 3000, 1, "601");
    log.readAgain();
    QCOMPARE(log.indexed(), QString());
}

void TestSidecarFaults::noticesAChangedEnd() {
    IndexedLog log("i+1", 3000);
    SidecarIndex index(log->info());
    QVERIFY_RESULT(indexAll(*log, index));
    // While it is open: the last event makes room for another.
    RawSqlite(log.scratch().path())
        .run("DELETE FROM events WHERE position=3000; INSERT INTO events(position, event_id, "
             "stream, aggregate_type, aggregate_id, version, event_type, data, recorded_at) "
             "VALUES(3000, 'n1', 's', '', '', 1, 'T', '{}', 1), "
             "(3001, 'n2', 's', '', '', 2, 'T', '{}', 2)");
    QVERIFY_RESULT(indexAll(*log, index));
    QCOMPARE(difference(index.view(), plainEvents(*log)), QString());
}

void TestSidecarFaults::noticesAStoreThatWasEmptied() {
    IndexedLog log("i+1", 3000);
    SidecarIndex index(log->info());
    QVERIFY_RESULT(indexAll(*log, index));
    RawSqlite(log.scratch().path()).run("DELETE FROM events");
    QVERIFY_RESULT(indexAll(*log, index));
    QCOMPARE(index.view().rows(), 0);
    QVERIFY(!index.view().timeSpan());
    QCOMPARE(index.view().names(NameKind::Type), 0u);
    QCOMPARE(index.view().rowAt(1_pos), 0);
}

void TestSidecarFaults::managesWithoutAFolder() {
    IndexedLog log("i+1", 100'000);
    qputenv("REWINDOW_DATA_HOME", "/proc/nowhere");
    SidecarIndex index(log->info());
    QVERIFY(!index.isKept());
    QVERIFY_RESULT(indexAll(*log, index));
    QCOMPARE(difference(index.view(), log.events()), QString());
}

void TestSidecarFaults::goesOnWhenThereIsSpaceAgain() {
    IndexedLog log;
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto restore = qScopeGuard([&before] { ::setrlimit(RLIMIT_FSIZE, &before); });
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit little = before;
    little.rlim_cur = 1'200'000; // one segment and a part of the next
    SidecarIndex index(log->info());
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &little), 0);
    const auto extended = index.extend(log->reader());
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    QVERIFY(!extended && extended.error().kind == Error::Kind::Storage);
    QVERIFY2(extended.error().sentence().contains(indexFile()),
             qPrintable(extended.error().sentence()));
    const qint64 rows = index.view().rows();
    QVERIFY(rows >= 65'536 && rows < kManyEvents);
    QCOMPARE(difference(index.view(), {log.events().begin(), log.events().begin() + rows}),
             QString());
    CountingReader reader(log->reader());
    QVERIFY_RESULT(index.extend(reader));
    QCOMPARE(reader.headers, kManyEvents - rows);
    QCOMPARE(difference(index.view(), log.events()), QString());
    const SidecarIndex other(log->info());
    QCOMPARE(difference(other.view(), log.events()), QString());
}

QTEST_GUILESS_MAIN(TestSidecarFaults)
#include "tst_sidecar_faults.moc"
