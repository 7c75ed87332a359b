// The tree of a state: changes, who set what, and moving from version to version.
#include "model/items/state_model.h"

#include "support/test_support.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>

using namespace rewindow;

namespace {

Json json(const char* text) {
    const auto parsed = Json::parse(text);
    if (!parsed)
        qFatal("%s", qPrintable(parsed.error().sentence()));
    return *parsed;
}

/// Successive states of one aggregate; who set what is found by comparing them.
class Story {
  public:
    explicit Story(std::vector<Json> states) : m_states(std::move(states)) {}

    AggregateState at(std::size_t version) const {
        AggregateState state;
        state.stream = QStringLiteral("story-1");
        state.version = StreamVersion(static_cast<qint64>(version));
        state.state = m_states[version];
        if (version > 0)
            state.previous = m_states[version - 1];
        auto setters = std::make_shared<QHash<QByteArray, SetBy>>();
        for (std::size_t v = 1; v <= version; ++v)
            note(*setters, {}, &m_states[v - 1], m_states[v], v);
        state.setters = setters;
        return state;
    }

    std::optional<TimelineEvent> event(std::size_t version) const {
        if (version == 0)
            return std::nullopt;
        const auto number = static_cast<qint64>(version);
        return TimelineEvent{StreamVersion(number), GlobalPosition(number * 10), Timestamp(number),
                             QStringLiteral("Event%1").arg(version)};
    }

    void show(StateModel& model, std::size_t version) const {
        model.setState(at(version), event(version));
    }
    std::size_t last() const { return m_states.size() - 1; }

  private:
    static void note(QHash<QByteArray, SetBy>& setters, const JsonPointer& place,
                     const Json* before, const Json& now, std::size_t version) {
        const bool comparable = before && before->isContainer() && before->kind() == now.kind();
        bool changed = !before || (!comparable && !(*before == now));
        const auto former = [&](std::size_t i) -> const Json* {
            if (!comparable)
                return nullptr;
            if (now.kind() == Json::Kind::Object)
                return before->find(now.keyAt(i));
            return i < before->size() ? &before->at(i) : nullptr;
        };
        std::size_t kept = 0;
        for (std::size_t i = 0; i < now.size(); ++i) {
            const JsonPointer part =
                now.kind() == Json::Kind::Object ? place.child(now.keyAt(i)) : place.child(i);
            const Json* old = former(i);
            kept += old ? 1 : 0;
            note(setters, part, old, now.at(i), version);
        }
        if (comparable)
            changed = kept != now.size() || kept != before->size();
        if (changed) {
            const auto number = static_cast<qint64>(version);
            setters.insert(QByteArray::fromStdString(place.toString()),
                           SetBy{StreamVersion(number), GlobalPosition(number * 10),
                                 QStringLiteral("Event%1").arg(version)});
        }
    }

    std::vector<Json> m_states;
};

/// Every row that was fetched, a line each: `field = value  <- set by`, indented.
QString printed(const QAbstractItemModel& model, const QModelIndex& parent = {}, int depth = 0) {
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const auto cell = [&](int column) {
            return model.index(row, column, parent).data().toString();
        };
        text += QString(depth * 2, u' ') + cell(StateModel::FieldColumn) + QStringLiteral(" = ") +
                cell(StateModel::ValueColumn) + QStringLiteral("  <- ") +
                cell(StateModel::SetByColumn) + u'\n';
        text += printed(model, model.index(row, 0, parent), depth + 1);
    }
    return text;
}

void fetchAll(StateModel& model, const QModelIndex& parent = {}) {
    while (model.hasMore(parent))
        model.makeMore(parent);
    for (int row = 0; row < model.rowCount(parent); ++row)
        fetchAll(model, model.index(row, 0, parent));
}

QModelIndex valueCell(StateModel& model, const char* pointer) {
    return model.indexOf(QString::fromLatin1(pointer)).siblingAtColumn(StateModel::ValueColumn);
}

StateModel::Change changeOf(const QModelIndex& index) {
    return static_cast<StateModel::Change>(index.data(StateModel::ChangeRole).toInt());
}

const Story& order() {
    static const Story story({
        json(R"({})"),
        json(R"({"id":"a1","status":"created","items":[{"sku":"tea","quantity":1}],"total":1.50})"),
        json(
            R"({"id":"a1","status":"created","items":[{"sku":"tea","quantity":1},{"sku":"pot","quantity":2}],"total":12.50,"note":"hurry"})"),
        json(
            R"({"id":"a1","status":"paid","items":[{"sku":"tea","quantity":3},{"sku":"pot","quantity":2}],"total":12.50})"),
    });
    return story;
}

class tst_StateModel : public QObject {
    Q_OBJECT

  private slots:
    void showsTheStateWithWhoSetWhat();
    void saysWhatChanged();
    void listsOnlyWhatTheEventChanged();
    void movesWithoutAReset();
    void isTheSameAsAFreshOneAfterAnyMove();
    void aContainerThatEmptiesStopsBeingExpandable();
    void fetchesLargeContainersInParts();
    void findsPlacesFarDown();
    void showsAStateThatIsNoContainer();
    void keepsNumbersAsWritten();
    void showsHugeValuesInPart();
    void survivesDeepNesting();
    void escapesPointers();
};

void tst_StateModel::showsTheStateWithWhoSetWhat() {
    StateModel model;
    QAbstractItemModelTester tester(&model);
    tester.setUseFetchMore(false); // it would fetch amid an insertion
    order().show(model, 3);
    fetchAll(model);
    QCOMPARE(printed(model), QStringLiteral("id = \"a1\"  <- v1 Event1\n"
                                            "status = \"created\" → \"paid\"  <- v3 Event3\n"
                                            "items = [2]  <- v2 Event2\n"
                                            "  0 = {2}  <- v1 Event1\n"
                                            "    sku = \"tea\"  <- v1 Event1\n"
                                            "    quantity = 1 → 3  <- v3 Event3\n"
                                            "  1 = {2}  <- v2 Event2\n"
                                            "    sku = \"pot\"  <- v2 Event2\n"
                                            "    quantity = 2  <- v2 Event2\n"
                                            "total = 12.50  <- v2 Event2\n"));
}

void tst_StateModel::saysWhatChanged() {
    StateModel model;
    order().show(model, 2);
    QCOMPARE(changeOf(valueCell(model, "/id")), StateModel::Change::None);
    QCOMPARE(changeOf(valueCell(model, "/note")), StateModel::Change::Added);
    QCOMPARE(changeOf(valueCell(model, "/total")), StateModel::Change::Changed);
    QCOMPARE(changeOf(valueCell(model, "/items")), StateModel::Change::Changed);
    QCOMPARE(changeOf(valueCell(model, "/items/0")), StateModel::Change::None);
    QCOMPARE(valueCell(model, "/items").data(StateModel::OldTextRole).toString(),
             QStringLiteral("[1]"));
    QCOMPARE(valueCell(model, "/total").data(StateModel::OldTextRole).toString(),
             QStringLiteral("1.50"));
    QCOMPARE(valueCell(model, "/total").data(StateModel::NewTextRole).toString(),
             QStringLiteral("12.50"));
    QCOMPARE(valueCell(model, "/note").data(StateModel::OldTextRole).toString(), QString());
    QCOMPARE(valueCell(model, "/id").data(StateModel::SetByVersionRole).toLongLong(), 1);
}

void tst_StateModel::listsOnlyWhatTheEventChanged() {
    StateModel model;
    QAbstractItemModelTester tester(&model);
    tester.setUseFetchMore(false); // it would fetch amid an insertion
    model.setMode(StateModel::Mode::Changes);
    order().show(model, 3);
    QCOMPARE(printed(model), QStringLiteral("status = \"created\" → \"paid\"  <- v3 Event3\n"
                                            "items/0/quantity = 1 → 3  <- v3 Event3\n"
                                            "note = \"hurry\" → removed  <- v3 Event3\n"));
    QCOMPARE(model.pointer(model.index(1, 0)), QStringLiteral("/items/0/quantity"));
    QCOMPARE(changeOf(model.index(2, 1)), StateModel::Change::Removed);
    QVERIFY(!model.value(model.index(2, 0)));

    order().show(model, 2); // a container that came whole is one row, which can be looked into
    fetchAll(model);
    QCOMPARE(printed(model), QStringLiteral("items/1 = {2}  <- v2 Event2\n"
                                            "  sku = \"pot\"  <- v2 Event2\n"
                                            "  quantity = 2  <- v2 Event2\n"
                                            "total = 1.50 → 12.50  <- v2 Event2\n"
                                            "note = \"hurry\"  <- v2 Event2\n"));
    QCOMPARE(model.pointer(model.index(1, 0, model.index(0, 0))),
             QStringLiteral("/items/1/quantity"));
    order().show(model, 0);
    QCOMPARE(model.rowCount(), 0);
    model.setMode(StateModel::Mode::State);
    order().show(model, 1);
    QCOMPARE(model.rowCount(), 4);
}

void tst_StateModel::movesWithoutAReset() {
    StateModel model;
    order().show(model, 2);
    fetchAll(model);
    const QPersistentModelIndex quantity = model.indexOf(QStringLiteral("/items/0/quantity"));
    const QPersistentModelIndex total = model.indexOf(QStringLiteral("/total"));
    const QPersistentModelIndex note = model.indexOf(QStringLiteral("/note"));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    order().show(model, 3);
    QCOMPARE(reset.count(), 0);
    QCOMPARE(inserted.count(), 0);
    QCOMPARE(removed.count(), 1); // the note, nothing else
    QVERIFY(!note.isValid());
    QCOMPARE(model.pointer(quantity), QStringLiteral("/items/0/quantity"));
    QCOMPARE(model.pointer(total), QStringLiteral("/total"));
    QCOMPARE(model.value(quantity)->toInteger(), 3);
    order().show(model, 3);
    QCOMPARE(inserted.count() + reset.count(), 0);
    QCOMPARE(removed.count(), 1);
}

Json randomJson(QRandomGenerator& random, int depth) {
    const quint32 kind = random.bounded(depth > 0 ? 5u : 3u);
    if (kind == 0)
        return Json(static_cast<qint64>(random.bounded(3)));
    if (kind == 1)
        return Json(random.bounded(2) ? "yes" : "no");
    if (kind == 2)
        return Json();
    if (kind == 3) {
        std::vector<Json> elements;
        for (quint32 i = random.bounded(4u); i > 0; --i)
            elements.push_back(randomJson(random, depth - 1));
        return Json::array(std::move(elements));
    }
    Json object = Json::object();
    for (quint32 i = random.bounded(5u); i > 0; --i)
        object = std::move(object).with(std::string(1, static_cast<char>('a' + random.bounded(5))),
                                        randomJson(random, depth - 1));
    return object;
}

void tst_StateModel::isTheSameAsAFreshOneAfterAnyMove() {
    QRandomGenerator random(42);
    std::vector<Json> states{Json::object()};
    for (int i = 0; i < 60; ++i) {
        // Mostly small changes of what was there, sometimes something else altogether.
        const Json& last = states.back();
        states.push_back(random.bounded(4) && last.kind() == Json::Kind::Object
                             ? last.with(std::string(1, static_cast<char>('a' + random.bounded(5))),
                                         randomJson(random, 3))
                             : randomJson(random, 4));
    }
    const Story story(states);
    for (const auto mode : {StateModel::Mode::State, StateModel::Mode::Changes}) {
        StateModel moving;
        QAbstractItemModelTester tester(&moving);
        tester.setUseFetchMore(false); // it would fetch amid an insertion
        moving.setMode(mode);
        for (int move = 0; move < 250; ++move) {
            const auto version =
                static_cast<std::size_t>(random.bounded(static_cast<quint32>(states.size())));
            story.show(moving, version);
            fetchAll(moving);
            StateModel fresh;
            fresh.setMode(mode);
            story.show(fresh, version);
            fetchAll(fresh);
            QCOMPARE(printed(moving), printed(fresh));
        }
    }
}

void tst_StateModel::aContainerThatEmptiesStopsBeingExpandable() {
    const Story story({json("{}"), json(R"({"a":1,"list":[1]})"), json(R"({"a":1,"list":[]})"),
                       json(R"({"a":1,"list":[2]})")});
    StateModel model;
    QAbstractItemModelTester tester(&model);
    tester.setUseFetchMore(false); // it would fetch amid an insertion
    story.show(model, 1);
    QVERIFY(model.hasChildren(model.index(1, 0)));
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    story.show(model, 2); // a view learns of it by the row coming anew
    QCOMPARE(inserted.count(), 1);
    QVERIFY(!model.hasChildren(model.index(1, 0)));
    story.show(model, 3);
    QVERIFY(model.hasChildren(model.index(1, 0)));
    QCOMPARE(model.rowCount(model.index(1, 0)), 0); // nobody looked into it yet
}

Story longList(int elements) {
    std::vector<Json> list;
    for (int i = 0; i < elements; ++i)
        list.emplace_back(i);
    const Json state = Json::object({{"list", Json::array(list)}});
    return Story({json("{}"), state});
}

void tst_StateModel::fetchesLargeContainersInParts() {
    StateModel model;
    QAbstractItemModelTester tester(&model);
    tester.setUseFetchMore(false); // it would fetch amid an insertion
    longList(1000).show(model, 1);
    const QModelIndex list = model.index(0, 0);
    QCOMPARE(list.siblingAtColumn(1).data().toString(), QStringLiteral("[1000]"));
    QCOMPARE(model.rowCount(list), 0);
    QVERIFY(model.hasChildren(list));
    model.fetchMore(list);
    const int first = model.rowCount(list);
    QVERIFY(first > 0 && first < 500);
    QVERIFY(!model.canFetchMore(list)); // or a view would fetch all of it, layout by layout
    while (model.hasMore(list))
        model.makeMore(list);
    QCOMPARE(model.rowCount(list), 1000);
    QCOMPARE(model.index(999, 1, list).data().toString(), QStringLiteral("999"));
}

void tst_StateModel::findsPlacesFarDown() {
    StateModel model;
    longList(1000).show(model, 1);
    const QModelIndex far = model.indexOf(QStringLiteral("/list/750"));
    QCOMPARE(far.row(), 750);
    QCOMPARE(far.parent(), model.index(0, 0));
    QVERIFY(!model.indexOf(QStringLiteral("/list/1000")).isValid());
    QVERIFY(!model.indexOf(QStringLiteral("/nothing")).isValid());
    QVERIFY(!model.indexOf(QStringLiteral("no pointer")).isValid());
}

void tst_StateModel::showsAStateThatIsNoContainer() {
    const Story story({Json(), Json(7), json(R"({"a":1})"), Json("end")});
    StateModel model;
    QAbstractItemModelTester tester(&model);
    tester.setUseFetchMore(false); // it would fetch amid an insertion
    story.show(model, 0);
    QCOMPARE(model.rowCount(), 0);
    story.show(model, 1);
    QCOMPARE(printed(model), QStringLiteral(" = null → 7  <- v1 Event1\n"));
    QCOMPARE(model.pointer(model.index(0, 0)), QString());
    story.show(model, 2);
    QCOMPARE(printed(model), QStringLiteral("a = 1  <- v2 Event2\n"));
    story.show(model, 3);
    QCOMPARE(printed(model), QStringLiteral(" = {1} → \"end\"  <- v3 Event3\n"));
}

void tst_StateModel::keepsNumbersAsWritten() {
    const std::string digits(300, '7');
    const Story story({json("{}"), Json::object({{"big", Json::number(digits)},
                                                 {"money", Json::number("120.50")},
                                                 {"whole", Json::number("9223372036854775807")}})});
    StateModel model;
    story.show(model, 1);
    QCOMPARE(valueCell(model, "/big").data().toString(), QString::fromStdString(digits));
    QCOMPARE(valueCell(model, "/money").data().toString(), QStringLiteral("120.50"));
    QCOMPARE(valueCell(model, "/whole").data().toString(), QStringLiteral("9223372036854775807"));
}

void tst_StateModel::showsHugeValuesInPart() {
    const std::string huge(5'000'000, 'x');
    const Story story({json("{}"), Json::object({{"text", Json(huge)}})});
    StateModel model;
    story.show(model, 1);
    const QString shown = valueCell(model, "/text").data().toString();
    QVERIFY(shown.startsWith(QStringLiteral("\"xxxx")));
    QVERIFY(shown.endsWith(QStringLiteral("… (5.0 MB)")));
    QVERIFY(shown.size() < 600);
    QCOMPARE(model.value(valueCell(model, "/text"))->text(), std::string_view(huge));
}

void tst_StateModel::survivesDeepNesting() {
    constexpr int deep = 10'000;
    const Json nested = json((std::string(deep, '[') + std::string(deep, ']')).c_str());
    StateModel model;
    for (const auto mode : {StateModel::Mode::State, StateModel::Mode::Changes}) {
        model.setMode(mode);
        AggregateState state;
        state.stream = QStringLiteral("deep-1");
        state.version = StreamVersion(1);
        state.state = nested;
        state.previous = Json::array();
        model.setState(state, TimelineEvent{StreamVersion(1), GlobalPosition(1), {}, {}});
        QModelIndex at;
        for (int depth = 0; depth < 50; ++depth) {
            while (model.canFetchMore(at))
                model.fetchMore(at);
            QCOMPARE(model.rowCount(at), 1);
            at = model.index(0, 0, at);
        }
    }
}

void tst_StateModel::escapesPointers() {
    const Story story({json("{}"), json(R"({"a/b":{"c~d":1}})")});
    StateModel model;
    story.show(model, 1);
    const QModelIndex index = model.indexOf(QStringLiteral("/a~1b/c~0d"));
    QVERIFY(index.isValid());
    QCOMPARE(index.data().toString(), QStringLiteral("c~d"));
    QCOMPARE(model.pointer(index), QStringLiteral("/a~1b/c~0d"));
    QCOMPARE(index.siblingAtColumn(StateModel::SetByColumn).data().toString(),
             QStringLiteral("v1 Event1"));
}

} // namespace

QTEST_GUILESS_MAIN(tst_StateModel)
#include "tst_state_model.moc"
