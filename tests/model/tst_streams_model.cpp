// The streams of a store under their types: paged, filtered, revealed, and kept up with appends.
#include "model/items/streams_model.h"

#include "support/scratch_store.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace rewindow;
using namespace rewindow::test;

namespace {

class tst_StreamsModel : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();
    void showsTypesWithCountsAndReadsTheirStreamsLater();
    void readsStreamsInPages();
    void filtersByPartOfTheName();
    void revealsAStreamFarDown();
    void givesUpOnAStreamThatIsNotThere();
    void takesInNewStreamsAndVersions();
    void newTypesComeToo();
    void newsRespectTheFilter();
    void namesWithoutATypeAreAFlatList();
    void aTypeAStreamIsAFlatList();
    void anEmptyStoreHasNoRows();

  private:
    void append(const QString& stream);
    void appendMany(const QString& type, int streams);
    void load();
    /// `type (count): id@version …`, a line a type; in a flat list names alone.
    QString printed() const;
    void expand(const QString& type);

    std::unique_ptr<ScratchStore> m_store;
    std::unique_ptr<StoreLane> m_lane;
    std::unique_ptr<StreamsModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void tst_StreamsModel::init() {
    m_store = std::make_unique<ScratchStore>();
    m_lane = std::make_unique<StoreLane>(m_store->url(), Store::Access::Read);
    m_model = std::make_unique<StreamsModel>(*m_lane);
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
    m_tester->setUseFetchMore(false);
}

void tst_StreamsModel::cleanup() {
    m_tester.reset();
    m_model.reset();
    m_lane.reset();
    m_store.reset();
}

void tst_StreamsModel::append(const QString& stream) {
    m_store->append(stream, QStringLiteral("Happened"), "{}");
}

void tst_StreamsModel::appendMany(const QString& type, int streams) {
    for (int i = 0; i < streams; ++i)
        append(QStringLiteral("%1-%2").arg(type).arg(i, 5, 10, QLatin1Char('0')));
}

void tst_StreamsModel::load() {
    m_model->reload();
    QTRY_VERIFY(!m_model->isLoading());
    QTRY_COMPARE(m_lane->pending(), 0);
}

QString tst_StreamsModel::printed() const {
    QString text;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex top = m_model->index(row, 0);
        const QString count = top.siblingAtColumn(1).data().toString();
        if (m_model->isFlat()) {
            text += QStringLiteral("%1@%2\n").arg(top.data().toString(), count);
            continue;
        }
        text += QStringLiteral("%1 (%2):").arg(top.data().toString(), count);
        for (int child = 0; child < m_model->rowCount(top); ++child) {
            const QModelIndex stream = m_model->index(child, 0, top);
            text += QStringLiteral(" %1@%2").arg(stream.data().toString(),
                                                 stream.siblingAtColumn(1).data().toString());
        }
        text += u'\n';
    }
    return text;
}

void tst_StreamsModel::expand(const QString& type) {
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (m_model->index(row, 0).data().toString() == type)
            m_model->fetchMore(m_model->index(row, 0));
    QTRY_COMPARE(m_lane->pending(), 0);
}

void tst_StreamsModel::showsTypesWithCountsAndReadsTheirStreamsLater() {
    append(QStringLiteral("user-ada"));
    append(QStringLiteral("order-2"));
    append(QStringLiteral("order-1"));
    append(QStringLiteral("order-1"));
    load();
    QCOMPARE(printed(), QStringLiteral("order (2):\nuser (1):\n"));
    QCOMPARE(m_model->streamCount(), 3);
    QVERIFY(m_model->hasChildren(m_model->index(0, 0)));
    QVERIFY(m_model->canFetchMore(m_model->index(0, 0)));
    expand(QStringLiteral("order"));
    QCOMPARE(printed(), QStringLiteral("order (2): 1@2 2@1\nuser (1):\n"));
    QVERIFY(!m_model->canFetchMore(m_model->index(0, 0)));
    const QModelIndex stream = m_model->indexOf(QStringLiteral("order-2"));
    QCOMPARE(stream.data(StreamsModel::StreamRole).toString(), QStringLiteral("order-2"));
    QCOMPARE(stream.data(Qt::AccessibleTextRole).toString(), QStringLiteral("order-2, version 1"));
    QCOMPARE(stream.parent(), m_model->index(0, 0));
}

void tst_StreamsModel::readsStreamsInPages() {
    appendMany(QStringLiteral("order"), 1234);
    load();
    const QModelIndex type = m_model->index(0, 0);
    QCOMPARE(type.siblingAtColumn(1).data().toString(), QStringLiteral("1,234"));
    expand(QStringLiteral("order"));
    const int first = m_model->rowCount(type);
    QVERIFY(first > 100 && first < 1234);
    QVERIFY(!m_model->canFetchMore(type)); // or a view would fetch all of it, layout by layout
    while (m_model->hasMore(type)) {
        m_model->readMore(type);
        QTRY_COMPARE(m_lane->pending(), 0);
    }
    QCOMPARE(m_model->rowCount(type), 1234);
    QCOMPARE(m_model->index(1233, 0, type).data().toString(), QStringLiteral("01233"));
}

void tst_StreamsModel::filtersByPartOfTheName() {
    appendMany(QStringLiteral("order"), 20);
    appendMany(QStringLiteral("user"), 20);
    append(QStringLiteral("product-7"));
    load();
    m_model->setFilter(QStringLiteral("0001"));
    QTRY_COMPARE(printed(), QStringLiteral("order (11): 00001@1 00010@1 00011@1 00012@1 00013@1 "
                                           "00014@1 00015@1 00016@1 00017@1 00018@1 00019@1\n"
                                           "user (11): 00001@1 00010@1 00011@1 00012@1 00013@1 "
                                           "00014@1 00015@1 00016@1 00017@1 00018@1 00019@1\n"));
    QVERIFY(m_model->isComplete());
    QCOMPARE(m_model->foundCount(), 22);
    m_model->setFilter(QStringLiteral("ER-00007"));
    QTRY_COMPARE(printed(), QStringLiteral("order (1): 00007@1\nuser (1): 00007@1\n"));
    m_model->setFilter(QStringLiteral("nowhere"));
    QTRY_COMPARE(printed(), QString());
    m_model->setFilter({});
    QTRY_COMPARE(printed(), QStringLiteral("order (20):\nproduct (1):\nuser (20):\n"));
}

void tst_StreamsModel::revealsAStreamFarDown() {
    appendMany(QStringLiteral("order"), 1300);
    append(QStringLiteral("user-1"));
    load();
    QSignalSpy revealed(m_model.get(), &StreamsModel::revealed);
    m_model->reveal(QStringLiteral("order-01250"));
    QTRY_COMPARE(revealed.count(), 1);
    const auto index = revealed[0][0].toModelIndex();
    QCOMPARE(index.data(StreamsModel::StreamRole).toString(), QStringLiteral("order-01250"));
    m_model->reveal(QStringLiteral("order-00001"));
    QCOMPARE(revealed.count(), 2); // it was read already
}

void tst_StreamsModel::givesUpOnAStreamThatIsNotThere() {
    appendMany(QStringLiteral("order"), 3);
    load();
    QSignalSpy revealed(m_model.get(), &StreamsModel::revealed);
    for (const char* stream : {"order-00001x", "cart-1", ""}) {
        m_model->reveal(QString::fromLatin1(stream));
        QTRY_COMPARE(m_lane->pending(), 0);
    }
    QCOMPARE(revealed.count(), 0);
    QCOMPARE(m_model->foundCount(), 3);
}

void tst_StreamsModel::takesInNewStreamsAndVersions() {
    append(QStringLiteral("order-1"));
    append(QStringLiteral("order-3"));
    append(QStringLiteral("user-1"));
    load();
    expand(QStringLiteral("order"));
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    append(QStringLiteral("order-3"));
    append(QStringLiteral("order-2"));
    append(QStringLiteral("order-2"));
    append(QStringLiteral("order-9"));
    append(QStringLiteral("user-2"));
    m_model->refresh();
    QTRY_COMPARE(printed(), QStringLiteral("order (4): 1@1 2@2 3@2 9@1\nuser (2):\n"));
    QCOMPARE(reset.count(), 0);
    QCOMPARE(m_model->streamCount(), 6);
    expand(QStringLiteral("user"));
    QCOMPARE(printed(), QStringLiteral("order (4): 1@1 2@2 3@2 9@1\nuser (2): 1@1 2@1\n"));
}

void tst_StreamsModel::newTypesComeToo() {
    append(QStringLiteral("order-1"));
    load();
    append(QStringLiteral("basket-1"));
    append(QStringLiteral("user-1"));
    m_model->refresh();
    QTRY_COMPARE(printed(), QStringLiteral("basket (1): 1@1\norder (1):\nuser (1): 1@1\n"));
}

void tst_StreamsModel::newsRespectTheFilter() {
    append(QStringLiteral("order-1"));
    load();
    m_model->setFilter(QStringLiteral("order"));
    QTRY_COMPARE(printed(), QStringLiteral("order (1): 1@1\n"));
    append(QStringLiteral("order-2"));
    append(QStringLiteral("user-2"));
    m_model->refresh();
    QTRY_COMPARE(printed(), QStringLiteral("order (2): 1@1 2@1\n"));
    QCOMPARE(m_model->streamCount(), 3);
}

void tst_StreamsModel::namesWithoutATypeAreAFlatList() {
    append(QStringLiteral("beta"));
    append(QStringLiteral("alpha"));
    load();
    QVERIFY(m_model->isFlat());
    QTRY_COMPARE(printed(), QStringLiteral("alpha@1\nbeta@1\n"));
    append(QStringLiteral("alpha"));
    append(QStringLiteral("aleph"));
    m_model->refresh();
    QTRY_COMPARE(printed(), QStringLiteral("aleph@1\nalpha@2\nbeta@1\n"));
    m_model->setFilter(QStringLiteral("AL"));
    QTRY_COMPARE(printed(), QStringLiteral("aleph@1\nalpha@2\n"));
}

void tst_StreamsModel::aTypeAStreamIsAFlatList() {
    for (int i = 0; i < 80; ++i) // as of names that are UUIDs
        append(QStringLiteral("%1-x").arg(i, 2, 10, QLatin1Char('0')));
    load();
    QVERIFY(m_model->isFlat());
    QTRY_COMPARE(m_model->rowCount(), 80);
    QCOMPARE(m_model->index(7, 0).data().toString(), QStringLiteral("07-x"));
    QCOMPARE(m_model->indexOf(QStringLiteral("42-x")).row(), 42);
}

void tst_StreamsModel::anEmptyStoreHasNoRows() {
    load();
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->streamCount(), 0);
    append(QStringLiteral("order-1"));
    m_model->refresh();
    QTRY_COMPARE(printed(), QStringLiteral("order (1): 1@1\n"));
}

} // namespace

QTEST_GUILESS_MAIN(tst_StreamsModel)
#include "tst_streams_model.moc"
