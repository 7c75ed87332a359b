// RFC 7396 and RFC 6902: merging, comparing, applying.
#include "base/json_patch.h"
#include "base/random_json.h"
#include "support/test_support.h"

#include <nlohmann/json.hpp>

using namespace rewindow;

class TestJsonPatch : public QObject {
    Q_OBJECT

  private slots:
    void mergeExamplesOfTheRfc_data();
    void mergeExamplesOfTheRfc();
    void mergesAsAnotherImplementationDoes();
    void mergingSharesWhatItLeaves();
    void mergesInPlace();
    void mergesDeepValues();
    void mergesManyKeys();
    void patchExamplesOfTheRfc_data();
    void patchExamplesOfTheRfc();
    void patchThatDoesNotApply_data();
    void patchThatDoesNotApply();
    void applyingLeavesTheTargetAlone();
    void patchDocumentsThatAreNone_data();
    void patchDocumentsThatAreNone();
    void differences_data();
    void differences();
    void applyingTheDifferenceLeadsThere();
    void differencesAreWhatAnotherImplementationApplies();
    void differencesOfBigValues();
    void differencesOfDeepValues();
};

namespace {

Json parsed(std::string_view text) {
    auto value = Json::parse(text);
    if (!value)
        qFatal("%s", qPrintable(value.error().sentence()));
    return *value;
}

std::string nested(int depth, const std::string& core) {
    std::string text;
    for (int i = 0; i < depth; ++i)
        text += "{\"a\":";
    return text + core + std::string(static_cast<std::size_t>(depth), '}');
}

Json bigObject(int size) {
    Json object = Json::object();
    for (int i = 0; i < size; ++i)
        object = std::move(object).with("key" + std::to_string(i), i);
    return object;
}

} // namespace

void TestJsonPatch::mergeExamplesOfTheRfc_data() {
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<QByteArray>("result");
    const auto row = [](const char* target, const char* patch, const char* result) {
        QTest::addRow("%s onto %s", patch, target)
            << QByteArray(target) << QByteArray(patch) << QByteArray(result);
    };
    row(R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})");
    row(R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})");
    row(R"({"a":"b"})", R"({"a":null})", R"({})");
    row(R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})");
    row(R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})");
    row(R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})");
    row(R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})");
    row(R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})");
    row(R"(["a","b"])", R"(["c","d"])", R"(["c","d"])");
    row(R"({"a":"b"})", R"(["c"])", R"(["c"])");
    row(R"({"a":"foo"})", R"(null)", R"(null)");
    row(R"({"a":"foo"})", R"("bar")", R"("bar")");
    row(R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})");
    row(R"([1,2])", R"({"a":"b","c":null})", R"({"a":"b"})");
    row(R"({})", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})");
    row(R"({"a":1})", R"({"a":1.0})", R"({"a":1.0})");
    row(R"({"a":[null,{"b":null}]})", R"({"a":[{"b":null}]})", R"({"a":[{"b":null}]})");
    row(R"({"title":"Goodbye!","author":{"givenName":"John","familyName":"Doe"},)"
        R"("tags":["example","sample"],"content":"This will be unchanged"})",
        R"({"title":"Hello!","phoneNumber":"+01-123-456-7890","author":{"familyName":null},)"
        R"("tags":["example"]})",
        R"({"title":"Hello!","author":{"givenName":"John"},"tags":["example"],)"
        R"("content":"This will be unchanged","phoneNumber":"+01-123-456-7890"})");
}

void TestJsonPatch::mergeExamplesOfTheRfc() {
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, patch);
    QFETCH(QByteArray, result);
    const Json before = parsed(target.toStdString());
    const Json merged = mergePatch(before, parsed(patch.toStdString()));
    QCOMPARE(merged.dump(), result.toStdString());
    QCOMPARE(before.dump(), target.toStdString());
    QCOMPARE(mergePatch(parsed(target.toStdString()), parsed(patch.toStdString())).dump(),
             result.toStdString());
}

void TestJsonPatch::mergesAsAnotherImplementationDoes() {
    test::RandomJson random(3, test::RandomJson::Numbers::ThatDoublesHold);
    for (int round = 0; round < 300; ++round) {
        Json state = Json::object();
        auto other = nlohmann::ordered_json::object();
        std::vector<std::pair<Json, std::string>> kept;
        for (int event = 0; event < 30; ++event) {
            const Json patch = random.object(4);
            other.merge_patch(nlohmann::ordered_json::parse(patch.dump()));
            state = mergePatch(std::move(state), patch);
            QCOMPARE(state, parsed(other.dump()));
            if (event % 7 == 0)
                kept.emplace_back(state, other.dump());
        }
        for (const auto& [value, text] : kept)
            QCOMPARE(value, parsed(text));
    }
}

void TestJsonPatch::mergingSharesWhatItLeaves() {
    const Json before = parsed(R"({"a":{"x":[1,2]},"b":{"y":{"z":1}},"c":5})");
    const Json after = mergePatch(before, parsed(R"({"b":{"y":{"z":2}}})"));
    QVERIFY(after["a"].isSharedWith(before["a"]));
    QVERIFY(after["c"].isSharedWith(before["c"]));
    QCOMPARE(before["b"].dump(), std::string(R"({"y":{"z":1}})"));
    const Json same = mergePatch(before, parsed(R"({"b":{"y":{"z":1}},"c":5})"));
    QVERIFY(same.isSharedWith(before));
    const Json patch = parsed(R"({"list":[1,2,3]})");
    QVERIFY(mergePatch(before, patch)["list"].isSharedWith(patch["list"]));
}

void TestJsonPatch::mergesInPlace() {
    Json state = parsed(R"({"a":{"b":{"c":1}},"d":1})");
    const Json::Node* outer = state.node();
    const Json::Node* inner = state.find("a")->find("b")->node();
    state = mergePatch(std::move(state), parsed(R"({"a":{"b":{"c":2}},"d":2})"));
    QVERIFY(state.node() == outer);
    QVERIFY(state.find("a")->find("b")->node() == inner);
    QCOMPARE(state.dump(), std::string(R"({"a":{"b":{"c":2}},"d":2})"));
}

void TestJsonPatch::mergesDeepValues() {
    const Json deep = parsed(nested(Json::kMaxDepth, "1"));
    QCOMPARE(mergePatch(Json::object(), deep).dump(), deep.dump());
    QCOMPARE(mergePatch(deep, parsed(nested(Json::kMaxDepth, "2"))).dump(),
             nested(Json::kMaxDepth, "2"));
    QCOMPARE(mergePatch(deep, parsed(nested(Json::kMaxDepth, "null"))).dump(),
             nested(Json::kMaxDepth - 1, "{}"));
}

void TestJsonPatch::mergesManyKeys() {
    constexpr int kKeys = 20'000;
    const Json before = bigObject(kKeys);
    Json patch = Json::object();
    for (int i = 0; i < kKeys; i += 2)
        patch = std::move(patch).with("key" + std::to_string(i), i % 4 == 0 ? Json() : Json(-i));
    const Json after = mergePatch(before, patch);
    QCOMPARE(after.size(), std::size_t(kKeys * 3 / 4));
    for (int i = 0; i < kKeys; ++i) {
        const std::string key = "key" + std::to_string(i);
        QCOMPARE(before[key].toInteger(), std::optional<qint64>(i));
        if (i % 4 == 0)
            QVERIFY(!after.find(key));
        else
            QCOMPARE(after[key].toInteger(), std::optional<qint64>(i % 2 == 0 ? -i : i));
    }
}

void TestJsonPatch::patchExamplesOfTheRfc_data() {
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<QByteArray>("result");
    const auto row = [](const char* name, const char* target, const char* patch,
                        const char* result) {
        QTest::newRow(name) << QByteArray(target) << QByteArray(patch) << QByteArray(result);
    };
    row("A.1", R"({"foo":"bar"})", R"([{"op":"add","path":"/baz","value":"qux"}])",
        R"({"baz":"qux","foo":"bar"})");
    row("A.2", R"({"foo":["bar","baz"]})", R"([{"op":"add","path":"/foo/1","value":"qux"}])",
        R"({"foo":["bar","qux","baz"]})");
    row("A.3", R"({"baz":"qux","foo":"bar"})", R"([{"op":"remove","path":"/baz"}])",
        R"({"foo":"bar"})");
    row("A.4", R"({"foo":["bar","qux","baz"]})", R"([{"op":"remove","path":"/foo/1"}])",
        R"({"foo":["bar","baz"]})");
    row("A.5", R"({"baz":"qux","foo":"bar"})", R"([{"op":"replace","path":"/baz","value":"boo"}])",
        R"({"baz":"boo","foo":"bar"})");
    row("A.6", R"({"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}})",
        R"([{"op":"move","from":"/foo/waldo","path":"/qux/thud"}])",
        R"({"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}})");
    row("A.7", R"({"foo":["all","grass","cows","eat"]})",
        R"([{"op":"move","from":"/foo/1","path":"/foo/3"}])",
        R"({"foo":["all","cows","eat","grass"]})");
    row("A.8", R"({"baz":"qux","foo":["a",2,"c"]})",
        R"([{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}])",
        R"({"baz":"qux","foo":["a",2,"c"]})");
    row("A.10", R"({"foo":"bar"})", R"([{"op":"add","path":"/child","value":{"grandchild":{}}}])",
        R"({"foo":"bar","child":{"grandchild":{}}})");
    row("A.11", R"({"foo":"bar"})", R"([{"op":"add","path":"/baz","value":"qux","xyz":123}])",
        R"({"foo":"bar","baz":"qux"})");
    row("A.14", R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":10}])",
        R"({"/":9,"~1":10})");
    row("A.16", R"({"foo":["bar"]})", R"([{"op":"add","path":"/foo/-","value":["abc","def"]}])",
        R"({"foo":["bar",["abc","def"]]})");
    row("whole", R"({"a":1})", R"([{"op":"replace","path":"","value":[1]}])", "[1]");
    row("copy", R"({"a":{"b":1}})",
        R"([{"op":"copy","from":"/a","path":"/a/c"},{"op":"remove","path":"/a/b"}])",
        R"({"a":{"c":{"b":1}}})");
    row("move onto itself", R"({"a":1})", R"([{"op":"move","from":"/a","path":"/a"}])",
        R"({"a":1})");
    row("add replaces a member", R"({"a":1})", R"([{"op":"add","path":"/a","value":2}])",
        R"({"a":2})");
    row("numbers are tested as numbers", R"({"a":1e2})",
        R"([{"op":"test","path":"/a","value":100.0}])", R"({"a":1e2})");
}

void TestJsonPatch::patchExamplesOfTheRfc() {
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, patch);
    QFETCH(QByteArray, result);
    ASSIGN_RESULT(operations, parsePatch(parsed(patch.toStdString())));
    ASSIGN_RESULT(patched, applyPatch(parsed(target.toStdString()), operations));
    QCOMPARE(patched, parsed(result.toStdString()));
    ASSIGN_RESULT(again, parsePatch(toJson(operations)));
    QCOMPARE(toJson(again), toJson(operations));
}

void TestJsonPatch::patchThatDoesNotApply_data() {
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("patch");
    const auto row = [](const char* name, const char* target, const char* patch) {
        QTest::newRow(name) << QByteArray(target) << QByteArray(patch);
    };
    row("A.9", R"({"baz":"qux"})", R"([{"op":"test","path":"/baz","value":"bar"}])");
    row("A.12", R"({"foo":"bar"})", R"([{"op":"add","path":"/baz/bat","value":"qux"}])");
    row("A.15", R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":"10"}])");
    row("remove what is not there", R"({})", R"([{"op":"remove","path":"/a"}])");
    row("replace what is not there", R"({})", R"([{"op":"replace","path":"/a","value":1}])");
    row("add beyond the end", R"([1])", R"([{"op":"add","path":"/2","value":1}])");
    row("add at a name", R"([1])", R"([{"op":"add","path":"/x","value":1}])");
    row("remove the end", R"([1])", R"([{"op":"remove","path":"/-"}])");
    row("into a number", R"({"a":1})", R"([{"op":"add","path":"/a/b","value":1}])");
    row("move into itself", R"({"a":{}})", R"([{"op":"move","from":"/a","path":"/a/b"}])");
    row("move from nowhere", R"({})", R"([{"op":"move","from":"/a","path":"/b"}])");
    row("copy from nowhere", R"({})", R"([{"op":"copy","from":"/a","path":"/b"}])");
}

void TestJsonPatch::patchThatDoesNotApply() {
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, patch);
    auto document =
        Json::array({parsed(R"({"op":"test","path":"","value":)" + target.toStdString() + "}")});
    document = std::move(document).withAppended(parsed(patch.toStdString()).at(0));
    ASSIGN_RESULT(operations, parsePatch(document));
    const auto patched = applyPatch(parsed(target.toStdString()), operations);
    QVERIFY(!patched.has_value());
    QCOMPARE(patched.error().kind, Error::Kind::BadInput);
    QCOMPARE(patched.error().where, QStringLiteral("operation 2 of the patch"));
    QVERIFY(!patched.error().what.isEmpty());
}

void TestJsonPatch::applyingLeavesTheTargetAlone() {
    const Json target = parsed(R"({"a":{"b":[1,2,{"c":3}]},"d":{"e":1}})");
    const std::string text = target.dump();
    ASSIGN_RESULT(operations, parsePatch(parsed(R"([{"op":"replace","path":"/a/b/2/c","value":4},)"
                                                R"({"op":"remove","path":"/a/b/0"}])")));
    ASSIGN_RESULT(patched, applyPatch(target, operations));
    QCOMPARE(patched.dump(), std::string(R"({"a":{"b":[2,{"c":4}]},"d":{"e":1}})"));
    QCOMPARE(target.dump(), text);
    QVERIFY(patched["d"].isSharedWith(target["d"]));
}

void TestJsonPatch::patchDocumentsThatAreNone_data() {
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QString>("where");
    const auto row = [](const char* document, int operation) {
        QTest::addRow("%s", document)
            << QByteArray(document)
            << (operation > 0 ? QStringLiteral("operation %1 of the patch").arg(operation)
                              : QString());
    };
    row("{}", 0);
    row("[1]", 1);
    row("[{}]", 1);
    row(R"([{"op":"test","path":"","value":1},{"op":"spam","path":""}])", 2);
    row(R"([{"op":1,"path":""}])", 1);
    row(R"([{"op":"remove"}])", 1);
    row(R"([{"op":"remove","path":"a"}])", 1);
    row(R"([{"op":"remove","path":1}])", 1);
    row(R"([{"op":"add","path":"/a"}])", 1);
    row(R"([{"op":"move","path":"/a"}])", 1);
}

void TestJsonPatch::patchDocumentsThatAreNone() {
    QFETCH(QByteArray, document);
    QFETCH(QString, where);
    const auto patch = parsePatch(parsed(document.toStdString()));
    QVERIFY(!patch.has_value());
    QCOMPARE(patch.error().kind, Error::Kind::BadInput);
    QCOMPARE(patch.error().where, where);
}

void TestJsonPatch::differences_data() {
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("patch");
    const auto row = [](const char* name, const char* from, const char* to, const char* patch) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(patch);
    };
    row("equal", R"({"a":1,"b":[2]})", R"({"b":[2.0],"a":1})", "[]");
    row("changed, removed, added", R"({"a":1,"b":2,"c":3})", R"({"a":5,"c":3,"d":4})",
        R"([{"op":"replace","path":"/a","value":5},{"op":"remove","path":"/b"},)"
        R"({"op":"add","path":"/d","value":4}])");
    row("inside", R"({"a":{"b":{"c":1}}})", R"({"a":{"b":{"c":2}}})",
        R"([{"op":"replace","path":"/a/b/c","value":2}])");
    row("escaped", R"({"a/b":{"m~n":1}})", R"({"a/b":{"m~n":2}})",
        R"([{"op":"replace","path":"/a~1b/m~0n","value":2}])");
    row("appended", "[1,2]", "[1,2,3,4]",
        R"([{"op":"add","path":"/2","value":3},{"op":"add","path":"/3","value":4}])");
    row("taken out", "[1,2,3,4,5]", "[1,4,5]",
        R"([{"op":"remove","path":"/2"},{"op":"remove","path":"/1"}])");
    row("put in", "[1,2]", "[1,9,2]", R"([{"op":"add","path":"/1","value":9}])");
    row("inside an element", R"([{"n":1},{"n":2}])", R"([{"n":1},{"n":3}])",
        R"([{"op":"replace","path":"/1/n","value":3}])");
    row("another kind", R"({"a":[1]})", R"({"a":{"0":1}})",
        R"([{"op":"replace","path":"/a","value":{"0":1}}])");
    row("whole", "1", "null", R"([{"op":"replace","path":"","value":null}])");
    row("null is a value", R"({"a":null})", R"({"b":null})",
        R"([{"op":"remove","path":"/a"},{"op":"add","path":"/b","value":null}])");
}

void TestJsonPatch::differences() {
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, patch);
    const auto operations = jsonDiff(parsed(from.toStdString()), parsed(to.toStdString()));
    QCOMPARE(toJson(operations).dump(), patch.toStdString());
}

void TestJsonPatch::applyingTheDifferenceLeadsThere() {
    test::RandomJson random(4);
    for (int round = 0; round < 5'000; ++round) {
        const Json from = random.value(5);
        const Json to = random.below(4) == 0 ? random.value(5) : random.altered(from, 5);
        const auto patch = jsonDiff(from, to);
        ASSIGN_RESULT(patched, applyPatch(from, patch));
        QVERIFY2(patched == to,
                 (from.dump() + "\n" + to.dump() + "\n" + toJson(patch).dump()).c_str());
        QCOMPARE(patch.empty(), from == to);
        ASSIGN_RESULT(read, parsePatch(parsed(toJson(patch).dump())));
        ASSIGN_RESULT(again, applyPatch(from, read));
        QCOMPARE(again, to);
    }
}

void TestJsonPatch::differencesAreWhatAnotherImplementationApplies() {
    test::RandomJson random(7, test::RandomJson::Numbers::ThatDoublesHold);
    for (int round = 0; round < 2'000; ++round) {
        const Json from = random.object(4);
        const Json to = random.altered(from, 4);
        const auto source = nlohmann::json::parse(from.dump());
        const auto target = nlohmann::json::parse(to.dump());
        const auto patch = nlohmann::json::parse(toJson(jsonDiff(from, to)).dump());
        QVERIFY(source.patch(patch) == target);
    }
}

void TestJsonPatch::differencesOfBigValues() {
    constexpr int kKeys = 100'000;
    const Json from = bigObject(kKeys);
    Json to = from;
    for (int i = 0; i < 100; ++i)
        to = std::move(to).with("key" + std::to_string(i * 997), "changed");
    to = std::move(to).without("key5").with("new", 1);
    const auto patch = jsonDiff(from, to);
    QCOMPARE(patch.size(), std::size_t(102));
    ASSIGN_RESULT(patched, applyPatch(from, patch));
    QCOMPARE(patched, to);
    // Nothing shared, and the other way round: as many look-ups as there are keys, no more.
    Json reversed = Json::object();
    for (int i = kKeys - 1; i >= 0; --i)
        reversed = std::move(reversed).with("key" + std::to_string(i), i);
    QVERIFY(jsonDiff(from, reversed).empty());

    std::vector<Json> numbers;
    for (int i = 0; i < kKeys; ++i)
        numbers.emplace_back(i);
    const Json list = Json::array(std::move(numbers));
    const Json shorter = list.withoutElement(kKeys / 2).withElement(3, "three");
    const auto listPatch = jsonDiff(list, shorter);
    ASSIGN_RESULT(patchedList, applyPatch(list, listPatch));
    QCOMPARE(patchedList, shorter);
}

void TestJsonPatch::differencesOfDeepValues() {
    const Json from = parsed(nested(Json::kMaxDepth, "1"));
    const Json to = parsed(nested(Json::kMaxDepth, "2"));
    const auto patch = jsonDiff(from, to);
    QCOMPARE(patch.size(), std::size_t(1));
    QCOMPARE(patch[0].path.tokens().size(), std::size_t(Json::kMaxDepth));
    ASSIGN_RESULT(patched, applyPatch(from, patch));
    QCOMPARE(patched, to);
    QCOMPARE(from.dump(), nested(Json::kMaxDepth, "1"));

    const std::string open(Json::kMaxDepth, '[');
    const std::string close(Json::kMaxDepth, ']');
    const auto arrayPatch = jsonDiff(parsed(open + "1" + close), parsed(open + "2" + close));
    QCOMPARE(arrayPatch.size(), std::size_t(1));
    QCOMPARE(arrayPatch[0].path.tokens().size(), std::size_t(Json::kMaxDepth));
}

QTEST_GUILESS_MAIN(TestJsonPatch)
#include "tst_json_patch.moc"
