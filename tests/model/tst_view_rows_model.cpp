// The rows of a view table: paged, as of a position, with what changed, as they are looked at.
#include "model/items/view_rows_model.h"
#include "model/items/view_value_text.h"
#include "model/store_lane.h"
#include "store/store.h"
#include "support/test_support.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace rewindow;

namespace {

constexpr int kRows = 450;

ViewSchema peopleSchema() {
    using Type = ViewColumn::Type;
    using Meaning = ViewColumn::Meaning;
    ViewSchema schema;
    schema.name = QStringLiteral("people");
    for (const char* name : {"id", "name", "spent", "seen"}) {
        ViewColumn column;
        column.name = QString::fromLatin1(name);
        schema.columns.push_back(column);
    }
    schema.columns[2].type = Type::Integer;
    schema.columns[2].meaning = Meaning::Money;
    schema.columns[3].type = Type::Integer;
    schema.columns[3].meaning = Meaning::Time;
    return schema;
}

ViewSchema townsSchema() {
    ViewSchema schema;
    schema.name = QStringLiteral("towns");
    for (const char* name : {"id", "country"}) {
        ViewColumn column;
        column.name = QString::fromLatin1(name);
        schema.columns.push_back(column);
    }
    return schema;
}

QString idNumber(int number) {
    return QStringLiteral("p%1").arg(number, 5, 10, QLatin1Char('0'));
}

ViewRow person(const QString& id, const QString& name, qint64 spent) {
    return ViewRow{{id, name, spent, qint64(1'764'000'154'000'000)}};
}

RowChange wrote(qint64 position, const ViewRow& row) {
    return RowChange{row.id(), GlobalPosition(position), row};
}

class tst_ViewRowsModel : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void init();
    void cleanup();
    void rowsArePagedInTheOrderOfTheirIds();
    void everyPageIsFetchedOnce();
    void rowsComeAndGoWithThePosition();
    void changedCellsAreMarkedWithWhatTheyWere();
    void onlyRowsInSightAreReadAgain();
    void theLatestWishIsShown();
    void theRowAtHandIsReadFromFarDown();
    void aRowAtHandThatIsNotThereYetIsFoundOnceItIs();
    void anotherViewReplacesAllRows();
    void aMissingViewFailsOnce();
    void hostileTextIsKept();
    void valuesAreShownAsPeopleReadThem_data();
    void valuesAreShownAsPeopleReadThem();

  private:
    void settle() { QTRY_VERIFY_WITH_TIMEOUT(m_model->isSettled(), 20'000); }
    void write(const ViewSchema& schema, const std::vector<RowChange>& changes, qint64 checkpoint);
    void showAt(std::optional<qint64> position, qint64 changesOf = 0);
    QString cell(int row, int column, int role = Qt::DisplayRole) const {
        return m_model->index(row, column).data(role).toString();
    }

    QTemporaryDir m_folder;
    StoreUrl m_url;
    std::unique_ptr<StoreLane> m_lane;
    std::unique_ptr<ViewRowsModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void tst_ViewRowsModel::write(const ViewSchema& schema, const std::vector<RowChange>& changes,
                              qint64 checkpoint) {
    ASSIGN_RESULT(store, Store::open(m_url, Store::Access::ReadWrite));
    QVERIFY_RESULT(store->views().ensure({schema}));
    ASSIGN_RESULT(transaction, store->views().begin());
    QVERIFY_RESULT(transaction->apply(schema.name, changes));
    QVERIFY_RESULT(transaction->setCheckpoint(schema.name, GlobalPosition(checkpoint)));
    QVERIFY_RESULT(transaction->commit());
}

void tst_ViewRowsModel::initTestCase() {
    QVERIFY(m_folder.isValid());
    qputenv("REWINDOW_DATA_HOME", m_folder.filePath(QStringLiteral("home")).toUtf8());
    m_url = StoreUrl::sqliteFile(m_folder.filePath(QStringLiteral("people.db")));
    ASSIGN_RESULT(store, Store::create(m_url, QStringLiteral("order")));
    Q_UNUSED(store);

    // Positions 1 to 450 create the rows; 451 renames one; 452 adds one at the very end; 453
    // removes one in the middle.
    std::vector<RowChange> changes;
    for (int number = 1; number <= kRows; ++number)
        changes.push_back(wrote(number, person(idNumber(number), QStringLiteral("Ada"), 12050)));
    changes.push_back(wrote(451, person(idNumber(7), QStringLiteral("Grace"), 12050)));
    changes.push_back(wrote(452, person(QStringLiteral("zz"), QStringLiteral("Alan"), 0)));
    changes.push_back(RowChange{idNumber(10), GlobalPosition(453), std::nullopt});
    write(peopleSchema(), changes, 453);
    write(townsSchema(), {wrote(1, ViewRow{{QStringLiteral("delft"), QStringLiteral("nl")}})}, 453);
}

void tst_ViewRowsModel::init() {
    m_lane = std::make_unique<StoreLane>(m_url, Store::Access::Read);
    m_model = std::make_unique<ViewRowsModel>(*m_lane);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void tst_ViewRowsModel::cleanup() {
    m_tester.reset();
    m_model.reset();
    m_lane.reset();
}

void tst_ViewRowsModel::showAt(std::optional<qint64> position, qint64 changesOf) {
    ViewWish wish;
    wish.schema = peopleSchema();
    if (position)
        wish.at = GlobalPosition(*position);
    wish.changesOf = GlobalPosition(changesOf);
    m_model->show(wish);
}

void tst_ViewRowsModel::rowsArePagedInTheOrderOfTheirIds() {
    m_model->setRowsInSight(0, 20);
    showAt(std::nullopt);
    settle();
    QCOMPARE(m_model->rowCount(), ViewRowsModel::kPage);
    QCOMPARE(m_model->columnCount(), 4);
    QCOMPARE(m_model->headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("spent"));
    QCOMPARE(m_model->idOf(0), idNumber(1));
    QCOMPARE(m_model->idOf(8), idNumber(9));
    QCOMPARE(m_model->idOf(9), idNumber(11)); // 10 was removed
    QVERIFY(!m_model->isComplete());
    QVERIFY(m_model->canFetchMore({}));
}

void tst_ViewRowsModel::everyPageIsFetchedOnce() {
    m_model->setRowsInSight(0, 20);
    showAt(std::nullopt);
    settle();
    for (int guard = 0; m_model->canFetchMore({}) && guard < 10; ++guard) {
        m_model->fetchMore({});
        settle();
    }
    QVERIFY(m_model->isComplete());
    QCOMPARE(m_model->rowCount(), kRows); // one more, one less
    QCOMPARE(m_model->idOf(kRows - 1), QStringLiteral("zz"));
    for (int row = 1; row < m_model->rowCount(); ++row)
        QVERIFY(m_model->idOf(row - 1) < m_model->idOf(row));
}

void tst_ViewRowsModel::rowsComeAndGoWithThePosition() {
    showAt(453);
    settle();
    const QPersistentModelIndex kept = m_model->index(6, 1);
    QCOMPARE(kept.data().toString(), QStringLiteral("Grace"));

    showAt(450);
    settle();
    QCOMPARE(kept.data().toString(), QStringLiteral("Ada"));
    QCOMPARE(m_model->rowOf(idNumber(10)), 9);

    showAt(5);
    settle();
    QCOMPARE(m_model->rowCount(), 5);
    QVERIFY(m_model->isComplete());
    QVERIFY(!kept.isValid());

    showAt(0);
    settle();
    QCOMPARE(m_model->rowCount(), 0);

    showAt(8);
    settle();
    QCOMPARE(m_model->rowCount(), 8);
}

void tst_ViewRowsModel::changedCellsAreMarkedWithWhatTheyWere() {
    showAt(451, 451);
    settle();
    QStringList marked;
    for (int row = 0; row < m_model->rowCount(); ++row)
        for (int column = 0; column < m_model->columnCount(); ++column)
            if (m_model->index(row, column).data(ViewRowsModel::ChangedRole).toBool())
                marked << QStringLiteral("%1.%2").arg(row).arg(column);
    QCOMPARE(marked, QStringList{QStringLiteral("6.1")});
    QCOMPARE(cell(6, 1, ViewRowsModel::PreviousRole), QStringLiteral("Ada"));
    QCOMPARE(cell(6, 1), QStringLiteral("Grace"));
    QCOMPARE(cell(6, 0, ViewRowsModel::PreviousRole), QString());

    // A row that came to exist is new in every cell, and was nothing before.
    showAt(8, 8);
    settle();
    for (int column = 0; column < m_model->columnCount(); ++column) {
        QVERIFY(m_model->index(7, column).data(ViewRowsModel::ChangedRole).toBool());
        QCOMPARE(cell(7, column, ViewRowsModel::PreviousRole), QString());
        QVERIFY(!m_model->index(6, column).data(ViewRowsModel::ChangedRole).toBool());
    }

    // Live rows are marked by their last event too.
    showAt(std::nullopt, 451);
    settle();
    QVERIFY(m_model->index(6, 1).data(ViewRowsModel::ChangedRole).toBool());
}

void tst_ViewRowsModel::onlyRowsInSightAreReadAgain() {
    m_model->setRowsInSight(0, 500);
    showAt(450);
    settle();
    QCOMPARE(m_model->rowCount(), kRows);
    QCOMPARE(m_model->idOf(9), idNumber(10));

    m_model->setRowsInSight(300, 310);
    showAt(453);
    settle();
    QCOMPARE(m_model->idOf(9), idNumber(10)); // out of sight: as it was
    m_model->setRowsInSight(0, 20);
    settle();
    QCOMPARE(m_model->idOf(9), idNumber(11));
    QCOMPARE(cell(6, 1), QStringLiteral("Grace"));
}

void tst_ViewRowsModel::theLatestWishIsShown() {
    for (int position = 400; position > 3; --position)
        showAt(position, position);
    settle();
    QCOMPARE(m_model->rowCount(), 4);
    QCOMPARE(m_model->at(), std::optional(GlobalPosition(4)));
    QVERIFY(m_model->index(3, 0).data(ViewRowsModel::ChangedRole).toBool());
}

void tst_ViewRowsModel::theRowAtHandIsReadFromFarDown() {
    m_model->setRowsInSight(0, 20);
    QSignalSpy found(m_model.get(), &ViewRowsModel::rowAtHandFound);
    m_model->setRowAtHand(idNumber(444));
    showAt(std::nullopt);
    QTRY_COMPARE(found.size(), 1);
    const int row = found.first().first().toInt();
    QCOMPARE(m_model->idOf(row), idNumber(444));
    QVERIFY(m_model->index(row, 2).data(ViewRowsModel::AtHandRole).toBool());
    QVERIFY(!m_model->index(row - 1, 2).data(ViewRowsModel::AtHandRole).toBool());

    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_model->setRowAtHand(idNumber(2));
    QCOMPARE(found.size(), 2);
    QCOMPARE(changed.size(), 2); // the mark left one row and came to another
    QVERIFY(!m_model->index(row, 2).data(ViewRowsModel::AtHandRole).toBool());
}

void tst_ViewRowsModel::aRowAtHandThatIsNotThereYetIsFoundOnceItIs() {
    QSignalSpy found(m_model.get(), &ViewRowsModel::rowAtHandFound);
    m_model->setRowAtHand(idNumber(6));
    showAt(5);
    settle();
    QCOMPARE(found.size(), 0);
    showAt(6);
    settle();
    QCOMPARE(m_model->rowOf(idNumber(6)), 5);
    QCOMPARE(found.size(), 1);
}

void tst_ViewRowsModel::anotherViewReplacesAllRows() {
    showAt(std::nullopt);
    settle();
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    m_model->show(ViewWish{townsSchema(), std::nullopt, {}});
    QCOMPARE(reset.size(), 1);
    QCOMPARE(m_model->rowCount(), 0);
    settle();
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(cell(0, 1), QStringLiteral("nl"));
    m_model->clear();
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->columnCount(), 0);
}

void tst_ViewRowsModel::aMissingViewFailsOnce() {
    QSignalSpy failed(m_model.get(), &ViewRowsModel::failed);
    ViewWish wish{peopleSchema(), std::nullopt, {}};
    wish.schema.name = QStringLiteral("nobody");
    m_model->show(wish);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().value<Error>().kind, Error::Kind::NotFound);
    m_model->setRowsInSight(0, 40);
    settle();
    QCOMPARE(failed.size(), 1);
    QVERIFY(!m_model->canFetchMore({}));
}

void tst_ViewRowsModel::hostileTextIsKept() {
    const QString hostile = QStringLiteral("<b>x</b>\x1b[31m\n\u202e") + QString(300'000, u'y');
    write(peopleSchema(), {wrote(460, person(QStringLiteral("0"), hostile, -1))}, 460);
    showAt(460);
    settle();
    QCOMPARE(cell(0, 1, ViewRowsModel::WholeRole), hostile);
    QCOMPARE(cell(0, 2), QStringLiteral("-0.01"));
}

void tst_ViewRowsModel::valuesAreShownAsPeopleReadThem_data() {
    QTest::addColumn<qint64>("value");
    QTest::addColumn<int>("meaning");
    QTest::addColumn<QString>("shown");
    const auto money = static_cast<int>(ViewColumn::Meaning::Money);
    QTest::newRow("money") << qint64(12050) << money << QStringLiteral("120.50");
    QTest::newRow("cents") << qint64(7) << money << QStringLiteral("0.07");
    QTest::newRow("owed") << qint64(-12001) << money << QStringLiteral("-120.01");
    QTest::newRow("least") << std::numeric_limits<qint64>::min() << money
                           << QStringLiteral("-92233720368547758.08");
    QTest::newRow("time") << qint64(1'764'000'154'128'000)
                          << static_cast<int>(ViewColumn::Meaning::Time)
                          << QStringLiteral("11-24 16:02:34");
    QTest::newRow("plain") << qint64(12050) << static_cast<int>(ViewColumn::Meaning::Plain)
                           << QStringLiteral("12050");
}

void tst_ViewRowsModel::valuesAreShownAsPeopleReadThem() {
    QFETCH(qint64, value);
    QFETCH(int, meaning);
    QFETCH(QString, shown);
    QCOMPARE(shownValue(value, static_cast<ViewColumn::Meaning>(meaning)), shown);
}

} // namespace

QTEST_GUILESS_MAIN(tst_ViewRowsModel)
#include "tst_view_rows_model.moc"
