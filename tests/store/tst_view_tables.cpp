// View tables: rows, their history, as-of, set-by, checkpoints and rebuilding.
#include "store/view_tables.h"
#include "support/scratch_store.h"

#include <QRandomGenerator>

#include <limits>
#include <map>

using namespace rewindow;
using namespace Qt::StringLiterals;
using namespace rewindow::test;
using namespace rewindow::literals;

namespace {

const QString kView = QStringLiteral("people");

ViewSchema people() {
    return {kView,
            {{u"id"_s},
             {u"name"_s},
             {u"town"_s, ViewColumn::Type::Text, true},
             {u"age"_s, ViewColumn::Type::Integer}}};
}

ViewRow person(const QString& id, const QString& name, const ViewValue& town, qint64 age) {
    return {{id, name, town, age}};
}

/// Writes these changes and the last one's position as the checkpoint.
void write(ViewTables& tables, const std::vector<RowChange>& changes) {
    const auto transaction = tables.begin();
    const bool written = transaction && (*transaction)->apply(kView, changes) &&
                         (*transaction)->setCheckpoint(kView, changes.back().position) &&
                         (*transaction)->commit();
    if (!written)
        qFatal("writing failed");
}

RowChange put(qint64 position, const ViewRow& row) {
    return {row.id(), GlobalPosition(position), row};
}
RowChange removed(qint64 position, const QString& id) {
    return {id, GlobalPosition(position), std::nullopt};
}

QStringList ids(ViewTables& tables, const RowQuery& query) {
    const auto rows = tables.rows(kView, query);
    if (!rows)
        return {rows.error().sentence()};
    QStringList found;
    for (const ViewRow& row : *rows)
        found += row.id();
    return found;
}

RowQuery asOf(qint64 position) {
    RowQuery query;
    query.at = GlobalPosition(position);
    return query;
}

} // namespace

class TestViewTables : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void writesReplacesAndDeletesRows();
    void keepsEveryKindOfCell();
    void pagesByIdInTheOrderOfBytes();
    void looksRowsUpByColumn();
    void answersAsOfAnyPosition();
    void saysWhoSetACell();
    void lastChangeOfARowAtOnePositionCounts();
    void changesThatChangeNothingLeaveNoTrace();
    void rollsBackWhatIsNotCommitted();
    void remembersCheckpointAndPause();
    void ensureIsHarmlessAndNoticesAnotherShape();
    void ensureStartsAnewWhatIsIncomplete();
    void refusesNamesAStoreNeeds_data();
    void refusesNamesAStoreNeeds();
    void companionsHaveNoHistoryAndAreNotListed();
    void rebuildSwapsInOnCommitOnly();
    void rebuildTakesAnotherShape();
    void unknownNamesAreNamedWithTheirAlternatives();
    void readsButDoesNotWriteWhenReadOnly();
    void sameAsAModelUnderRandomChanges();

  private:
    ViewTables& tables() { return (*m_store)->views(); }
    std::unique_ptr<ScratchStore> m_store;
};

void TestViewTables::init() {
    m_store = std::make_unique<ScratchStore>();
    QVERIFY_RESULT(tables().ensure({people()}));
}

void TestViewTables::writesReplacesAndDeletesRows() {
    const ViewRow ada = person(u"1"_s, u"Ada"_s, u"London"_s, 36);
    write(tables(), {put(1, ada), put(2, person(u"2"_s, u"Bob"_s, u"Oslo"_s, 20))});
    const ViewRow older = person(u"1"_s, u"Ada"_s, u"Paris"_s, 37);
    write(tables(), {put(3, older), removed(4, u"2"_s)});
    ASSIGN_RESULT(rows, tables().rows(kView, {}));
    QCOMPARE(rows, std::vector{older});
    ASSIGN_RESULT(count, tables().rowCount(kView, std::nullopt));
    QCOMPARE(count, 1);
    ASSIGN_RESULT(status, tables().status());
    QCOMPARE(status.size(), std::size_t(1));
    QCOMPARE(status[0].name, kView);
    QCOMPARE(status[0].checkpoint, 4_pos);
    QCOMPARE(status[0].rows, 1);
    QVERIFY(!status[0].paused);
}

void TestViewTables::keepsEveryKindOfCell() {
    const std::vector<ViewRow> rows{
        {{u"1"_s, std::monostate(), std::monostate(), std::monostate()}},
        {{u"2"_s, QString(u""_s), u"42"_s, std::numeric_limits<qint64>::max()}},
        {{u"3 '\"; --"_s, u"<b>\u001b[2J\n\\u0041"_s, u"שלום\u202e"_s,
          std::numeric_limits<qint64>::min()}},
    };
    write(tables(), {put(1, rows[0]), put(1, rows[1]), put(1, rows[2])});
    ASSIGN_RESULT(live, tables().rows(kView, {}));
    QCOMPARE(live, rows);
    ASSIGN_RESULT(past, tables().rows(kView, asOf(1)));
    QCOMPARE(past, rows);
}

void TestViewTables::pagesByIdInTheOrderOfBytes() {
    // By UTF-16 code units the last two would change places.
    const QStringList ordered{u"A"_s, u"a"_s, u"a1"_s, u"\uFF01"_s, u"😀"_s};
    std::vector<RowChange> changes;
    for (const QString& id : {ordered[4], ordered[2], ordered[0], ordered[3], ordered[1]})
        changes.push_back(put(1, person(id, id, u"x"_s, 1)));
    write(tables(), changes);
    for (const bool past : {false, true}) {
        RowQuery page = past ? asOf(1) : RowQuery{};
        page.limit = 2;
        QStringList seen;
        for (QStringList found = ids(tables(), page); !found.isEmpty();
             found = ids(tables(), page)) {
            QVERIFY(found.size() <= 2);
            seen += found;
            page.after = found.last();
        }
        QCOMPARE(seen, ordered);
    }
}

void TestViewTables::looksRowsUpByColumn() {
    write(tables(), {put(1, person(u"1"_s, u"Ada"_s, u"Oslo"_s, 36)),
                     put(2, person(u"2"_s, u"Bob"_s, u"Rome"_s, 20)),
                     put(3, person(u"3"_s, u"Cid"_s, std::monostate(), 20))});
    write(tables(), {put(4, person(u"2"_s, u"Bob"_s, u"Oslo"_s, 20))});
    const auto found = [this](const QString& column, const ViewValue& value,
                              std::optional<GlobalPosition> at = std::nullopt) {
        RowQuery query;
        query.where = std::pair(column, value);
        query.at = at;
        return ids(tables(), query);
    };
    QCOMPARE(found(u"town"_s, u"Oslo"_s), QStringList({u"1"_s, u"2"_s}));
    QCOMPARE(found(u"town"_s, u"Oslo"_s, 3_pos), QStringList({u"1"_s}));
    QCOMPARE(found(u"town"_s, std::monostate()), QStringList({u"3"_s}));
    QCOMPARE(found(u"town"_s, std::monostate(), 4_pos), QStringList({u"3"_s}));
    QCOMPARE(found(u"age"_s, qint64(20)), QStringList({u"2"_s, u"3"_s}));
    QCOMPARE(found(u"age"_s, qint64(20), 2_pos), QStringList({u"2"_s}));
    RowQuery one;
    one.id = u"3"_s;
    QCOMPARE(ids(tables(), one), QStringList({u"3"_s}));
    one.at = 2_pos;
    QCOMPARE(ids(tables(), one), QStringList());
}

void TestViewTables::answersAsOfAnyPosition() {
    write(tables(), {put(2, person(u"1"_s, u"Ada"_s, u"Oslo"_s, 36)),
                     put(4, person(u"1"_s, u"Eve"_s, u"Oslo"_s, 36))});
    write(tables(), {removed(6, u"1"_s)});
    write(tables(), {put(8, person(u"1"_s, u"New"_s, u"Rome"_s, 1))});
    const QStringList names{u""_s,    u""_s, u"Ada"_s, u"Ada"_s, u"Eve"_s,
                            u"Eve"_s, u""_s, u""_s,    u"New"_s, u"New"_s};
    for (int position = 0; position < names.size(); ++position) {
        ASSIGN_RESULT(rows, tables().rows(kView, asOf(position)));
        ASSIGN_RESULT(count, tables().rowCount(kView, GlobalPosition(position)));
        QCOMPARE(count, static_cast<qint64>(rows.size()));
        QCOMPARE(rows.empty() ? QString(u""_s) : std::get<QString>(rows[0].values[1]),
                 names[position]);
    }
}

void TestViewTables::saysWhoSetACell() {
    write(tables(), {put(2, person(u"1"_s, u"Ada"_s, u"Oslo"_s, 36)),
                     put(4, person(u"1"_s, u"Ada"_s, u"Rome"_s, 36)),
                     put(5, person(u"1"_s, u"Ada"_s, u"Rome"_s, 37)),
                     put(6, person(u"1"_s, u"Ada"_s, u"Oslo"_s, 37)), removed(8, u"1"_s),
                     put(9, person(u"1"_s, u"Ada"_s, u"Oslo"_s, 37))});
    const auto setBy = [this](const QString& column, std::optional<qint64> at) -> qint64 {
        const auto position = tables().setBy(kView, u"1"_s, column,
                                             at ? std::optional(GlobalPosition(*at))
                                                : std::optional<GlobalPosition>());
        return !position ? -2 : *position ? (*position)->value() : -1;
    };
    QCOMPARE(setBy(u"town"_s, 2), 2);
    QCOMPARE(setBy(u"town"_s, 3), 2);
    QCOMPARE(setBy(u"town"_s, 5), 4);
    QCOMPARE(setBy(u"town"_s, 7), 6);
    QCOMPARE(setBy(u"name"_s, 7), 2);
    QCOMPARE(setBy(u"age"_s, 7), 5);
    QCOMPARE(setBy(u"id"_s, 7), 2);
    QCOMPARE(setBy(u"town"_s, 1), -1);
    QCOMPARE(setBy(u"town"_s, 8), -1);
    QCOMPARE(setBy(u"town"_s, std::nullopt), 9);
    QCOMPARE(setBy(u"name"_s, std::nullopt), 9);
}

void TestViewTables::lastChangeOfARowAtOnePositionCounts() {
    write(tables(), {put(3, person(u"1"_s, u"First"_s, u"Oslo"_s, 1)),
                     put(3, person(u"2"_s, u"Other"_s, u"Oslo"_s, 1)),
                     put(3, person(u"1"_s, u"Last"_s, u"Oslo"_s, 1)), removed(3, u"2"_s)});
    ASSIGN_RESULT(past, tables().rows(kView, asOf(3)));
    QCOMPARE(past, std::vector{person(u"1"_s, u"Last"_s, u"Oslo"_s, 1)});
    m_store->close();
    RawStore raw(*m_store);
    QCOMPARE(raw.run("SELECT row_id, from_position, \"values\" FROM people_history"),
             QStringList{u"1|3|[\"1\",\"Last\",\"Oslo\",1]"_s});
}

void TestViewTables::changesThatChangeNothingLeaveNoTrace() {
    const ViewRow ada = person(u"1"_s, u"Ada"_s, u"Oslo"_s, 1);
    write(tables(), {put(1, ada), put(2, ada)});
    write(tables(), {put(3, ada), removed(3, u"none"_s)});
    RawStore raw(*m_store);
    QCOMPARE(raw.run("SELECT from_position FROM people_history"), QStringList{u"1"_s});
}

void TestViewTables::rollsBackWhatIsNotCommitted() {
    {
        ASSIGN_RESULT(transaction, tables().begin());
        QVERIFY_RESULT(transaction->apply(kView, {put(1, person(u"1"_s, u"Ada"_s, u"Oslo"_s, 1))}));
        QVERIFY_RESULT(transaction->setCheckpoint(kView, 1_pos));
        RowQuery all;
        ASSIGN_RESULT(inside, transaction->rows(kView, all));
        QCOMPARE(inside.size(), std::size_t(1));
    }
    QCOMPARE(ids(tables(), {}), QStringList());
    QCOMPARE(ids(tables(), asOf(1)), QStringList());
    ASSIGN_RESULT(status, tables().status());
    QCOMPARE(status[0].checkpoint, 0_pos);
}

void TestViewTables::remembersCheckpointAndPause() {
    {
        ASSIGN_RESULT(transaction, tables().begin());
        QVERIFY_RESULT(transaction->setCheckpoint(kView, 7_pos));
        QVERIFY_RESULT(transaction->setPaused(kView, true));
        QVERIFY_RESULT(transaction->commit());
    }
    m_store->reopen();
    ASSIGN_RESULT(status, tables().checkpoints());
    QCOMPARE(status.size(), std::size_t(1));
    QCOMPARE(status[0].checkpoint, 7_pos);
    QVERIFY(status[0].paused);
    ASSIGN_RESULT(transaction, tables().begin());
    ASSIGN_RESULT(inside, transaction->status(kView));
    QCOMPARE(inside.checkpoint, 7_pos);
    QVERIFY(inside.paused);
    const auto unknown = transaction->status(u"none"_s);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, Error::Kind::NotFound);
}

void TestViewTables::ensureIsHarmlessAndNoticesAnotherShape() {
    write(tables(), {put(1, person(u"1"_s, u"Ada"_s, u"Oslo"_s, 1))});
    QVERIFY_RESULT(tables().ensure({people()}));
    QCOMPARE(ids(tables(), {}), QStringList{u"1"_s});
    ViewSchema other = people();
    other.columns[3].type = ViewColumn::Type::Text;
    const auto mistyped = tables().ensure({other});
    QVERIFY(!mistyped);
    QCOMPARE(mistyped.error().kind, Error::Kind::Storage);
    QVERIFY(mistyped.error().wayOut.contains(u"--rebuild --view people"_s));
    other = people();
    other.columns.pop_back();
    QVERIFY(!tables().ensure({other}));
    QCOMPARE(ids(tables(), {}), QStringList{u"1"_s});
}

void TestViewTables::ensureStartsAnewWhatIsIncomplete() {
    write(tables(), {put(5, person(u"1"_s, u"Ada"_s, u"Oslo"_s, 1))});
    RawStore(*m_store).run("DROP TABLE people_history");
    QVERIFY_RESULT(tables().ensure({people()}));
    ASSIGN_RESULT(status, tables().status());
    QCOMPARE(status[0].checkpoint, 0_pos);
    QCOMPARE(status[0].rows, 0);
}

void TestViewTables::refusesNamesAStoreNeeds_data() {
    QTest::addColumn<QString>("name");
    for (const QString& name :
         {u"events"_s, u"Events"_s, u"rewindow_meta"_s, u"view_checkpoints"_s, u"sqlite_x"_s,
          u"a_history"_s, u"a__rebuild"_s, u"two words"_s, u"x\"; DROP TABLE events"_s, u""_s})
        QTest::newRow(qPrintable(name)) << name;
}

void TestViewTables::refusesNamesAStoreNeeds() {
    QFETCH(QString, name);
    ViewSchema schema = people();
    schema.name = name;
    const auto ensured = tables().ensure({schema});
    QVERIFY(!ensured);
    QCOMPARE(ensured.error().kind, Error::Kind::Usage);
    const auto rebuilt = tables().beginRebuild({schema});
    QVERIFY(!rebuilt);
    QCOMPARE(rebuilt.error().kind, Error::Kind::Usage);
}

void TestViewTables::companionsHaveNoHistoryAndAreNotListed() {
    const ViewSchema companion{u"people_extra"_s, {{u"id"_s}, {u"note"_s}}, kView};
    QVERIFY_RESULT(tables().ensure({people(), companion}));
    const ViewRow note{{u"1"_s, u"tall"_s}};
    {
        ASSIGN_RESULT(transaction, tables().begin());
        QVERIFY_RESULT(transaction->apply(companion.name, {{u"1"_s, 1_pos, note}}));
        RowQuery one;
        one.id = u"1"_s;
        ASSIGN_RESULT(inside, transaction->rows(companion.name, one));
        QCOMPARE(inside, std::vector{note});
        QVERIFY_RESULT(transaction->commit());
    }
    ASSIGN_RESULT(status, tables().status());
    QCOMPARE(status.size(), std::size_t(1));
    QCOMPARE(status[0].name, kView);
    RawStore raw(*m_store);
    QCOMPARE(raw.value("SELECT note FROM people_extra"), u"tall"_s);
    QCOMPARE(raw.named("people_extra_history"), QStringList());
}

void TestViewTables::rebuildSwapsInOnCommitOnly() {
    write(tables(), {put(1, person(u"old"_s, u"Ada"_s, u"Oslo"_s, 1))});
    {
        ASSIGN_RESULT(paused, tables().begin());
        QVERIFY_RESULT(paused->setPaused(kView, true));
        QVERIFY_RESULT(paused->commit());
    }
    const ViewRow fresh = person(u"new"_s, u"Eve"_s, u"Rome"_s, 2);
    {
        ASSIGN_RESULT(abandoned, tables().beginRebuild({people()}));
        QVERIFY_RESULT(abandoned->apply(kView, {put(2, fresh)}));
    }
    QCOMPARE(ids(tables(), {}), QStringList{u"old"_s});

    ASSIGN_RESULT(rebuild, tables().beginRebuild({people()}));
    ASSIGN_RESULT(begun, rebuild->status(kView));
    QCOMPARE(begun.checkpoint, 0_pos);
    ASSIGN_RESULT(empty, rebuild->rows(kView, {}));
    QVERIFY(empty.empty());
    QVERIFY_RESULT(rebuild->apply(kView, {put(2, fresh)}));
    QVERIFY_RESULT(rebuild->setCheckpoint(kView, 3_pos));
    QVERIFY_RESULT(rebuild->commit());
    QCOMPARE(ids(tables(), {}), QStringList{u"new"_s});
    QCOMPARE(ids(tables(), asOf(1)), QStringList());
    QCOMPARE(ids(tables(), asOf(2)), QStringList{u"new"_s});
    ASSIGN_RESULT(status, tables().status());
    QCOMPARE(status[0].checkpoint, 3_pos);
    QVERIFY(status[0].paused);

    // Nothing is left over, and writing goes on as before.
    RawStore raw(*m_store);
    QCOMPARE(raw.named("rebuild"), QStringList());
    QCOMPARE(raw.named("people_by_town"), QStringList{u"people_by_town"_s});
    write(tables(), {put(4, person(u"next"_s, u"Bob"_s, u"Oslo"_s, 2))});
    QCOMPARE(ids(tables(), {}), QStringList({u"new"_s, u"next"_s}));
}

void TestViewTables::rebuildTakesAnotherShape() {
    write(tables(), {put(1, person(u"1"_s, u"Ada"_s, u"Oslo"_s, 1))});
    const ViewSchema other{kView, {{u"id"_s}, {u"size"_s, ViewColumn::Type::Integer, true}}};
    ASSIGN_RESULT(rebuild, tables().beginRebuild({other}));
    const ViewRow row{{u"1"_s, qint64(9)}};
    QVERIFY_RESULT(rebuild->apply(kView, {{u"1"_s, 1_pos, row}}));
    QVERIFY_RESULT(rebuild->commit());
    ASSIGN_RESULT(rows, tables().rows(kView, {}));
    QCOMPARE(rows, std::vector{row});
    QVERIFY_RESULT(tables().ensure({other}));
    ASSIGN_RESULT(schema, tables().schema(kView));
    QCOMPARE(schema.columns.size(), std::size_t(2));
    QCOMPARE(schema.columns[1].name, u"size"_s);
    QVERIFY(schema.columns[1].type == ViewColumn::Type::Integer);
    QVERIFY(schema.columns[1].indexed);
}

void TestViewTables::unknownNamesAreNamedWithTheirAlternatives() {
    const auto rows = tables().rows(u"poeple"_s, {});
    QVERIFY(!rows);
    QCOMPARE(rows.error().kind, Error::Kind::NotFound);
    QVERIFY(rows.error().sentence().contains(kView));
    // Not any table is a view.
    QVERIFY(!tables().rows(u"events"_s, {}));
    const auto cell = tables().setBy(kView, u"1"_s, u"nmae"_s, std::nullopt);
    QVERIFY(!cell);
    QCOMPARE(cell.error().kind, Error::Kind::NotFound);
    QVERIFY(cell.error().sentence().contains(u"town"_s));
    RowQuery query;
    query.where = std::pair(u"nmae"_s, ViewValue(u"x"_s));
    QVERIFY(!tables().rows(kView, query));
}

void TestViewTables::readsButDoesNotWriteWhenReadOnly() {
    write(tables(), {put(1, person(u"1"_s, u"Ada"_s, u"Oslo"_s, 1))});
    ASSIGN_RESULT(reading, Store::open(m_store->url(), Store::Access::Read));
    QCOMPARE(ids(reading->views(), {}), QStringList{u"1"_s});
    QVERIFY_RESULT(reading->views().ensure({people()}));
    const auto begun = reading->views().begin();
    QVERIFY(!begun);
    QCOMPARE(begun.error().kind, Error::Kind::ReadOnly);
    const ViewSchema missing{u"missing"_s, {{u"id"_s}}};
    const auto ensured = reading->views().ensure({missing});
    QVERIFY(!ensured);
    QCOMPARE(ensured.error().kind, Error::Kind::ReadOnly);
}

void TestViewTables::sameAsAModelUnderRandomChanges() {
    QRandomGenerator random(20261124);
    std::vector<std::map<QString, ViewRow>> states{{}};
    std::vector<RowChange> changes;
    for (qint64 position = 1; position <= 400; ++position) {
        std::map<QString, ViewRow> state = states.back();
        for (int i = random.bounded(3); i > 0; --i) {
            const QString id = QString::number(random.bounded(12));
            if (random.bounded(4) == 0) {
                state.erase(id);
                changes.push_back(removed(position, id));
            } else {
                const ViewRow row = person(id, QString::number(random.bounded(3)),
                                           QString::number(random.bounded(3)), random.bounded(2));
                state[id] = row;
                changes.push_back(put(position, row));
            }
        }
        states.push_back(std::move(state));
        if (!changes.empty() && random.bounded(5) == 0) {
            write(tables(), changes);
            changes.clear();
        }
    }
    if (!changes.empty())
        write(tables(), changes);

    const auto cellAt = [&](qint64 position, const QString& id, int column) {
        const auto row = states[static_cast<std::size_t>(position)].find(id);
        return row == states[static_cast<std::size_t>(position)].end()
                   ? std::optional<ViewValue>()
                   : std::optional(row->second.values[static_cast<std::size_t>(column)]);
    };
    for (qint64 position = 0; position <= 400; position += 7) {
        ASSIGN_RESULT(rows, tables().rows(kView, asOf(position)));
        std::vector<ViewRow> expected;
        for (const auto& [id, row] : states[static_cast<std::size_t>(position)])
            expected.push_back(row);
        QCOMPARE(rows, expected);
        for (int id = 0; id < 12; ++id) {
            for (int column = 0; column < 4; ++column) {
                const QString rowId = QString::number(id);
                ASSIGN_RESULT(setter, tables().setBy(kView, rowId, people().columns[column].name,
                                                     GlobalPosition(position)));
                std::optional<GlobalPosition> brute;
                for (qint64 back = position; back > 0 && cellAt(back, rowId, column); --back) {
                    if (cellAt(back, rowId, column) != cellAt(position, rowId, column))
                        break;
                    brute = GlobalPosition(back);
                }
                QVERIFY(setter == brute);
            }
        }
    }
    ASSIGN_RESULT(live, tables().rows(kView, {}));
    ASSIGN_RESULT(last, tables().rows(kView, asOf(400)));
    QCOMPARE(live, last);
}

QTEST_GUILESS_MAIN(TestViewTables)
#include "tst_view_tables.moc"
