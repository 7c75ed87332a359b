// What a person chooses of the log's table: columns, fields, colour rules, and what rows make of
// them.
#include "model/items/log_choices.h"
#include "model/items/log_model.h"
#include "model/items/signed_span.h"
#include "store/workspace.h"
#include "support/scratch_store.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

LogColumn field(const QString& word) {
    return LogColumn::fromWord(word).value();
}

} // namespace

class TestLogColumns : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();

    void readsTheWordsOfColumns_data();
    void readsTheWordsOfColumns();
    void namesTheMistakeInAWord_data();
    void namesTheMistakeInAWord();
    void isAListWithoutRepetition();
    void readsBackWhatItWrites();
    void refusesTextsThatAreNone();
    void writesSignedSpans_data();
    void writesSignedSpans();
    void showsValuesOfPayloads_data();
    void showsValuesOfPayloads();
    void showsManyValuesAndHugeOnesInPart();
    void addsAndRemovesFieldsInPlace();
    void findsTheSameValueAgain_data();
    void findsTheSameValueAgain();
    void givesRowsTheLookOfTheFirstRule();
    void takesARuleThatCannotBeReadForOneThatFindsNothing();
    void measuresFromAReference();
    void saysWhatIsMarked();
    void neverGivesTheSameLookTwice();
    void keepsChoicesFromOneStartToTheNext();
    void saysThatWhatWasKeptCannotBeRead();

  private:
    std::unique_ptr<LogModel> model();
    /// The text of a cell once it is read.
    QString cell(LogModel& model, int row, int column);

    std::unique_ptr<ScratchStore> m_store;
    std::unique_ptr<StoreLane> m_reading;
    std::unique_ptr<StoreLane> m_background;
};

void TestLogColumns::init() {
    m_store = std::make_unique<ScratchStore>();
    m_reading = std::make_unique<StoreLane>(m_store->url(), Store::Access::Read);
    m_background = std::make_unique<StoreLane>(m_store->url(), Store::Access::Read);
}

void TestLogColumns::cleanup() {
    m_reading.reset();
    m_background.reset();
    m_store.reset();
}

std::unique_ptr<LogModel> TestLogColumns::model() {
    auto model = std::make_unique<LogModel>(m_store->url(), *m_reading, *m_background);
    new QAbstractItemModelTester(model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal,
                                 model.get());
    model->setNewestFirst(false);
    model->setLog((*m_store)->reader().summary().value(), {});
    return model;
}

QString TestLogColumns::cell(LogModel& model, int row, int column) {
    [[maybe_unused]] const bool read = QTest::qWaitFor(
        [&] { return !model.index(row, LogModel::TypeColumn).data().toString().isEmpty(); });
    return model.index(row, column).data().toString();
}

void TestLogColumns::readsTheWordsOfColumns_data() {
    QTest::addColumn<QString>("word");
    for (const char* word :
         {"position", "time", "type", "stream", "version", "data", "since", "correlation",
          "causation", "id", "data.quantity", "meta.user", "data.items[*].sku", "data.items[0]",
          "data.\"unit price\".amount", "data.\"帽子\""})
        QTest::newRow(word) << QString::fromUtf8(word);
}

void TestLogColumns::readsTheWordsOfColumns() {
    QFETCH(QString, word);
    ASSIGN_RESULT(column, LogColumn::fromWord(word));
    ASSIGN_RESULT(again, LogColumn::fromWord(column.word()));
    QCOMPARE(again, column);
    if (word != u"data.\"帽子\""_s)
        QCOMPARE(column.word(), word);
}

void TestLogColumns::namesTheMistakeInAWord_data() {
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("where");
    QTest::newRow("unknown") << u"colour"_s << u"column 1"_s;
    QTest::newRow("unclosed") << u"data.items["_s << u"column 11"_s;
    QTest::newRow("two words") << u"data.a type:b"_s << QString();
    QTest::newRow("a text of every event") << u"category"_s << QString();
    QTest::newRow("empty") << QString() << u"column 1"_s;
}

void TestLogColumns::namesTheMistakeInAWord() {
    QFETCH(QString, word);
    QFETCH(QString, where);
    const auto column = LogColumn::fromWord(word);
    QVERIFY(!column);
    QCOMPARE(column.error().kind, Error::Kind::Usage);
    QCOMPARE(column.error().where, where);
    QVERIFY(column.error().sentence().contains(u"data.quantity"_s));
}

void TestLogColumns::isAListWithoutRepetition() {
    const LogColumns usual;
    QCOMPARE(usual.list().size(), std::size_t(6));
    const LogColumn quantity = field(u"data.quantity"_s);
    const LogColumns more = usual.with(quantity).with(quantity);
    QCOMPARE(more.list().size(), std::size_t(7));
    QCOMPARE(more.list()[5], quantity); // before the payload's beginning, which takes what is left
    QCOMPARE(more.fields().size(), std::size_t(1));
    QCOMPARE(more.without(quantity), usual);
    QCOMPARE(LogColumns(std::vector<LogColumn>()), usual);
    LogColumns few = usual;
    for (const LogColumn& column : usual.list())
        few = few.without(column);
    QVERIFY(!few.list().empty());
}

void TestLogColumns::readsBackWhatItWrites() {
    const LogColumns columns({field(u"data.items[*].sku"_s),
                              {LogColumn::Kind::Since},
                              field(u"meta.\"a \\\"b\\\"\""_s),
                              {LogColumn::Kind::Position}});
    ASSIGN_RESULT(again, LogColumns::fromText(columns.toText()));
    QCOMPARE(again, columns);
    const ColourRules rules{
        {u"type:OrderPaid after:yesterday"_s, {RowLook::Tint::Green, RowLook::Sign::Star, true}},
        {u"\"x\""_s, {RowLook::Tint::Red, RowLook::Sign::Cross, false}}};
    ASSIGN_RESULT(rulesAgain, colourRulesOf(colourRulesText(rules)));
    QCOMPARE(rulesAgain, rules);
}

void TestLogColumns::refusesTextsThatAreNone() {
    for (const char* text : {"", "{}", "[\"colour\"]", "[1]", "null"})
        QVERIFY2(!LogColumns::fromText(QString::fromLatin1(text)), text);
    for (const char* text : {"", "{}", "[{}]", "[{\"filter\":\"a\",\"tint\":\"pink\"}]",
                             "[{\"filter\":1,\"tint\":\"red\",\"sign\":\"star\"}]"})
        QVERIFY2(!colourRulesOf(QString::fromLatin1(text)), text);
}

void TestLogColumns::writesSignedSpans_data() {
    QTest::addColumn<qint64>("microseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << qint64(0) << u"0:00:00.000"_s;
    QTest::newRow("less than shown") << qint64(-999) << u"0:00:00.000"_s;
    QTest::newRow("after") << qint64(1'250'000) << u"+0:00:01.250"_s;
    QTest::newRow("before") << qint64(-3'723'004'000) << u"−1:02:03.004"_s;
    QTest::newRow("days") << qint64(2) * 86'400'000'000 + 1'000 << u"+2 d 0:00:00.001"_s;
    QTest::newRow("the least") << std::numeric_limits<qint64>::min()
                               << u"−106751991 d 4:00:54.775"_s;
}

void TestLogColumns::writesSignedSpans() {
    QFETCH(qint64, microseconds);
    QFETCH(QString, text);
    QCOMPARE(signedSpanText(microseconds), text);
}

void TestLogColumns::showsValuesOfPayloads_data() {
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char* name, const char* payload, const QString& shown) {
        QTest::newRow(name) << QByteArray(payload) << shown;
    };
    row("number", R"({"a":{"b":12050}})", u"12050"_s);
    row("long number", R"({"a":{"b":1234567890123456789012345678901234567890.5}})",
        u"1234567890123456789012345678901234567890.5"_s);
    row("text", R"({"a":{"b":"\u5e3d\u5b50"}})", u"帽子"_s);
    row("escapes", R"({"a":{"b":"x\ny"}})", u"x\ny"_s);
    row("empty text", R"({"a":{"b":""}})", u"\"\""_s);
    row("truth", R"({"a":{"b":false}})", u"false"_s);
    row("null", R"({"a":{"b":null}})", u"null"_s);
    row("container", R"({"a":{"b":[1, {"c":2}]},"z":1})", u"[1, {\"c\":2}]"_s);
    row("absent", R"({"a":{"c":1}})", QString());
    row("of another shape", R"({"a":[1]})", QString());
    row("the last of a repeated key", R"({"a":{"b":1,"b":2}})", u"2"_s);
    row("no JSON", R"({"a":{"b":1)", QString());
    row("empty", "", QString());
}

void TestLogColumns::showsValuesOfPayloads() {
    QFETCH(QByteArray, payload);
    QFETCH(QString, shown);
    m_store->append(u"thing-1"_s, u"Noted"_s, payload);
    const auto log = model();
    log->setFields({field(u"data.a.b"_s).field});
    QCOMPARE(cell(*log, 0, LogModel::FirstField), shown);
    QCOMPARE(log->headerData(LogModel::FirstField, Qt::Horizontal).toString(), u"data.a.b"_s);
    QVERIFY(!log->index(0, LogModel::FirstField).data(Qt::AccessibleTextRole).toString().isEmpty());
}

void TestLogColumns::showsManyValuesAndHugeOnesInPart() {
    QByteArray numbers = "{\"n\":[";
    for (int i = 0; i < 1000; ++i)
        numbers += QByteArray::number(i) + (i < 999 ? "," : "]");
    numbers += ",\"text\":\"" + QByteArray(3'000'000, 'x') + "\"}";
    m_store->append(u"thing-1"_s, u"Noted"_s, numbers);
    const auto log = model();
    log->setFields({field(u"data.n[*]"_s).field, field(u"data.text"_s).field});
    QCOMPARE(cell(*log, 0, LogModel::FirstField), u"0, 1, 2, 3, 4, 5, 6, 7, …"_s);
    const QString text = cell(*log, 0, LogModel::FirstField + 1);
    QVERIFY2(text.size() < 400, qPrintable(QString::number(text.size())));
    QVERIFY(text.startsWith(u"xxx"_s));
    QVERIFY2(text.endsWith(u"… (3.0 MB)"_s), qPrintable(text.right(20)));
}

void TestLogColumns::addsAndRemovesFieldsInPlace() {
    m_store->append(u"thing-1"_s, u"Noted"_s, R"({"a":1,"b":2,"c":3})");
    const auto log = model();
    const auto place = [](const char* word) { return field(QString::fromLatin1(word)).field; };
    log->setFields({place("data.a"), place("data.b")});
    QCOMPARE(cell(*log, 0, LogModel::FirstField), u"1"_s);
    QSignalSpy removed(log.get(), &QAbstractItemModel::columnsRemoved);
    QSignalSpy inserted(log.get(), &QAbstractItemModel::columnsInserted);
    QSignalSpy reset(log.get(), &QAbstractItemModel::modelReset);
    log->setFields({place("data.c"), place("data.b")});
    QCOMPARE(removed.size(), 1);
    QCOMPARE(inserted.size(), 1);
    QVERIFY(reset.isEmpty()); // the views keep their place
    QCOMPARE(log->columnOf(field(u"data.a"_s)), -1);
    QCOMPARE(cell(*log, 0, log->columnOf(field(u"data.b"_s))), u"2"_s);
    QCOMPARE(cell(*log, 0, log->columnOf(field(u"data.c"_s))), u"3"_s);
    QCOMPARE(log->columnAt(LogModel::SignColumn), std::nullopt);
    QCOMPARE(log->columnAt(log->columnCount()), std::nullopt);
}

void TestLogColumns::findsTheSameValueAgain_data() {
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("filter");
    QTest::newRow("type") << int(LogModel::TypeColumn) << u"type:Noted"_s;
    QTest::newRow("stream") << int(LogModel::StreamColumn) << u"stream:thing-1"_s;
    QTest::newRow("version") << int(LogModel::VersionColumn) << u"version=1"_s;
    QTest::newRow("position") << int(LogModel::PositionColumn) << u"position=1"_s;
    QTest::newRow("number") << int(LogModel::FirstField) << u"data.n=5"_s;
    QTest::newRow("text of digits") << LogModel::FirstField + 1 << u"data.t:\"5\""_s;
    QTest::newRow("null") << LogModel::FirstField + 2 << u"data.z=null"_s;
    QTest::newRow("container") << LogModel::FirstField + 3 << u"has:data.list"_s;
    QTest::newRow("absent") << LogModel::FirstField + 4 << QString();
    QTest::newRow("payload") << int(LogModel::DataColumn) << QString();
}

void TestLogColumns::findsTheSameValueAgain() {
    QFETCH(int, column);
    QFETCH(QString, filter);
    m_store->append(u"thing-1"_s, u"Noted"_s, R"({"n":5,"t":"5","z":null,"list":[1]})");
    const auto log = model();
    std::vector<FilterPlace> fields;
    for (const char* word : {"data.n", "data.t", "data.z", "data.list", "data.none"})
        fields.push_back(field(QString::fromLatin1(word)).field);
    log->setFields(fields);
    cell(*log, 0, 0);
    const auto condition = log->conditionAt(log->index(0, column));
    QCOMPARE(condition.has_value(), !filter.isEmpty());
    if (!condition)
        return;
    const EventFilter made(*condition);
    QVERIFY(made.accepts((*m_store)->reader().eventAt(GlobalPosition(1)).value().value()));
    QCOMPARE(made, EventFilter::parse(filter).value());
}

void TestLogColumns::givesRowsTheLookOfTheFirstRule() {
    m_store->append(u"thing-1"_s, u"Odd"_s, R"({"n":1})");
    m_store->append(u"thing-1"_s, u"Even"_s, R"({"n":2})");
    m_store->append(u"thing-1"_s, u"Odd"_s, R"({"n":3})");
    const auto log = model();
    const RowLook high{RowLook::Tint::Red, RowLook::Sign::Triangle, true};
    const RowLook odd{RowLook::Tint::Cyan, RowLook::Sign::Circle, false};
    log->setRules({{u"data.n>2"_s, high}, {u"type:Odd"_s, odd}});
    cell(*log, 0, 0);
    const auto look = [&](int row) { return log->index(row, 0).data(LogModel::LookRole); };
    QCOMPARE(look(0).value<RowLook>(), odd);
    QVERIFY(!look(1).isValid());
    QCOMPARE(look(2).value<RowLook>(), high);
    QCOMPARE(log->index(2, LogModel::SignColumn).data(Qt::AccessibleTextRole).toString(),
             u"red triangle: data.n>2"_s);
    log->setRules({});
    cell(*log, 0, 0);
    QVERIFY(!look(2).isValid());
}

void TestLogColumns::takesARuleThatCannotBeReadForOneThatFindsNothing() {
    m_store->append(u"thing-1"_s, u"Odd"_s, "{}");
    const auto log = model();
    log->setRules({{u"colour:red"_s, {}}});
    cell(*log, 0, 0);
    QVERIFY(!log->index(0, 0).data(LogModel::LookRole).isValid());
}

void TestLogColumns::measuresFromAReference() {
    for (int i = 0; i < 3; ++i)
        m_store->append(u"thing-1"_s, u"Noted"_s, "{}");
    const auto log = model();
    QCOMPARE(cell(*log, 0, LogModel::SinceColumn), QString());
    const auto second = (*m_store)->reader().eventAt(GlobalPosition(2)).value();
    log->setReference(Timestamp(second->recordedAt().microseconds() + 5'000'000));
    QCOMPARE(cell(*log, 1, LogModel::SinceColumn), u"−0:00:05.000"_s);
    log->setReference(std::nullopt);
    QCOMPARE(cell(*log, 1, LogModel::SinceColumn), QString());
}

void TestLogColumns::saysWhatIsMarked() {
    m_store->append(u"thing-1"_s, u"Noted"_s, "{}");
    m_store->append(u"thing-1"_s, u"Noted"_s, "{}");
    const auto log = model();
    cell(*log, 0, 0);
    QSignalSpy changes(log.get(), &QAbstractItemModel::dataChanged);
    log->setMarks({{GlobalPosition(2), u"<b>odd</b>"_s}});
    QCOMPARE(changes.size(), 1);
    const auto sign = [&](int row, int role) {
        return log->index(row, LogModel::SignColumn).data(role).toString();
    };
    QVERIFY(!log->index(0, 0).data(LogModel::MarkedRole).toBool());
    QVERIFY(log->index(1, 0).data(LogModel::MarkedRole).toBool());
    QCOMPARE(sign(0, Qt::AccessibleTextRole), u"no sign"_s);
    QCOMPARE(sign(1, Qt::AccessibleTextRole), u"marked: <b>odd</b>"_s);
    QCOMPARE(sign(1, Qt::ToolTipRole), u"marked: &lt;b&gt;odd&lt;/b&gt;"_s);
    log->setHit(GlobalPosition(1));
    QVERIFY(log->index(0, 0).data(LogModel::HitRole).toBool());
    QVERIFY(!log->index(1, 0).data(LogModel::HitRole).toBool());
}

void TestLogColumns::neverGivesTheSameLookTwice() {
    ColourRules rules;
    for (int i = 0; i < RowLook::kTints; ++i) {
        const RowLook look = unusedLook(rules);
        for (const ColourRule& rule : rules) {
            QVERIFY(rule.look.tint != look.tint);
            QVERIFY(rule.look.sign != look.sign); // told apart without colours, too
        }
        rules.push_back({u"type:A"_s, look});
    }
    for (int i = 0; i < 12; ++i) {
        const RowLook look = unusedLook(rules);
        for (const ColourRule& rule : rules)
            QVERIFY(rule.look != look);
        rules.push_back({u"type:A"_s, look});
    }
}

void TestLogColumns::keepsChoicesFromOneStartToTheNext() {
    const LogColumns columns = LogColumns().with(field(u"data.n"_s));
    const ColourRules rules{{u"type:Odd"_s, {RowLook::Tint::Red, RowLook::Sign::Star, false}}};
    {
        LogChoices choices(*m_reading);
        choices.load();
        choices.setColumns(columns); // before what is kept was read
        choices.setRules(rules);
        QTRY_COMPARE(m_reading->pending(), 0);
        QCOMPARE(choices.columns(), columns);
    }
    LogChoices choices(*m_background);
    QSignalSpy columnsChanged(&choices, &LogChoices::columnsChanged);
    QSignalSpy rulesChanged(&choices, &LogChoices::rulesChanged);
    choices.load();
    QTRY_COMPARE(rulesChanged.size(), 1);
    QCOMPARE(columnsChanged.size(), 1);
    QCOMPARE(choices.columns(), columns);
    QCOMPARE(choices.rules(), rules);
}

void TestLogColumns::saysThatWhatWasKeptCannotBeRead() {
    ASSIGN_RESULT(workspace, (*m_store)->workspace());
    QVERIFY_RESULT(workspace->remember(u"log.columns"_s, u"[\"colour\"]"_s));
    QVERIFY_RESULT(workspace->remember(u"log.colours"_s, u"[]x"_s));
    LogChoices choices(*m_reading);
    QSignalSpy failures(&choices, &LogChoices::failed);
    choices.load();
    QTRY_COMPARE(failures.size(), 2);
    QVERIFY(failures[0][0].value<Error>().sentence().contains(u"colour"_s));
    QCOMPARE(choices.columns(), LogColumns());
    QVERIFY(choices.rules().empty());
}

QTEST_GUILESS_MAIN(TestLogColumns)
#include "tst_log_columns.moc"
