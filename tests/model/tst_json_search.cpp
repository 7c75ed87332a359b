// Texts in JSON values, found as a look at everything finds them.
#include "model/items/json_search.h"
#include "model/items/json_tree_model.h"

#include "base/json_pointer.h"
#include "base/random_json.h"
#include "support/test_support.h"

#include <QTest>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestJsonSearch : public QObject {
    Q_OBJECT

  private slots:
    void findsKeysAndValues();
    void searchesScalarsByTheirText();
    void findsWhatALookAtEverythingFinds();
    void goesDeepWithoutRecursion();
    void countsWhatItDoesNotKeep();
    void isCancelled();
    void leadsToRows();
};

namespace {

QStringList placesOf(const std::vector<Json>& roots, const QString& text) {
    const auto found = findInJson(roots, text);
    if (!found)
        qFatal("%s", qPrintable(found.error().sentence()));
    QStringList places;
    for (const JsonHit& hit : found->hits) {
        const QString place = hit.place(roots);
        const int parts = found->places.value(place);
        places += place + (parts & JsonHits::InKey ? u" key"_s : QString()) +
                  (parts & JsonHits::InValue ? u" value"_s : QString());
    }
    if (places.size() != found->count)
        qFatal("the count is another");
    return places;
}

/// By recursion, which is plain to see through.
void look(const Json& value, const QString& place, const QString& text, QStringList& found) {
    for (std::size_t i = 0; i < value.size(); ++i) {
        const bool isObject = value.kind() == Json::Kind::Object;
        const std::string key = isObject ? std::string(value.keyAt(i)) : std::to_string(i);
        const QString there = place + QString::fromStdString(JsonPointer({key}).toString());
        const Json& part = value.at(i);
        const bool inKey =
            isObject && QString::fromStdString(key).contains(text, Qt::CaseInsensitive);
        const QString shown = part.kind() == Json::Kind::String
                                  ? part.toQString()
                                  : QString::fromStdString(part.dump());
        const bool inValue = !part.isContainer() && shown.contains(text, Qt::CaseInsensitive);
        if (inKey || inValue)
            found += there + (inKey ? u" key"_s : QString()) + (inValue ? u" value"_s : QString());
        look(part, there, text, found);
    }
}

Json parsed(const char* text) {
    return Json::parse(text).value();
}

} // namespace

void TestJsonSearch::findsKeysAndValues() {
    const std::vector<Json> roots{
        parsed(R"({"userName":"Ada","user":{"id":"u1","NAME":"user"},"n":[1,"a user",{}]})"),
        parsed(R"(["User",null])")};
    QCOMPARE(placesOf(roots, u"user"_s),
             (QStringList{u"0/userName key"_s, u"0/user key"_s, u"0/user/NAME value"_s,
                          u"0/n/1 value"_s, u"1/0 value"_s}));
    QCOMPARE(placesOf(roots, u"帽子"_s), QStringList());
    QCOMPARE(placesOf(roots, {}), QStringList());
    QCOMPARE(placesOf({}, u"user"_s), QStringList());
}

void TestJsonSearch::searchesScalarsByTheirText() {
    const std::vector<Json> roots{
        parsed(R"({"a":120.50,"b":true,"c":null,"d":"1\"2","e":1e400,"f":"true"})")};
    QCOMPARE(placesOf(roots, u"20.5"_s), QStringList{u"0/a value"_s});
    QCOMPARE(placesOf(roots, u"TRUE"_s), (QStringList{u"0/b value"_s, u"0/f value"_s}));
    QCOMPARE(placesOf(roots, u"null"_s), QStringList{u"0/c value"_s});
    QCOMPARE(placesOf(roots, u"\""_s), QStringList{u"0/d value"_s}); // of the content, not of JSON
    QCOMPARE(placesOf({Json(u"a payload that is no JSON"_s)}, u"payload"_s),
             QStringList{u"0 value"_s});
}

void TestJsonSearch::findsWhatALookAtEverythingFinds() {
    RandomJson random(7);
    qsizetype found = 0;
    for (int run = 0; run < 400; ++run) {
        const std::vector<Json> roots{random.value(5)};
        for (const QString& text : {u"a"_s, u"1"_s, u"e"_s, u"\u043b"_s, u"tr"_s}) {
            if (!roots[0].isContainer())
                continue;
            QStringList expected;
            look(roots[0], u"0"_s, text, expected);
            const QStringList places = placesOf(roots, text);
            QCOMPARE(places, expected);
            found += places.size();
        }
    }
    QVERIFY(found > 200);
}

void TestJsonSearch::goesDeepWithoutRecursion() {
    constexpr std::size_t depth = 20'000;
    Json deep = parsed(R"({"needle":1})");
    for (std::size_t i = 0; i < depth; ++i)
        deep = Json::object({{"k", std::move(deep)}});
    ASSIGN_RESULT(found, findInJson({deep}, u"needle"_s));
    QCOMPARE(found.count, 1);
    QCOMPARE(found.hits.front().path.size(), depth + 1);
}

void TestJsonSearch::countsWhatItDoesNotKeep() {
    Json list = parsed("[]");
    for (int i = 0; i < 12'000; ++i)
        list = std::move(list).withAppended(Json(u"x"_s));
    ASSIGN_RESULT(found, findInJson({list}, u"x"_s));
    QCOMPARE(found.count, 12'000);
    QCOMPARE(found.hits.size(), JsonHits::kMost);
}

void TestJsonSearch::isCancelled() {
    Json list = parsed("[]");
    for (int i = 0; i < 20'000; ++i)
        list = std::move(list).withAppended(Json(1));
    const CancelToken token;
    token.cancel();
    const auto found = findInJson({list}, u"2"_s, token);
    QVERIFY(!found);
    QCOMPARE(found.error().kind, Error::Kind::Cancelled);
}

void TestJsonSearch::leadsToRows() {
    Json list = parsed("[]");
    for (int i = 0; i < 3'000; ++i)
        list = std::move(list).withAppended(Json(qint64(i)));
    const std::vector<Json> roots{parsed(R"({"a":1})"), Json::object({{"list", list}})};
    JsonTreeModel model;
    model.setRoots({{u"data"_s, roots[0]}, {u"metadata"_s, roots[1]}});
    ASSIGN_RESULT(found, findInJson(roots, u"2750"_s));
    QCOMPARE(found.hits.size(), std::size_t(1));
    const QModelIndex row = model.indexOf(1, found.hits[0].path);
    QVERIFY(row.isValid());
    QCOMPARE(row.row(), 2750);
    QCOMPARE(QString::fromStdString(model.pointer(row).toString()), u"/list/2750"_s);
    QVERIFY(!model.indexOf(1, {0, 3'000}).isValid());
    QVERIFY(!model.indexOf(2, {}).isValid());
}

QTEST_GUILESS_MAIN(TestJsonSearch)
#include "tst_json_search.moc"
