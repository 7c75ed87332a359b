// Completion of filters: what is learnt from a log, what is offered where, and what is inserted.
#include "model/filter/event_sample.h"
#include "model/filter/filter_knowledge.h"
#include "model/filter/filter_suggestions_model.h"
#include "model/overview/log_overview.h"
#include "model/session_support.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <algorithm>

using namespace rewindow;
using namespace rewindow::test;

class TestFilterCompletion : public QObject {
    Q_OBJECT

  private slots:
    void offersFieldsByTheirBeginning();
    void offersKeywordsOnlyWhereTheyCanStand();
    void offersOperatorsAfterAName();
    void offersTypesToABareWord();
    void offersMembersLevelByLevel();
    void offersValuesOfTheFieldAtHand();
    void quotesWhatNeedsIt();
    void whatIsInsertedReadsBack_data();
    void whatIsInsertedReadsBack();
    void offersNothingThatChangesNothing();
    void survivesAnyText();
    void learnsFromTheLog();
    void learnsStreamsByTheirBeginning();
    void samplesALongLog();
    void modelIsSound();

  private:
    static FilterVocabulary vocabulary();
};

namespace {

QStringList texts(const std::vector<FilterSuggestion>& suggestions) {
    QStringList list;
    for (const FilterSuggestion& suggestion : suggestions)
        list += suggestion.text;
    return list;
}

VocabularyPath path(const QString& name, const QString& parent, std::vector<ValueKind> kinds,
                    const QString& written = {}) {
    const QString step = written.isEmpty() ? name : written;
    return {.path = name == u"[*]" ? parent + name : parent + u'.' + step,
            .parent = parent,
            .name = name,
            .events = 3,
            .examples = {QStringLiteral("7")},
            .kinds = std::move(kinds)};
}

QStringList offered(const FilterVocabulary& vocabulary, const QString& text,
                    const KnownValues& known = {}) {
    return texts(filterSuggestions(text, text.size(), vocabulary, known));
}

} // namespace

FilterVocabulary TestFilterCompletion::vocabulary() {
    FilterVocabulary known;
    known.types = {{QStringLiteral("OrderPlaced"), 40},
                   {QStringLiteral("OrderPaid"), 30},
                   {QStringLiteral("User renamed"), 2}};
    known.categories = {{QStringLiteral("order"), 70}, {QStringLiteral("user"), 2}};
    const QString data = QStringLiteral("data");
    known.paths = {
        {.path = data,
         .parent = {},
         .name = data,
         .events = 9,
         .examples = {},
         .kinds = {ValueKind::Object}},
        path(QStringLiteral("quantity"), data, {ValueKind::Integer}),
        path(QStringLiteral("unit price"), data, {ValueKind::Integer},
             QStringLiteral("\"unit price\"")),
        path(QStringLiteral("items"), data, {ValueKind::Array}),
        path(QStringLiteral("[*]"), QStringLiteral("data.items"), {ValueKind::Object}),
        path(QStringLiteral("sku"), QStringLiteral("data.items[*]"), {ValueKind::String}),
        path(QStringLiteral("address"), data, {ValueKind::Object}),
        path(QStringLiteral("city"), QStringLiteral("data.address"), {ValueKind::String}),
    };
    return known;
}

void TestFilterCompletion::offersFieldsByTheirBeginning() {
    const QStringList few = offered(vocabulary(), QStringLiteral("cor"));
    QCOMPARE(few.first(), QStringLiteral("correlation"));
    QVERIFY(offered(vocabulary(), QStringLiteral("d")).contains(QStringLiteral("data.")));
    const QStringList all = offered(vocabulary(), {});
    for (const char* field : {"type", "stream", "category", "data.", "meta.", "after:", "version"})
        QVERIFY2(all.contains(QString::fromLatin1(field)), field);
    QVERIFY(all.contains(QStringLiteral("has:")));
}

void TestFilterCompletion::offersKeywordsOnlyWhereTheyCanStand() {
    const QString before = QStringLiteral("type:OrderPaid ");
    QVERIFY(offered(vocabulary(), before + u'o').contains(QStringLiteral("or")));
    QVERIFY(!offered(vocabulary(), QStringLiteral("o")).contains(QStringLiteral("or")));
    QVERIFY(
        !offered(vocabulary(), before + QStringLiteral("or a")).contains(QStringLiteral("and")));
    QVERIFY(offered(vocabulary(), QStringLiteral("n")).contains(QStringLiteral("not")));
}

void TestFilterCompletion::offersOperatorsAfterAName() {
    QCOMPARE(offered(vocabulary(), QStringLiteral("version")),
             QStringList({QStringLiteral("version:"), QStringLiteral("version="),
                          QStringLiteral("version!="), QStringLiteral("version>"),
                          QStringLiteral("version>="), QStringLiteral("version<"),
                          QStringLiteral("version<=")}));
    QCOMPARE(
        offered(vocabulary(), QStringLiteral("type")),
        QStringList({QStringLiteral("type:"), QStringLiteral("type="), QStringLiteral("type!=")}));
    QCOMPARE(offered(vocabulary(), QStringLiteral("after")), QStringList(QStringLiteral("after:")));
    const QStringList member = offered(vocabulary(), QStringLiteral("data.quantity"));
    QCOMPARE(member.first(), QStringLiteral("quantity:"));
    QVERIFY(member.contains(QStringLiteral("quantity>=")));
}

void TestFilterCompletion::offersTypesToABareWord() {
    QVERIFY(offered(vocabulary(), QStringLiteral("OrderPa"))
                .contains(QStringLiteral("type:OrderPaid")));
    QVERIFY(
        offered(vocabulary(), QStringLiteral("sku")).contains(QStringLiteral("data.items[*].sku")));
    QVERIFY(
        offered(vocabulary(), QStringLiteral("user")).contains(QStringLiteral("category:user")));
}

void TestFilterCompletion::offersMembersLevelByLevel() {
    QCOMPARE(offered(vocabulary(), QStringLiteral("data.")),
             QStringList({QStringLiteral("quantity"), QStringLiteral("\"unit price\""),
                          QStringLiteral("items[*]."), QStringLiteral("address.")}));
    QCOMPARE(offered(vocabulary(), QStringLiteral("data.items[*].")),
             QStringList(QStringLiteral("sku")));
    QCOMPARE(offered(vocabulary(), QStringLiteral("data.items[3].s")),
             QStringList(QStringLiteral("sku")));
    QCOMPARE(offered(vocabulary(), QStringLiteral("has:data.address.")),
             QStringList(QStringLiteral("city")));
}

void TestFilterCompletion::offersValuesOfTheFieldAtHand() {
    QCOMPARE(offered(vocabulary(), QStringLiteral("type:")),
             QStringList({QStringLiteral("OrderPlaced"), QStringLiteral("OrderPaid"),
                          QStringLiteral("\"User renamed\"")}));
    const QStringList some = offered(vocabulary(), QStringLiteral("-type:OrderP"));
    QVERIFY(some.contains(QStringLiteral("OrderPlaced")));
    QVERIFY(some.contains(QStringLiteral("OrderP*")));
    QVERIFY(offered(vocabulary(), QStringLiteral("after:")).contains(QStringLiteral("yesterday")));
    const std::vector<SeenValue> seen{
        {Json(2), 5}, {Json("two"), 3}, {Json("2"), 2}, {Json(true), 1}};
    KnownValues known;
    known.values = seen;
    QCOMPARE(offered(vocabulary(), QStringLiteral("data.quantity="), known),
             QStringList({QStringLiteral("2"), QStringLiteral("two"), QStringLiteral("\"2\""),
                          QStringLiteral("true")}));
    QVERIFY(!offered(vocabulary(), QStringLiteral("data.quantity>"), known)
                 .contains(QStringLiteral("true"))); // has no size
}

void TestFilterCompletion::quotesWhatNeedsIt() {
    const QString text = QStringLiteral("type:User -type:OrderPaid");
    const auto suggestions = filterSuggestions(text, 9, vocabulary());
    QVERIFY(!suggestions.empty());
    const EditedText edited = withSuggestion(text, suggestions.front());
    QCOMPARE(edited.text, QStringLiteral("type:\"User renamed\" -type:OrderPaid"));
    QCOMPARE(edited.cursor, 19);
    // After the last word a blank follows, so that the next can be written.
    const auto last = filterSuggestions(QStringLiteral("type:OrderPa"), 12, vocabulary());
    QCOMPARE(withSuggestion(QStringLiteral("type:OrderPa"), last.front()).text,
             QStringLiteral("type:OrderPaid "));
}

void TestFilterCompletion::whatIsInsertedReadsBack_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << QStringLiteral("OrderPaid");
    QTest::newRow("blank") << QStringLiteral("order paid");
    QTest::newRow("star") << QStringLiteral("a*b");
    QTest::newRow("quote") << QStringLiteral("say \"hi\" \\ (now)");
    QTest::newRow("sign") << QStringLiteral("=x");
    QTest::newRow("markup") << QStringLiteral("<b>bold</b>");
    QTest::newRow("number") << QStringLiteral("112");
    QTest::newRow("null") << QStringLiteral("null");
    QTest::newRow("script") << QStringLiteral("帽子-\u202eabc");
}

void TestFilterCompletion::whatIsInsertedReadsBack() {
    QFETCH(QString, name);
    FilterVocabulary known;
    known.types = {{name, 1}};
    const std::vector<SeenValue> seen{{Json(name), 1}};
    for (const QString& before :
         {QStringLiteral("type:"), QStringLiteral("type="), QStringLiteral("data.x:"),
          QStringLiteral("data.x="), QStringLiteral("id:"), QStringLiteral("data.x>=")}) {
        const auto suggestions =
            filterSuggestions(before, before.size(), known, {.values = seen, .streams = {}});
        QCOMPARE(suggestions.size(), std::size_t(1));
        const QString text = withSuggestion(before, suggestions.front()).text;
        const auto filter = EventFilter::parse(text);
        QVERIFY_RESULT(filter);
        QCOMPARE(filter->expression().kind(), FilterExpression::Kind::Comparison);
        const auto* value = std::get_if<QString>(&filter->expression().value());
        QVERIFY2(value, qPrintable(text));
        QCOMPARE(*value, name);
    }
}

void TestFilterCompletion::offersNothingThatChangesNothing() {
    QVERIFY(!offered(vocabulary(), QStringLiteral("type:OrderPaid"))
                 .contains(QStringLiteral("OrderPaid")));
    QVERIFY(offered(vocabulary(), QStringLiteral("\"free text")).isEmpty());
    QVERIFY(offered(vocabulary(), QStringLiteral("type:Nothing")).isEmpty());
}

void TestFilterCompletion::survivesAnyText() {
    const std::vector<SeenValue> seen{{Json("x y"), 1}};
    quint32 state = 1;
    const QString letters = QStringLiteral("tda.:[]*\"\\()-=<> vhasio帽");
    for (int round = 0; round < 3'000; ++round) {
        QString text;
        for (int i = 0; i < 14; ++i) {
            state = state * 1664525 + 1013904223;
            text += letters[static_cast<qsizetype>(state >> 16) % letters.size()];
        }
        for (qsizetype cursor = 0; cursor <= text.size(); cursor += 3)
            for (const FilterSuggestion& each :
                 filterSuggestions(text, cursor, vocabulary(), {.values = seen, .streams = {}})) {
                QVERIFY(each.start >= 0 && each.length >= 0 &&
                        each.start + each.length <= text.size());
                const EditedText edited = withSuggestion(text, each);
                QVERIFY(edited.cursor <= edited.text.size());
            }
    }
}

void TestFilterCompletion::learnsFromTheLog() {
    ScratchFolder folder;
    QVERIFY_RESULT(createDemo(folder.path(QStringLiteral("demo.db")), 3'000));
    const StoreUrl url = StoreUrl::sqliteFile(folder.path(QStringLiteral("demo.db")));
    ASSIGN_RESULT(store, Store::open(url, Store::Access::Read));
    LogOverview overview(url);
    overview.build();
    FilterKnowledge knowledge(store->info(), overview);
    knowledge.learn();
    const auto hasType = [&](const char* type) {
        return std::ranges::any_of(knowledge.vocabulary().types, [&](const VocabularyName& name) {
            return name.name == QLatin1String(type);
        });
    };
    QTRY_VERIFY(hasType("OrderCreated"));
    QTRY_VERIFY(knowledge.vocabulary().find(QStringLiteral("data.quantity")) != nullptr);
    const VocabularyPath* quantity = knowledge.vocabulary().find(QStringLiteral("data.quantity"));
    QVERIFY(quantity->isA(ValueKind::Integer));
    QVERIFY(!quantity->examples.isEmpty());
    QVERIFY(std::ranges::any_of(knowledge.vocabulary().paths, [](const VocabularyPath& path) {
        return path.path.startsWith(QStringLiteral("meta."));
    }));
    // Values are looked up when they are asked for, and kept.
    const QString text = QStringLiteral("data.quantity:");
    QVERIFY(knowledge.at(text, text.size()).values.empty());
    QTRY_VERIFY(!knowledge.at(text, text.size()).values.empty());
    const auto values = knowledge.at(text, text.size()).values;
    QVERIFY(values.front().value.kind() == Json::Kind::Number);
    QVERIFY(values.front().count >= values.back().count);
    QTRY_VERIFY(knowledge.isQuiet());
}

void TestFilterCompletion::learnsStreamsByTheirBeginning() {
    ScratchFolder folder;
    QVERIFY_RESULT(createDemo(folder.path(QStringLiteral("demo.db")), 2'000));
    const StoreUrl url = StoreUrl::sqliteFile(folder.path(QStringLiteral("demo.db")));
    ASSIGN_RESULT(store, Store::open(url, Store::Access::Read));
    LogOverview overview(url);
    FilterKnowledge knowledge(store->info(), overview);
    const QString text = QStringLiteral("stream:order-");
    knowledge.at(text, text.size());
    QTRY_VERIFY(!knowledge.at(text, text.size()).streams.isEmpty());
    const QStringList streams = knowledge.at(text, text.size()).streams;
    QVERIFY(streams.size() <= FilterKnowledge::kMostStreams);
    for (const QString& stream : streams)
        QVERIFY(stream.startsWith(QStringLiteral("order-")));
    const QString exact = QStringLiteral("stream:") + streams.first();
    knowledge.at(exact, exact.size());
    QTRY_COMPARE(knowledge.at(exact, exact.size()).streams.value(0), streams.first());
}

void TestFilterCompletion::samplesALongLog() {
    ScratchFolder folder;
    ASSIGN_RESULT(store, createStore(folder.path(QStringLiteral("long.db")), {}));
    QVERIFY_RESULT(fillStream(*store, QStringLiteral("a-1"), 9'000));
    qint64 visited = 0;
    qint64 last = 0;
    QVERIFY_RESULT(visitSample(*store, {QStringLiteral("Counted")},
                               [&](RecordedEvent&& event) {
                                   ++visited;
                                   last = std::max(last, event.position().value());
                                   return true;
                               },
                               {}));
    QVERIFY(visited < 4'000);
    QCOMPARE(last, 9'000);
    ASSIGN_RESULT(paths, samplePaths(*store, {}, {}));
    QVERIFY(std::ranges::any_of(
        paths, [](const VocabularyPath& path) { return path.path == QStringLiteral("data.n"); }));
    CancelToken cancelled;
    cancelled.cancel();
    QVERIFY(!samplePaths(*store, {}, cancelled));
}

void TestFilterCompletion::modelIsSound() {
    FilterSuggestionsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setSuggestions(filterSuggestions(QStringLiteral("type:"), 5, vocabulary()));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("OrderPlaced"));
    QCOMPARE(model.at(2).text, QStringLiteral("\"User renamed\""));
    model.setSuggestions({});
    QCOMPARE(model.rowCount(), 0);
}

QTEST_MAIN(TestFilterCompletion)
#include "tst_filter_completion.moc"
