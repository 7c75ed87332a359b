// A stream's events as a table: what the outline tells, and payloads read as they are looked at.
#include "model/items/stream_events_model.h"

#include "support/scratch_store.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace rewindow;
using namespace rewindow::test;

namespace {

const QString kStream = QStringLiteral("order-1");

/// What a replay would tell of the stream.
AggregateOutline outlineOf(Store& store, const QString& stream) {
    EventQuery query;
    query.stream = stream;
    const auto read = store.reader().read(query);
    if (!read)
        qFatal("%s", qPrintable(read.error().sentence()));
    auto events = std::make_shared<std::vector<TimelineEvent>>();
    for (const RecordedEvent& event : *read)
        events->push_back(
            {event.version(), event.position(), event.recordedAt(), toQString(event.type())});
    AggregateOutline outline;
    outline.stream = stream;
    outline.events = events;
    return outline;
}

class tst_StreamEventsModel : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();
    void showsTheOutlineAtOnceAndPayloadsWhenRead();
    void readsOnlyThePagesLookedAt();
    void dimsWhatLiesAfterTheVersion();
    void growsByRows();
    void aPageReadHalfFullIsReadAgain();
    void anotherStreamResets();
    void showsHugePayloadsInPartAndFetchesThemWhole();
    void marksWhatCouldNotBeApplied();
    void showsTheDateWhereThereIsMoreThanOne();

  private:
    QString cell(int row, int column) { return m_model->index(row, column).data().toString(); }
    void append(int events);

    std::unique_ptr<ScratchStore> m_store;
    std::unique_ptr<StoreLane> m_lane;
    std::unique_ptr<StreamEventsModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    int m_appended = 0;
};

void tst_StreamEventsModel::init() {
    m_store = std::make_unique<ScratchStore>();
    m_lane = std::make_unique<StoreLane>(m_store->url(), Store::Access::Read);
    m_model = std::make_unique<StreamEventsModel>(*m_lane);
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
    m_appended = 0;
}

void tst_StreamEventsModel::cleanup() {
    m_tester.reset();
    m_model.reset();
    m_lane.reset();
    m_store.reset();
}

void tst_StreamEventsModel::append(int events) {
    for (int i = 0; i < events; ++i)
        m_store->append(kStream, QStringLiteral("ItemAdded"),
                        R"({"n":)" + QByteArray::number(++m_appended) + "}");
}

void tst_StreamEventsModel::showsTheOutlineAtOnceAndPayloadsWhenRead() {
    append(3);
    m_model->setOutline(outlineOf(**m_store, kStream));
    QCOMPARE(m_model->rowCount(), 3);
    QCOMPARE(cell(1, StreamEventsModel::VersionColumn), QStringLiteral("2"));
    QCOMPARE(cell(1, StreamEventsModel::TypeColumn), QStringLiteral("ItemAdded"));
    QCOMPARE(cell(1, StreamEventsModel::RecordedColumn), QStringLiteral("22:13:20.000"));
    QCOMPARE(cell(1, StreamEventsModel::DataColumn), QString());
    QTRY_COMPARE(cell(1, StreamEventsModel::DataColumn), QStringLiteral(R"({"n":2})"));
    QCOMPARE(m_model->indexOf(StreamVersion(0)), QModelIndex());
    QCOMPARE(m_model->indexOf(StreamVersion(3)).row(), 2);
    QCOMPARE(m_model->indexOf(StreamVersion(4)), QModelIndex());
}

void tst_StreamEventsModel::readsOnlyThePagesLookedAt() {
    append(1000);
    m_tester.reset(); // it looks at every cell
    m_model->setOutline(outlineOf(**m_store, kStream));
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    QCOMPARE(cell(950, StreamEventsModel::DataColumn), QString());
    QTRY_COMPARE(cell(950, StreamEventsModel::DataColumn), QStringLiteral(R"({"n":951})"));
    QCOMPARE(changed.count(), 1);
    const int first = changed[0][0].toModelIndex().row();
    const int last = changed[0][1].toModelIndex().row();
    QVERIFY(first <= 950 && 950 <= last);
    QVERIFY(last - first < 200);
}

void tst_StreamEventsModel::dimsWhatLiesAfterTheVersion() {
    append(5);
    m_model->setOutline(outlineOf(**m_store, kStream));
    m_model->setVersion(StreamVersion(2));
    const auto faint = [this] {
        QString rows;
        for (int row = 0; row < m_model->rowCount(); ++row)
            rows += m_model->index(row, 0).data(StreamEventsModel::AfterPlayheadRole).toBool()
                        ? u'-'
                        : u'#';
        return rows;
    };
    QCOMPARE(faint(), QStringLiteral("##---"));
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_model->setVersion(StreamVersion(4));
    QCOMPARE(faint(), QStringLiteral("####-"));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 2);
    QCOMPARE(changed[0][1].toModelIndex().row(), 3);
    m_model->setVersion(StreamVersion(0));
    QCOMPARE(faint(), QStringLiteral("-----"));
}

void tst_StreamEventsModel::growsByRows() {
    append(2);
    m_model->setOutline(outlineOf(**m_store, kStream));
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    append(2);
    m_model->setOutline(outlineOf(**m_store, kStream));
    QCOMPARE(reset.count(), 0);
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(m_model->rowCount(), 4);
    QTRY_COMPARE(cell(3, StreamEventsModel::DataColumn), QStringLiteral(R"({"n":4})"));
}

void tst_StreamEventsModel::aPageReadHalfFullIsReadAgain() {
    append(2);
    m_model->setOutline(outlineOf(**m_store, kStream));
    QTRY_VERIFY(!cell(0, StreamEventsModel::DataColumn).isEmpty());
    append(1);
    m_model->setOutline(outlineOf(**m_store, kStream));
    QTRY_COMPARE(cell(2, StreamEventsModel::DataColumn), QStringLiteral(R"({"n":3})"));
    QTRY_COMPARE(cell(0, StreamEventsModel::DataColumn), QStringLiteral(R"({"n":1})"));
}

void tst_StreamEventsModel::anotherStreamResets() {
    append(3);
    m_store->append(QStringLiteral("order-2"), QStringLiteral("OrderCreated"), R"({"other":true})");
    m_model->setOutline(outlineOf(**m_store, kStream));
    QTRY_VERIFY(!cell(0, StreamEventsModel::DataColumn).isEmpty());
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    m_model->setOutline(outlineOf(**m_store, QStringLiteral("order-2")));
    QCOMPARE(reset.count(), 1);
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(cell(0, StreamEventsModel::TypeColumn), QStringLiteral("OrderCreated"));
    QTRY_COMPARE(cell(0, StreamEventsModel::DataColumn), QStringLiteral(R"({"other":true})"));
    m_model->setOutline({});
    QCOMPARE(m_model->rowCount(), 0);
}

void tst_StreamEventsModel::showsHugePayloadsInPartAndFetchesThemWhole() {
    const QByteArray huge = R"({"text":")" + QByteArray(5'000'000, 'x') + R"("})";
    m_store->append(kStream, QStringLiteral("Huge"), huge);
    m_model->setOutline(outlineOf(**m_store, kStream));
    QTRY_VERIFY(!cell(0, StreamEventsModel::DataColumn).isEmpty());
    QVERIFY(cell(0, StreamEventsModel::DataColumn).endsWith(QStringLiteral("… (5.0 MB)")));
    QVERIFY(cell(0, StreamEventsModel::DataColumn).size() < 600);
    std::optional<Result<RecordedEvent>> fetched;
    m_model->fetchEvent(StreamVersion(1), this,
                        [&](Result<RecordedEvent> event) { fetched = std::move(event); });
    QTRY_VERIFY(fetched);
    QVERIFY_RESULT(*fetched);
    QCOMPARE((*fetched)->data(), std::string_view(huge.constData(), std::size_t(huge.size())));
    fetched.reset();
    m_model->fetchEvent(StreamVersion(2), this,
                        [&](Result<RecordedEvent> event) { fetched = std::move(event); });
    QTRY_VERIFY(fetched);
    QCOMPARE(fetched->error().kind, Error::Kind::NotFound);
}

void tst_StreamEventsModel::marksWhatCouldNotBeApplied() {
    append(3);
    AggregateOutline outline = outlineOf(**m_store, kStream);
    outline.failure = EvolveFailure{StreamVersion(2), Error{Error::Kind::BadInput, {}, {}, {}}};
    m_model->setOutline(outline);
    QVERIFY(!m_model->index(0, 0).data(StreamEventsModel::FailedRole).toBool());
    QVERIFY(m_model->index(1, 0).data(StreamEventsModel::FailedRole).toBool());
    QVERIFY(m_model->index(2, 0).data(StreamEventsModel::FailedRole).toBool());
}

void tst_StreamEventsModel::showsTheDateWhereThereIsMoreThanOne() {
    auto events = std::make_shared<std::vector<TimelineEvent>>();
    constexpr qint64 day = 86'400'000'000;
    for (qint64 i = 0; i < 2; ++i)
        events->push_back({StreamVersion(i + 1), GlobalPosition(i + 1), Timestamp(i * day), {}});
    AggregateOutline outline;
    outline.stream = kStream;
    outline.events = events;
    m_model->setOutline(outline);
    QCOMPARE(cell(1, StreamEventsModel::RecordedColumn), QStringLiteral("01-02 00:00:00"));
}

} // namespace

QTEST_GUILESS_MAIN(tst_StreamEventsModel)
#include "tst_stream_events_model.moc"
