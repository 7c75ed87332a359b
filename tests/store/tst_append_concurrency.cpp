// Several writers of one store at once, each with a connection of its own.
#include "support/scratch_store.h"

#include <QSet>

#include <map>
#include <thread>

using namespace rewindow;
using namespace Qt::StringLiterals;
using namespace rewindow::test;

namespace {

/// Appends `events` events to `stream`, always at the version it believes in; counts conflicts.
struct Writer {
    int accepted = 0;
    int conflicts = 0;
    QString failure;

    void run(const StoreUrl& url, int number, int events, int streams) {
        const auto store = Store::open(url, Store::Access::ReadWrite);
        if (!store) {
            failure = store.error().sentence();
            return;
        }
        for (int i = 0; i < events && failure.isEmpty(); ++i)
            appendOne(**store, QStringLiteral("order-%1").arg(i % streams),
                      QStringLiteral("%1-%2").arg(number).arg(i));
    }

    void appendOne(Store& store, const QString& stream, const QString& id) {
        const NewEvent event{id, QStringLiteral("Happened"), "{}", {}, {}, {}, Timestamp(1)};
        for (;;) {
            const auto there = store.reader().stream(stream);
            const StreamVersion version = there && *there ? (*there)->version : StreamVersion(0);
            const auto outcome =
                (*store.writer())
                    ->append(stream, ExpectedVersion::exactly(version), std::span(&event, 1));
            if (!outcome) {
                failure = outcome.error().sentence();
                return;
            }
            if (std::holds_alternative<Appended>(*outcome)) {
                ++accepted;
                return;
            }
            ++conflicts;
        }
    }
};

} // namespace

class TestAppendConcurrency : public QObject {
    Q_OBJECT

  private slots:
    void losesNothingAmongSeveralWriters();
};

void TestAppendConcurrency::losesNothingAmongSeveralWriters() {
    constexpr int kWriters = 4, kEvents = 150, kStreams = 3;
    ScratchStore store;
    std::vector<Writer> writers(kWriters);
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < kWriters; ++i)
            threads.emplace_back([&, i] { writers[i].run(store.url(), i, kEvents, kStreams); });
    }
    for (const Writer& writer : writers) {
        QCOMPARE(writer.failure, QString());
        QCOMPARE(writer.accepted, kEvents);
    }
    ASSIGN_RESULT(events, store->reader().read({}));
    QCOMPARE(events.size(), std::size_t(kWriters * kEvents));
    std::map<QString, qint64> versions;
    QSet<QString> ids;
    qint64 position = 0;
    for (const RecordedEvent& event : events) {
        QCOMPARE(event.position().value(), ++position);
        QCOMPARE(event.version().value(), ++versions[toQString(event.stream())]);
        ids.insert(toQString(event.id()));
    }
    QCOMPARE(ids.size(), qsizetype(kWriters * kEvents));
}

QTEST_GUILESS_MAIN(TestAppendConcurrency)
#include "tst_append_concurrency.moc"
