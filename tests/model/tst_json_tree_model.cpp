// JSON as a tree: what is shown, named and copied, and that size costs nothing.
#include "model/items/json_tree_model.h"
#include "support/test_support.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QTest>

using namespace rewindow;

namespace {

/// Every row that is there, indented by depth: "key: value".
QString printed(JsonTreeModel& model, const QModelIndex& parent = {}, int depth = 0) {
    QString text;
    while (model.canFetchMore(parent))
        model.fetchMore(parent);
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        text += QString(2 * depth, u' ') + index.data().toString() + QStringLiteral(": ") +
                index.siblingAtColumn(1).data().toString() + u'\n';
        text += printed(model, index, depth + 1);
    }
    return text;
}

Json parsed(const char* text) {
    return Json::parse(text).value();
}

} // namespace

class TestJsonTreeModel : public QObject {
    Q_OBJECT

  private slots:
    void showsEveryPlace();
    void namesPlaces();
    void givesWholeTexts();
    void fetchesLargeArraysInParts();
    void shortensHugeStrings();
    void goesTenThousandDeep();
    void survivesReplacement();
};

void TestJsonTreeModel::showsEveryPlace() {
    JsonTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    tester.setUseFetchMore(false);
    model.setRoots({{QStringLiteral("data"),
                     parsed(R"({"b":1.50,"a":[true,null,{"x":"y"}],"big":1234567890123456789})")},
                    {QStringLiteral("metadata"), parsed("{}")}});
    QCOMPARE(printed(model), QStringLiteral("data: {3}\n"
                                            "  b: 1.50\n"
                                            "  a: [3]\n"
                                            "    0: true\n"
                                            "    1: null\n"
                                            "    2: {1}\n"
                                            "      x: \"y\"\n"
                                            "  big: 1234567890123456789\n"
                                            "metadata: {0}\n"));
}

void TestJsonTreeModel::namesPlaces() {
    JsonTreeModel model;
    model.setRoots({{QStringLiteral("data"), parsed(R"({"a/b":[{"~":1}]})")}});
    printed(model);
    const QModelIndex root = model.index(0, 0);
    QCOMPARE(model.pointer(root).toString(), std::string());
    const QModelIndex list = model.index(0, 0, root);
    const QModelIndex element = model.index(0, 0, list);
    const QModelIndex leaf = model.index(0, 1, element);
    QCOMPARE(model.pointer(leaf).toString(), std::string("/a~1b/0/~0"));
    QCOMPARE(model.parent(leaf), element);
    QVERIFY(root.data(JsonTreeModel::ContainerRole).toBool());
    QVERIFY(!leaf.data(JsonTreeModel::ContainerRole).toBool());
}

void TestJsonTreeModel::givesWholeTexts() {
    JsonTreeModel model;
    model.setRoots({{QStringLiteral("data"), parsed(R"({"text":"a\nb","number":1.0e2})")}});
    printed(model);
    const QModelIndex root = model.index(0, 0);
    QCOMPARE(model.wholeText(model.index(0, 0, root)), QStringLiteral("a\nb"));
    QCOMPARE(model.wholeText(model.index(1, 0, root)), QStringLiteral("1.0e2"));
    const auto again = Json::parse(model.wholeText(root).toStdString());
    QVERIFY_RESULT(again);
    QVERIFY(*again == model.value(root));
}

void TestJsonTreeModel::fetchesLargeArraysInParts() {
    std::vector<Json> elements;
    for (int i = 0; i < 100'000; ++i)
        elements.emplace_back(i);
    JsonTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    tester.setUseFetchMore(false);
    model.setRoots({{QStringLiteral("data"), Json::array(std::move(elements))}});
    const QModelIndex root = model.index(0, 0);
    QVERIFY(model.hasChildren(root));
    QVERIFY(model.rowCount(root) <= JsonTreeModel::kFetched);
    QVERIFY(model.canFetchMore(root));
    model.fetchMore(root);
    QVERIFY(model.rowCount(root) <= 2 * JsonTreeModel::kFetched);
    const int last = model.rowCount(root) - 1;
    QCOMPARE(model.index(last, 1, root).data().toString(), QString::number(last));
}

void TestJsonTreeModel::shortensHugeStrings() {
    const std::string huge(5'000'000, 'x');
    JsonTreeModel model;
    model.setRoots({{QStringLiteral("data"), Json(huge)}});
    const QString shown = model.index(0, 1).data().toString();
    QVERIFY(shown.size() < 1000);
    QVERIFY2(shown.contains(QStringLiteral("5.0 MB")), qPrintable(shown));
    QCOMPARE(model.wholeText(model.index(0, 0)).size(), qsizetype(5'000'000));
}

void TestJsonTreeModel::goesTenThousandDeep() {
    constexpr int depth = 10'000;
    const auto deep = Json::parse(std::string(depth, '[') + std::string(depth, ']'));
    QVERIFY_RESULT(deep);
    JsonTreeModel model;
    model.setRoots({{QStringLiteral("data"), *deep}});
    QModelIndex index = model.index(0, 0);
    int levels = 1;
    while (model.canFetchMore(index)) {
        model.fetchMore(index);
        index = model.index(0, 0, index);
        ++levels;
    }
    QCOMPARE(levels, depth);
    QCOMPARE(model.pointer(index).tokens().size(), std::size_t(depth - 1));
    model.setRoots({});
    QCOMPARE(model.rowCount(), 0);
}

void TestJsonTreeModel::survivesReplacement() {
    JsonTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    tester.setUseFetchMore(false);
    model.setRoots({{QStringLiteral("data"), parsed(R"({"a":1})")}});
    printed(model);
    const QPersistentModelIndex old(model.index(0, 0, model.index(0, 0)));
    model.setRoots({{QStringLiteral("data"), parsed("[7]")}});
    QVERIFY(!old.isValid());
    QCOMPARE(printed(model), QStringLiteral("data: [1]\n  0: 7\n"));
}

QTEST_GUILESS_MAIN(TestJsonTreeModel)
#include "tst_json_tree_model.moc"
