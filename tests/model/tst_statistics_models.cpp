// The tables and the tree that show statistics.
#include "model/items/export_role.h"
#include "model/statistics/findings_model.h"
#include "model/statistics/schema_model.h"
#include "model/statistics/statistics_pass.h"
#include "model/statistics/statistics_roles.h"
#include "model/statistics/stream_ranking_model.h"
#include "model/statistics/types_model.h"
#include "session_support.h"

#include <QAbstractItemModelTester>

using namespace rewindow;
using namespace rewindow::test;
using statistics::FractionRole;
using statistics::PathRole;
using statistics::PositionRole;
using statistics::StreamRole;
using statistics::TypeRole;

namespace {

void add(StatisticsPass& pass, const char* stream, const char* type, std::string_view data) {
    const qint64 position = pass.events() + 1;
    pass.add({GlobalPosition(position), StreamVersion(1), Timestamp(position * 1'000'000),
              RecordedEvent::Texts{stream, "", type, data, "", "", ""}});
}

std::shared_ptr<const Statistics> shared(const StatisticsPass& pass) {
    return std::make_shared<const Statistics>(pass.statistics());
}

QString text(const QAbstractItemModel& model, int row, int column, const QModelIndex& parent = {}) {
    return model.index(row, column, parent).data().toString();
}

} // namespace

class TestStatisticsModels : public QObject {
    Q_OBJECT

  private slots:
    void types();
    void typesKeepTheirPlace();
    void streams();
    void schema();
    void findings();
};

void TestStatisticsModels::types() {
    StatisticsPass pass;
    for (int i = 0; i < 4; ++i)
        add(pass, "a-1", "Often", R"({"x":1})");
    add(pass, "a-1", "Once", R"({"longer":"payload"})");
    TypesModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setStatistics(shared(pass));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(text(model, 0, TypesModel::TypeColumn), QStringLiteral("Often"));
    QCOMPARE(text(model, 0, TypesModel::EventsColumn), QStringLiteral("4"));
    QCOMPARE(text(model, 0, TypesModel::TotalColumn), QStringLiteral("28 bytes"));
    QCOMPARE(model.index(1, TypesModel::EventsColumn).data(FractionRole).toDouble(), 0.25);
    QCOMPARE(model.index(0, TypesModel::TotalColumn).data(kExportRole).toLongLong(), 28);
    QCOMPARE(model.index(1, 0).data(TypeRole).toString(), QStringLiteral("Once"));
    QCOMPARE(model.index(0, TypesModel::LastColumn).data(PositionRole).toLongLong(), 4);
    QCOMPARE(model.headerData(TypesModel::MostColumn, Qt::Horizontal, kExportRole).toString(),
             QStringLiteral("mostBytes"));
    QCOMPARE(model.rowOf(QStringLiteral("Once")), 1);
    QCOMPARE(model.rowOf(QStringLiteral("Never")), -1);

    const QPersistentModelIndex kept = model.index(0, TypesModel::EventsColumn);
    model.sort(TypesModel::MostColumn, Qt::DescendingOrder);
    QCOMPARE(text(model, 0, TypesModel::TypeColumn), QStringLiteral("Once"));
    QCOMPARE(kept.row(), 1);
    QCOMPARE(kept.data().toString(), QStringLiteral("4"));
    model.sort(TypesModel::TypeColumn, Qt::AscendingOrder);
    QCOMPARE(text(model, 0, TypesModel::TypeColumn), QStringLiteral("Often"));
    model.sort(-1);
    QCOMPARE(text(model, 0, TypesModel::TypeColumn), QStringLiteral("Often"));
}

void TestStatisticsModels::typesKeepTheirPlace() {
    StatisticsPass pass;
    for (int i = 0; i < 3; ++i)
        add(pass, "a-1", "A", "{}");
    add(pass, "a-1", "B", "{}");
    TypesModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setStatistics(shared(pass));
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    add(pass, "a-1", "B", "{}");
    model.setStatistics(shared(pass));
    QCOMPARE(resets.count(), 0);
    QCOMPARE(changes.count(), 1);
    QCOMPARE(text(model, 1, TypesModel::EventsColumn), QStringLiteral("2"));
    add(pass, "a-1", "B", "{}");
    add(pass, "a-1", "B", "{}");
    model.setStatistics(shared(pass));
    QCOMPARE(resets.count(), 1);
    QCOMPARE(text(model, 0, TypesModel::TypeColumn), QStringLiteral("B"));
}

void TestStatisticsModels::streams() {
    StatisticsPass pass;
    for (int i = 0; i < 5; ++i)
        add(pass, "long-1", "A", "{}");
    add(pass, "fat-1", "A", R"({"text":"0123456789012345678901234567890123456789"})");
    for (int i = 0; i < 300; ++i)
        add(pass, ("s-" + std::to_string(i)).c_str(), "A", "{}");
    add(pass, "fat-1", "A", "{}");
    StreamRankingModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setStatistics(shared(pass));
    QCOMPARE(model.rowCount(), int(StreamRankingModel::kMost));
    QCOMPARE(text(model, 0, StreamRankingModel::StreamColumn), QStringLiteral("long-1"));
    QCOMPARE(text(model, 1, StreamRankingModel::StreamColumn), QStringLiteral("fat-1"));
    QCOMPARE(model.index(0, StreamRankingModel::EventsColumn).data(FractionRole).toDouble(), 1.0);
    QVERIFY(!model.index(0, StreamRankingModel::AgeColumn).data(FractionRole).isValid());
    model.sort(StreamRankingModel::AgeColumn, Qt::DescendingOrder);
    QCOMPARE(text(model, 0, StreamRankingModel::StreamColumn), QStringLiteral("fat-1"));
    QCOMPARE(text(model, 0, StreamRankingModel::AgeColumn), QStringLiteral("5.0 min"));
    QCOMPARE(model.index(0, 0).data(StreamRole).toString(), QStringLiteral("fat-1"));
    QCOMPARE(model.index(0, StreamRankingModel::PauseColumn).data(PositionRole).toLongLong(), 307);
    QCOMPARE(model.index(0, StreamRankingModel::PauseColumn).data(kExportRole).toLongLong(),
             301'000'000);
    add(pass, "long-1", "A", "{}");
    model.setStatistics(shared(pass));
    QCOMPARE(model.ranking(), int(StreamRankingModel::AgeColumn));
    QCOMPARE(text(model, 0, StreamRankingModel::StreamColumn), QStringLiteral("long-1"));
}

void TestStatisticsModels::schema() {
    StatisticsPass pass;
    for (int i = 0; i < 20; ++i)
        add(pass, "a-1", "A", i < 10 ? R"({"id":"x","n":1})" : R"({"id":"x","tags":["t"]})");
    SchemaModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setType(shared(pass)->types[0], true);
    QCOMPARE(model.rowCount(), 1);
    const QModelIndex root = model.index(0, 0);
    QCOMPARE(root.data().toString(), QStringLiteral("data"));
    QCOMPARE(model.rowCount(root), 3);
    QCOMPARE(text(model, 1, SchemaModel::FieldColumn, root), QStringLiteral("n"));
    QCOMPARE(text(model, 1, SchemaModel::PresenceColumn, root), QStringLiteral("50 %, optional"));
    QCOMPARE(text(model, 1, SchemaModel::KindsColumn, root), QStringLiteral("integer"));
    QCOMPARE(text(model, 1, SchemaModel::DriftColumn, root),
             QStringLiteral("vanished after position 10"));
    QCOMPARE(text(model, 2, SchemaModel::DriftColumn, root),
             QStringLiteral("appeared at position 11"));
    const QModelIndex element = model.indexOf(QStringLiteral("data.tags[*]"));
    QVERIFY(element.isValid());
    QCOMPARE(element.parent(), model.indexOf(QStringLiteral("data.tags")));
    QCOMPARE(element.data().toString(), QStringLiteral("[*]"));
    QCOMPARE(element.data(PathRole).toString(), QStringLiteral("data.tags[*]"));
    QCOMPARE(element.siblingAtColumn(SchemaModel::ExamplesColumn).data().toString(),
             QStringLiteral("\"t\""));
    QCOMPARE(model.index(2, 0, root).data(PositionRole).toLongLong(), 11);
    QVERIFY(!model.indexOf(QStringLiteral("data.nothing")).isValid());
    model.setType(shared(pass)->types[0], false);
    QCOMPARE(text(model, 2, SchemaModel::DriftColumn, model.index(0, 0)),
             QStringLiteral("appeared later on"));
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TestStatisticsModels::findings() {
    StatisticsPass pass;
    for (int i = 0; i < 30; ++i)
        add(pass, "a-1", "<b>A", i < 15 ? R"({"n":1})" : R"({"n":"one"})");
    FindingsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFindings(shared(pass)->findings);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(text(model, 0, FindingsModel::SentenceColumn),
             QStringLiteral("<b>A: data.n changed from integer to string at position 16"));
    const QModelIndex index = model.index(0, 0);
    QCOMPARE(index.data(TypeRole).toString(), QStringLiteral("<b>A"));
    QCOMPARE(index.data(PathRole).toString(), QStringLiteral("data.n"));
    QCOMPARE(index.data(PositionRole).toLongLong(), 16);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.setFindings(shared(pass)->findings);
    QCOMPARE(resets.count(), 0);
    model.setFindings({});
    QCOMPARE(model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestStatisticsModels)
#include "tst_statistics_models.moc"
