// Two states aligned place by place, and the tree that presents them.
#include "model/items/comparison_model.h"
#include "support/test_support.h"

#include <QAbstractItemModelTester>

using namespace rewindow;
using namespace Qt::StringLiterals;

class TestStateComparison : public QObject {
    Q_OBJECT

  private slots:
    void countsWhatDiffers_data();
    void countsWhatDiffers();
    void alignsPlaces();
    void comparesBeyondItsLimit();
    void survivesDepth();
    void presentsATree();
    void goesFromDifferenceToDifference();
};

namespace {

Json json(const char* text) {
    const auto parsed = Json::parse(text);
    return parsed ? *parsed : Json("broken");
}

QStringList pointersOf(const StateComparison& comparison, Difference difference) {
    QStringList pointers;
    for (std::size_t i = 1; i < comparison.places.size(); ++i)
        if (comparison.places[i].isDifference && comparison.places[i].difference == difference)
            pointers.append(QString::fromStdString(comparison.pointer(i).toString()));
    return pointers;
}

} // namespace

void TestStateComparison::countsWhatDiffers_data() {
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<QStringList>("added");
    QTest::addColumn<QStringList>("removed");
    QTest::addColumn<QStringList>("changed");
    const QStringList none;
    QTest::newRow("nothing") << QByteArray("null") << QByteArray("null") << none << none << none;
    QTest::newRow("same, keys in another order")
        << QByteArray(R"({"a":1,"b":[2.0]})") << QByteArray(R"({"b":[2],"a":1})") << none << none
        << none;
    QTest::newRow("a leaf") << QByteArray(R"({"a":{"b":1}})") << QByteArray(R"({"a":{"b":2}})")
                            << none << none << QStringList{u"/a/b"_s};
    QTest::newRow("of all kinds") << QByteArray(R"({"gone":{"x":1},"a/b":1,"list":[1,2]})")
                                  << QByteArray(R"({"a/b":"1","list":[1,2,{"y":3}],"new":[]})")
                                  << QStringList{u"/list/2"_s, u"/new"_s} << QStringList{u"/gone"_s}
                                  << QStringList{u"/a~1b"_s};
    QTest::newRow("object and array") << QByteArray(R"({"a":{}})") << QByteArray(R"({"a":[]})")
                                      << none << none << QStringList{u"/a"_s};
    QTest::newRow("from nothing") << QByteArray("null") << QByteArray(R"({"a":{"b":1},"c":2})")
                                  << QStringList{u"/a"_s, u"/c"_s} << none << none;
}

void TestStateComparison::countsWhatDiffers() {
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(QStringList, added);
    QFETCH(QStringList, removed);
    QFETCH(QStringList, changed);
    const StateComparison there = compareStates(json(left), json(right));
    QCOMPARE(pointersOf(there, Difference::Added), added);
    QCOMPARE(pointersOf(there, Difference::Removed), removed);
    QCOMPARE(pointersOf(there, Difference::Changed), changed);
    QCOMPARE(there.added, added.size());
    QCOMPARE(there.removed, removed.size());
    QCOMPARE(there.changed, changed.size());
    QCOMPARE(there.isSame(), added.isEmpty() && removed.isEmpty() && changed.isEmpty());
    // Seen from the other side what was added is removed.
    const StateComparison back = compareStates(json(right), json(left));
    QCOMPARE(back.added, there.removed);
    QCOMPARE(back.removed, there.added);
    QCOMPARE(back.changed, there.changed);
}

void TestStateComparison::alignsPlaces() {
    const StateComparison both =
        compareStates(json(R"({"a":1,"b":{"c":2}})"), json(R"({"z":0,"b":{"c":2,"d":3}})"));
    QStringList keys;
    for (const std::size_t part : both.places.front().parts)
        keys.append(QString::fromStdString(both.places[part].key));
    QCOMPARE(keys, (QStringList{u"a"_s, u"b"_s, u"z"_s}));
    const ComparedPlace& b = both.places[both.places.front().parts[1]];
    QCOMPARE(b.difference, Difference::Changed);
    QVERIFY(!b.isDifference);
    QCOMPARE(b.parts.size(), std::size_t(2));
    QVERIFY(both.places[b.parts[0]].difference == Difference::Same);
}

void TestStateComparison::comparesBeyondItsLimit() {
    std::vector<Json> left;
    for (int i = 0; i < 500; ++i)
        left.push_back(Json::array({Json(i)}));
    std::vector<Json> right = left;
    right[499] = Json::array({Json(-1)});
    const StateComparison both = compareStates(Json::array(left), Json::array(right), 100);
    QVERIFY(!both.isComplete);
    QCOMPARE(pointersOf(both, Difference::Changed), QStringList{u"/499"_s});
    QVERIFY(compareStates(Json::array(left), Json::array(left), 100).isSame());
}

void TestStateComparison::survivesDepth() {
    const QByteArray open = QByteArray("[").repeated(5000);
    const QByteArray close = QByteArray("]").repeated(5000);
    const StateComparison both = compareStates(json(open + "1" + close), json(open + "2" + close));
    QCOMPARE(both.changed, 1);
    QVERIFY(!both.isComplete);
}

void TestStateComparison::presentsATree() {
    ComparisonModel model;
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(model.rowCount(), 0);
    model.setComparison(std::make_shared<StateComparison>(
        compareStates(json(R"({"a":1,"b":{"c":2},"s":"same"})"),
                      json(R"({"a":1,"b":{"c":"x","d":null},"s":"same"})"))));
    QCOMPARE(model.rowCount(), 3);
    const QModelIndex b = model.index(1, 0);
    QCOMPARE(model.rowCount(b), 2);
    const QModelIndex c = model.index(0, 0, b);
    QCOMPARE(c.data().toString(), u"c"_s);
    QCOMPARE(c.siblingAtColumn(ComparisonModel::SignColumn).data().toString(), u"≠"_s);
    QCOMPARE(c.siblingAtColumn(ComparisonModel::LeftColumn).data().toString(), u"2"_s);
    QCOMPARE(c.siblingAtColumn(ComparisonModel::RightColumn).data().toString(), u"\"x\""_s);
    QCOMPARE(c.data(ComparisonModel::PointerRole).toString(), u"/b/c"_s);
    const QModelIndex d = model.index(1, ComparisonModel::SignColumn, b);
    QCOMPARE(d.data().toString(), u"+"_s);
    QVERIFY(!d.data(Qt::AccessibleTextRole).toString().isEmpty());

    model.setDifferencesOnly(true);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, 0).data().toString(), u"b"_s);
    QCOMPARE(model.rowCount(model.index(0, 0)), 2);
}

void TestStateComparison::goesFromDifferenceToDifference() {
    ComparisonModel model;
    model.setComparison(std::make_shared<StateComparison>(
        compareStates(json(R"({"a":1,"b":{"c":2},"e":3})"), json(R"({"a":0,"b":{"c":3},"e":3})"))));
    const QModelIndex first = model.difference({}, true);
    QCOMPARE(first.data(ComparisonModel::PointerRole).toString(), u"/a"_s);
    const QModelIndex second = model.difference(first, true);
    QCOMPARE(second.data(ComparisonModel::PointerRole).toString(), u"/b/c"_s);
    QCOMPARE(model.difference(second, true), first);
    QCOMPARE(model.difference(first, false), second);
    ComparisonModel empty;
    QVERIFY(!empty.difference({}, true).isValid());
}

QTEST_MAIN(TestStateComparison)
#include "tst_state_comparison.moc"
