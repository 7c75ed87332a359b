// The tree of facets: what it shows of the counts, and the conditions its rows stand for.
#include "model/overview/facets_model.h"

#include "model/session_support.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace rewindow;
using namespace rewindow::test;

class TestFacetsModel : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();

    void showsTypesAndCategories();
    void countsUnderTheFilter();
    void countsUnderAFilterThatMustBeRead();
    void countsAllButAStretchOfTime();
    void countsCorrelationIdsWhenWanted();
    void countsValuesOfAField();
    void tellsAllItCounts();
    void showsMore();
    void saysWhenThereIsNothing();
    void keepsRowsWhileCountsChange();
    void conditionsFindAsManyAsTheyCount();

  private:
    QModelIndex section(int which) const { return m_model->index(which, 0); }
    QModelIndex rowNamed(int which, const QString& name) const;
    qint64 countOf(int which, const QString& name) const;
    qint64 sumOf(int which) const;

    std::unique_ptr<ScratchFolder> m_folder;
    StoreUrl m_url;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<LogOverview> m_overview;
    std::unique_ptr<LogCounts> m_counts;
    std::unique_ptr<FacetsModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

namespace {

FilterPlace quantity() {
    return EventFilter::parse(QStringLiteral("has:data.quantity")).value().expression().place();
}

EventFilter filterOf(const char* text) {
    return EventFilter::parse(QString::fromLatin1(text)).value();
}

} // namespace

void TestFacetsModel::init() {
    m_folder = std::make_unique<ScratchFolder>();
    const QString path = m_folder->path(QStringLiteral("demo.db"));
    QVERIFY_RESULT(createDemo(path, 2'000));
    m_url = StoreUrl::sqliteFile(path);
    auto store = Store::open(m_url, Store::Access::ReadWrite);
    QVERIFY_RESULT(store);
    m_store = std::move(*store);
    m_overview = std::make_unique<LogOverview>(m_url);
    m_counts = std::make_unique<LogCounts>(*m_overview);
    m_counts->setFacetsWanted(true);
    m_model = std::make_unique<FacetsModel>(*m_counts);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_overview->build();
    QTRY_VERIFY(m_counts->types().isComplete);
}

void TestFacetsModel::cleanup() {
    m_tester.reset();
    m_model.reset();
    m_counts.reset();
    m_overview.reset();
    m_store.reset();
}

QModelIndex TestFacetsModel::rowNamed(int which, const QString& name) const {
    for (int row = 0; row < m_model->rowCount(section(which)); ++row)
        if (const QModelIndex index = m_model->index(row, 0, section(which));
            index.data().toString() == name)
            return index;
    return {};
}

qint64 TestFacetsModel::countOf(int which, const QString& name) const {
    return rowNamed(which, name).data(FacetsModel::CountRole).toLongLong();
}

qint64 TestFacetsModel::sumOf(int which) const {
    qint64 sum = 0;
    for (int row = 0; row < m_model->rowCount(section(which)); ++row)
        sum += m_model->index(row, 0, section(which)).data(FacetsModel::CountRole).toLongLong();
    return sum;
}

void TestFacetsModel::showsTypesAndCategories() {
    QCOMPARE(m_model->rowCount(), int(FacetsModel::Sections));
    QCOMPARE(section(0).data().toString(), QStringLiteral("Types"));
    QVERIFY(!section(0).siblingAtColumn(1).data().toString().isEmpty());
    QCOMPARE(sumOf(FacetsModel::CategoriesSection), 2'000);
    const QModelIndex first = m_model->index(0, 0, section(0));
    QCOMPARE(first.data(FacetsModel::FractionRole).toDouble(), 1.0);
    QCOMPARE(first.data(FacetsModel::TypeRole).toString(), first.data().toString());
    const auto condition = m_model->conditionAt(first);
    QVERIFY(condition);
    QCOMPARE(EventFilter(*condition).toString(), QStringLiteral("type:") + first.data().toString());
    QVERIFY(!m_model->conditionAt(section(0)));
}

void TestFacetsModel::countsUnderTheFilter() {
    m_counts->setFilter(filterOf("category:user"));
    QTRY_VERIFY(m_counts->types().isComplete);
    QCOMPARE(m_model->rowCount(section(FacetsModel::CategoriesSection)), 1);
    QVERIFY(countOf(FacetsModel::CategoriesSection, QStringLiteral("user")) > 0);
    QCOMPARE(m_counts->way(), LogCounts::Way::Index);
    QCOMPARE(m_counts->counted(), countOf(FacetsModel::CategoriesSection, QStringLiteral("user")));
}

/// `at!=` leaves two spans of time, so that it is no confinement but a condition to look at.
void TestFacetsModel::countsAllButAStretchOfTime() {
    std::vector<RecordedEvent> paid;
    {
        EventQuery query;
        query.filter = filterOf("type:OrderPaid");
        ASSIGN_RESULT(found, m_store->reader().read(query));
        paid = std::move(found);
    }
    QVERIFY(!paid.empty());
    const QString time = paid[paid.size() / 2].recordedAt().toString();
    m_counts->setFilter(filterOf(("type:OrderPaid at!=" + time.toUtf8()).constData()));
    QCOMPARE(m_counts->way(), LogCounts::Way::Reading);
    QTRY_VERIFY(m_counts->types().isComplete);
    QCOMPARE(countOf(FacetsModel::TypesSection, QStringLiteral("OrderPaid")),
             static_cast<qint64>(paid.size()) - 1);
    QTRY_VERIFY(m_counts->isQuiet());
}

void TestFacetsModel::countsUnderAFilterThatMustBeRead() {
    m_counts->setFilter(filterOf("data.quantity>2"));
    QCOMPARE(m_counts->way(), LogCounts::Way::Reading);
    QVERIFY(!m_counts->isComplete());
    QTRY_VERIFY(m_counts->isComplete());
    qint64 expected = 0;
    EventQuery query;
    query.filter = m_counts->filter();
    QVERIFY_RESULT(m_store->reader().forEach(query, [&](RecordedEvent&&) {
        ++expected;
        return true;
    }));
    QVERIFY(expected > 0);
    QCOMPARE(m_counts->counted(), expected);
    QCOMPARE(sumOf(FacetsModel::TypesSection), expected);
    // Another filter: what was counted for this one is gone at once.
    m_counts->setFilter(filterOf("data.quantity>200000"));
    QCOMPARE(m_counts->counted(), 0);
    QTRY_VERIFY(m_counts->isComplete());
    QCOMPARE(sumOf(FacetsModel::TypesSection), 0);
}

void TestFacetsModel::countsCorrelationIdsWhenWanted() {
    QCOMPARE(m_model->rowCount(section(FacetsModel::CorrelationSection)), 1);
    QVERIFY(!m_model->conditionAt(m_model->index(0, 0, section(FacetsModel::CorrelationSection))));
    m_model->setCorrelationWanted(true);
    QTRY_VERIFY(m_model->rowCount(section(FacetsModel::CorrelationSection)) > 1);
    QTRY_VERIFY(m_counts->values().front().isComplete);
    const QModelIndex first = m_model->index(0, 0, section(FacetsModel::CorrelationSection));
    const auto condition = m_model->conditionAt(first);
    QVERIFY(condition);
    QCOMPARE(condition->place().field, FilterField::Correlation);
    m_model->setCorrelationWanted(false);
    QCOMPARE(m_model->rowCount(section(FacetsModel::CorrelationSection)), 1);
}

void TestFacetsModel::countsValuesOfAField() {
    m_model->setField(quantity());
    QCOMPARE(section(FacetsModel::FieldSection).data().toString(), QStringLiteral("data.quantity"));
    QTRY_VERIFY(!m_counts->values().empty() && m_counts->values().back().isComplete);
    QVERIFY(countOf(FacetsModel::FieldSection, QStringLiteral("1")) > 0);
    const auto condition =
        m_model->conditionAt(rowNamed(FacetsModel::FieldSection, QStringLiteral("1")));
    QVERIFY(condition);
    QVERIFY(std::holds_alternative<FilterNumber>(condition->value()));
    // Also under a filter, whichever way it is counted.
    for (const char* filter : {"type:OrderCreated", "version<3"}) {
        m_counts->setFilter(filterOf(filter));
        QTRY_VERIFY(!m_counts->values().empty() && m_counts->values().back().isComplete);
        QVERIFY(countOf(FacetsModel::FieldSection, QStringLiteral("1")) > 0);
    }
    m_model->setField(std::nullopt);
    QVERIFY(m_counts->values().empty());
}

void TestFacetsModel::tellsAllItCounts() {
    m_model->setField(quantity());
    m_model->setCorrelationWanted(true);
    QTRY_VERIFY(m_counts->values().size() == 2 && m_counts->values()[0].isComplete &&
                m_counts->values()[1].isComplete);
    QHash<QString, qint64> counted;
    for (const FacetsModel::Value& value : m_model->values()) {
        QVERIFY(value.isComplete);
        QVERIFY(value.count > 0);
        counted[value.facet] += value.count;
    }
    const auto whole = [](const LogCounts::Counted& facet) {
        qint64 sum = facet.facet.others;
        for (const FacetValue& value : facet.facet.values)
            sum += value.count;
        return sum;
    };
    QCOMPARE(counted.value(QStringLiteral("type")), whole(m_counts->types()));
    QCOMPARE(counted.value(QStringLiteral("category")), whole(m_counts->categories()));
    QCOMPARE(counted.value(QStringLiteral("correlation")), whole(m_counts->values()[0]));
    QCOMPARE(counted.value(QStringLiteral("data.quantity")), whole(m_counts->values()[1]));
    QVERIFY(counted.value(QStringLiteral("type")) > 0);
}

void TestFacetsModel::showsMore() {
    const QModelIndex types = section(FacetsModel::TypesSection);
    QCOMPARE(m_model->rowCount(types), FacetsModel::kShown + 1);
    const QModelIndex more = m_model->index(FacetsModel::kShown, 0, types);
    QVERIFY(more.data(FacetsModel::MoreRole).toBool());
    m_model->showMore(more);
    QVERIFY(m_model->rowCount(types) > FacetsModel::kShown + 1);
    QCOMPARE(sumOf(FacetsModel::TypesSection), 2'000);
}

void TestFacetsModel::saysWhenThereIsNothing() {
    m_counts->setFilter(filterOf("type:Nothing"));
    QTRY_VERIFY(m_counts->types().isComplete);
    const QModelIndex types = section(FacetsModel::TypesSection);
    QCOMPARE(m_model->rowCount(types), 1);
    QVERIFY(!m_model->index(0, 0, types).data().toString().isEmpty());
    QVERIFY(!m_model->conditionAt(m_model->index(0, 0, types)));
    QVERIFY(!m_model->index(0, 0, section(FacetsModel::FieldSection)).data().toString().isEmpty());
}

void TestFacetsModel::keepsRowsWhileCountsChange() {
    const QPersistentModelIndex first(
        m_model->index(0, 0, section(FacetsModel::CategoriesSection)));
    const qint64 before = first.data(FacetsModel::CountRole).toLongLong();
    QVERIFY_RESULT(fillStream(*m_store, first.data().toString() + QStringLiteral("-new"), 50));
    m_overview->follow();
    QTRY_COMPARE(first.data(FacetsModel::CountRole).toLongLong(), before + 50);
    QVERIFY(first.isValid());
}

void TestFacetsModel::conditionsFindAsManyAsTheyCount() {
    m_model->setField(quantity());
    m_model->setCorrelationWanted(true);
    QTRY_COMPARE(m_counts->values().size(), std::size_t(2));
    QTRY_VERIFY(m_counts->values()[0].isComplete && m_counts->values()[1].isComplete);
    int asked = 0;
    for (int which = 0; which < FacetsModel::Sections; ++which)
        for (int row = 0; row < std::min(3, m_model->rowCount(section(which))); ++row) {
            const QModelIndex index = m_model->index(row, 0, section(which));
            const auto condition = m_model->conditionAt(index);
            if (!condition)
                continue;
            EventQuery query;
            query.filter = EventFilter(*condition);
            ASSIGN_RESULT(events, m_store->reader().read(query));
            QCOMPARE(qint64(events.size()), index.data(FacetsModel::CountRole).toLongLong());
            ++asked;
        }
    QVERIFY(asked >= 10);
}

QTEST_GUILESS_MAIN(TestFacetsModel)
#include "tst_facets_model.moc"
