// Json's containers: changed in place or shared, small or of many thousands of elements.
#include "base/json.h"
#include "base/random_json.h"
#include "support/test_support.h"

#include <nlohmann/json.hpp>

using namespace rewindow;

class TestJsonSharing : public QObject {
    Q_OBJECT

  private slots:
    void aChangeLeavesCopiesAlone();
    void anUnsharedValueIsChangedInPlace();
    void objectsBehaveAsAModelDoes_data();
    void objectsBehaveAsAModelDoes();
    void arraysBehaveAsAModelDoes_data();
    void arraysBehaveAsAModelDoes();
    void equalWhateverTheWayThere();
    void repeatedKeysOfABigObject();
    void aBigObjectIsCheapToCopyAndChange();
    void aBigObjectGrowsAndShrinksCheaply();
    void aBigArrayIsCheapToCopyAndChange();
    void sizeCountsWhatIsNotShared();
};

namespace {

Json bigObject(int size) {
    Json object = Json::object();
    for (int i = 0; i < size; ++i)
        object = std::move(object).with("key" + std::to_string(i), i);
    return object;
}

} // namespace

void TestJsonSharing::aChangeLeavesCopiesAlone() {
    const Json before = Json::object({{"a", 1}, {"list", Json::array({1, 2})}});
    const Json kept = before;
    const Json after = Json(before).with("a", 2).with("b", 3).without("list");
    QCOMPARE(before.dump(), std::string(R"({"a":1,"list":[1,2]})"));
    QVERIFY(kept.isSharedWith(before));
    QCOMPARE(after.dump(), std::string(R"({"a":2,"b":3})"));
    QVERIFY(before.with("a", 5)["list"].isSharedWith(before["list"]));
    const Json list = before["list"];
    QCOMPARE(list.withInserted(0, 0).dump(), std::string("[0,1,2]"));
    QCOMPARE(list.withInserted(2, 3).dump(), std::string("[1,2,3]"));
    QCOMPARE(list.withoutElement(0).dump(), std::string("[2]"));
    QCOMPARE(list.withElement(1, Json()).dump(), std::string("[1,null]"));
    QCOMPARE(list.withAppended(3).dump(), std::string("[1,2,3]"));
    QCOMPARE(list.dump(), std::string("[1,2]"));
}

void TestJsonSharing::anUnsharedValueIsChangedInPlace() {
    Json object = Json::object({{"a", 1}});
    const Json::Node* node = object.node();
    object = std::move(object).with("a", 2);
    QVERIFY(object.node() == node);
    const Json kept = object;
    object = std::move(object).with("a", 3);
    QVERIFY(object.node() != node);
    QCOMPARE(kept["a"].toInteger(), std::optional<qint64>(2));
}

void TestJsonSharing::objectsBehaveAsAModelDoes_data() {
    QTest::addColumn<int>("keys");
    QTest::addColumn<int>("rounds");
    QTest::newRow("few keys") << 10 << 2'000;
    QTest::newRow("about a page") << 70 << 4'000;
    QTest::newRow("many keys") << 1'500 << 12'000;
}

void TestJsonSharing::objectsBehaveAsAModelDoes() {
    QFETCH(int, keys);
    QFETCH(int, rounds);
    test::RandomJson random(5);
    Json object = Json::object();
    nlohmann::ordered_json model = nlohmann::ordered_json::object();
    std::vector<std::pair<Json, std::string>> kept;
    for (int round = 0; round < rounds; ++round) {
        const std::string key = "key" + std::to_string(random.below(keys));
        // First growing, then shrinking.
        if (random.below(rounds) > round) {
            object = std::move(object).with(key, round);
            model[key] = round;
        } else {
            object = std::move(object).without(key);
            model.erase(key);
        }
        if (round % (rounds / 20) == 0)
            kept.emplace_back(object, model.dump());
        QCOMPARE(object.size(), model.size());
        QCOMPARE(object.find(key) != nullptr, model.contains(key));
    }
    QCOMPARE(object.dump(), model.dump());
    for (const auto& [value, text] : kept) {
        QCOMPARE(value.dump(), text);
        ASSIGN_RESULT(again, Json::parse(text));
        QCOMPARE(value, again);
        for (std::size_t i = 0; i < value.size(); ++i)
            QVERIFY(value.find(value.keyAt(i)) == &value.at(i));
    }
}

void TestJsonSharing::arraysBehaveAsAModelDoes_data() {
    QTest::addColumn<int>("rounds");
    QTest::newRow("few elements") << 40;
    QTest::newRow("about a page") << 400;
    QTest::newRow("many elements") << 4'000;
}

void TestJsonSharing::arraysBehaveAsAModelDoes() {
    QFETCH(int, rounds);
    test::RandomJson random(6);
    Json array = Json::array();
    std::vector<int> model;
    std::vector<std::pair<Json, std::vector<int>>> kept;
    for (int round = 0; round < rounds; ++round) {
        const int at = random.below(static_cast<int>(model.size()) + 1);
        const auto place = static_cast<std::size_t>(at);
        if (model.empty() || random.below(rounds * 3 / 2) > round) {
            array = array.withInserted(place, round);
            model.insert(model.begin() + at, round);
        } else if (place == model.size()) {
            array = std::move(array).withAppended(round);
            model.push_back(round);
        } else if (random.below(4) == 0) {
            array = array.withElement(place, -round);
            model[place] = -round;
        } else {
            array = array.withoutElement(place);
            model.erase(model.begin() + at);
        }
        if (round % (rounds / 20) == 0)
            kept.emplace_back(array, model);
    }
    kept.emplace_back(array, model);
    for (const auto& [value, numbers] : kept) {
        QCOMPARE(value.dump(), nlohmann::json(numbers).dump());
        QCOMPARE(value.size(), numbers.size());
        for (std::size_t i = 0; i < numbers.size(); ++i)
            QCOMPARE(value.at(i).toInteger(), std::optional<qint64>(numbers[i]));
    }
}

void TestJsonSharing::equalWhateverTheWayThere() {
    constexpr int kKeys = 300;
    const Json forwards = bigObject(kKeys);
    Json backwards = Json::object();
    for (int i = kKeys - 1; i >= 0; --i)
        backwards = std::move(backwards).with("key" + std::to_string(i), i);
    QCOMPARE(forwards, backwards);
    QVERIFY(forwards != backwards.with("key7", 8));
    QVERIFY(forwards != backwards.without("key7").with("other", 7));
    Json shrunk = bigObject(kKeys);
    for (int i = 5; i < kKeys; ++i)
        shrunk = std::move(shrunk).without("key" + std::to_string(i));
    QCOMPARE(shrunk, bigObject(5));
    QCOMPARE(shrunk.dump(), bigObject(5).dump());
}

void TestJsonSharing::repeatedKeysOfABigObject() {
    std::string text = "{";
    for (int i = 0; i < 400; ++i)
        text += "\"key" + std::to_string(i % 200) + "\":" + std::to_string(i) + ",";
    text.back() = '}';
    ASSIGN_RESULT(object, Json::parse(text));
    QCOMPARE(object.size(), std::size_t(200));
    for (std::size_t i = 0; i < 200; ++i) {
        QCOMPARE(object.keyAt(i), std::string_view("key" + std::to_string(i)));
        QCOMPARE(object.at(i).toInteger(), std::optional<qint64>(qint64(i) + 200));
    }
}

/// Each of these would take minutes if a step cost what the whole container does.
void TestJsonSharing::aBigObjectIsCheapToCopyAndChange() {
    constexpr int kKeys = 50'000;
    Json state = bigObject(kKeys);
    Json previous;
    for (int step = 0; step < 50'000; ++step) {
        previous = state;
        state = std::move(state).with("key" + std::to_string(step * 7 % kKeys), -step);
    }
    QCOMPARE(state.size(), std::size_t(kKeys));
    QVERIFY(state.byteSize(&previous) * 20 < state.byteSize());
}

void TestJsonSharing::aBigObjectGrowsAndShrinksCheaply() {
    constexpr int kKeys = 30'000;
    Json state = Json::object();
    Json previous;
    for (int i = 0; i < kKeys; ++i) {
        previous = state;
        state = std::move(state).with("key" + std::to_string(i), i);
    }
    QCOMPARE(previous.size(), std::size_t(kKeys - 1));
    for (int i = 0; i < kKeys; ++i) {
        previous = state;
        state = std::move(state).without("key" + std::to_string((i * 7) % kKeys));
    }
    QCOMPARE(state.size(), std::size_t(0));
    QCOMPARE(previous.size(), std::size_t(1));
}

void TestJsonSharing::aBigArrayIsCheapToCopyAndChange() {
    Json list = Json::array();
    Json previous;
    for (int i = 0; i < 100'000; ++i) {
        previous = list;
        list = std::move(list).withAppended(i);
    }
    QCOMPARE(list.size(), std::size_t(100'000));
    QCOMPARE(previous.size(), std::size_t(99'999));
    for (std::size_t i = 0; i < list.size(); i += 999)
        QCOMPARE(list.at(i).toInteger(), std::optional(static_cast<qint64>(i)));
}

void TestJsonSharing::sizeCountsWhatIsNotShared() {
    const std::string text(100'000, 'x');
    const Json one = Json::object({{"big", text}, {"small", 1}});
    const Json two = one.with("small", 2);
    QVERIFY(one.byteSize() > 100'000);
    QVERIFY(two.byteSize(&one) < 1'000);
    QVERIFY(two.byteSize(&one) > 0);
    QCOMPARE(one.byteSize(&one), std::size_t(0));
    const Json list = Json::array({text, 1, 2});
    QVERIFY(list.withInserted(0, 0).byteSize(&list) < 1'000);
    QVERIFY(list.withoutElement(1).byteSize(&list) < 1'000);
    QVERIFY(list.withElement(1, text).byteSize(&list) > 100'000);
    QCOMPARE(Json().byteSize(), std::size_t(0));
}

QTEST_GUILESS_MAIN(TestJsonSharing)
#include "tst_json_sharing.moc"
