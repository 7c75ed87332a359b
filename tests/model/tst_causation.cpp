// Who caused whom: by ids, across streams, with causes that are missing, late or absurd.
#include "model/items/causation_model.h"

#include "support/scratch_store.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

/// "e1 e2<e1 e3<e2": each event after the `<` with its cause.
QString printed(const Causation& causation) {
    QStringList texts;
    for (const CausationNode& node : causation.nodes)
        texts += node.parent < 0
                     ? node.id
                     : node.id + u'<' + causation.nodes[static_cast<std::size_t>(node.parent)].id;
    return texts.join(u' ');
}

/// Every row, indented by depth.
QString printed(const CausationModel& model, const QModelIndex& parent = {}, int depth = 0) {
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        text += QString(2 * depth, u' ') + index.data().toString() + u' ' +
                index.siblingAtColumn(CausationModel::PlaceColumn).data().toString() + u'\n';
        text += printed(model, index, depth + 1);
    }
    return text;
}

class CausedStore {
  public:
    void append(const QString& stream, const QString& id, const QString& correlation,
                const QString& cause) {
        const NewEvent event{id, u"Type"_s + id, "{}", {}, correlation, cause, Timestamp(1)};
        const auto outcome =
            m_store.writer().append(stream, ExpectedVersion::any(), std::span(&event, 1));
        if (!outcome || !std::holds_alternative<Appended>(*outcome))
            qFatal("append failed");
    }

    /// e0, e1, …, each caused by the one before.
    void appendChain(const QString& stream, const QString& correlation, int count) {
        std::vector<NewEvent> events;
        for (int i = 0; i < count; ++i)
            events.push_back({u"e%1"_s.arg(i),
                              u"Type"_s,
                              "{}",
                              {},
                              correlation,
                              i == 0 ? QString() : u"e%1"_s.arg(i - 1),
                              Timestamp(1)});
        const auto outcome = m_store.writer().append(stream, ExpectedVersion::any(), events);
        if (!outcome || !std::holds_alternative<Appended>(*outcome))
            qFatal("append failed");
    }

    Causation around(const QString& id) {
        const auto event = m_store->reader().eventById(id);
        if (!event || !*event)
            qFatal("no such event");
        auto causation = readCausation(*m_store, **event, {});
        if (!causation)
            qFatal("%s", qPrintable(causation.error().sentence()));
        return *causation;
    }

  private:
    ScratchStore m_store;
};

} // namespace

class TestCausation : public QObject {
    Q_OBJECT

  private slots:
    void linksByIds();
    void readsOneCorrelationAlone();
    void standsAloneWithoutACorrelation();
    void knowsNoCircles();
    void takesIdsForWhatTheyAre();
    void stopsAtItsLimit();
    void isATree();
};

void TestCausation::linksByIds() {
    CausedStore store;
    store.append(u"order-1"_s, u"a"_s, u"c1"_s, {});
    store.append(u"order-1"_s, u"b"_s, u"c1"_s, u"a"_s);
    store.append(u"shipment-9"_s, u"c"_s, u"c1"_s, u"b"_s);
    store.append(u"order-1"_s, u"d"_s, u"c1"_s, u"a"_s);
    for (const auto& id : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
        QCOMPARE(printed(store.around(id)), u"a b<a c<b d<a"_s);
}

void TestCausation::readsOneCorrelationAlone() {
    CausedStore store;
    store.append(u"order-1"_s, u"a"_s, u"c1"_s, {});
    store.append(u"order-1"_s, u"b"_s, u"c2"_s, u"a"_s);
    store.append(u"order-1"_s, u"c"_s, u"c2"_s, u"b"_s);
    // Its cause lies in another correlation: it has none here.
    QCOMPARE(printed(store.around(u"c"_s)), u"b c<b"_s);
}

void TestCausation::standsAloneWithoutACorrelation() {
    CausedStore store;
    store.append(u"order-1"_s, u"a"_s, {}, {});
    store.append(u"order-1"_s, u"b"_s, {}, u"a"_s);
    store.append(u"order-1"_s, u"c"_s, {}, u"gone"_s);
    QCOMPARE(printed(store.around(u"a"_s)), u"a"_s);
    QCOMPARE(printed(store.around(u"b"_s)), u"a b<a"_s);
    QCOMPARE(printed(store.around(u"c"_s)), u"c"_s);
}

void TestCausation::knowsNoCircles() {
    CausedStore store;
    store.append(u"order-1"_s, u"a"_s, u"c1"_s, u"b"_s);
    store.append(u"order-1"_s, u"b"_s, u"c1"_s, u"a"_s);
    store.append(u"order-1"_s, u"c"_s, u"c1"_s, u"c"_s);
    QCOMPARE(printed(store.around(u"a"_s)), u"a b<a c"_s);
}

void TestCausation::takesIdsForWhatTheyAre() {
    CausedStore store;
    const QString hostile = u"x*\" or type:* \\ ' %1 (帽子)"_s;
    store.append(u"order-1"_s, u"a"_s, hostile, {});
    store.append(u"order-1"_s, u"b"_s, u"xyz"_s, {});
    store.append(u"order-1"_s, u"c"_s, hostile, u"a"_s);
    QCOMPARE(printed(store.around(u"a"_s)), u"a c<a"_s);
    QCOMPARE(store.around(u"a"_s).correlationId, hostile);
}

void TestCausation::stopsAtItsLimit() {
    CausedStore store;
    store.appendChain(u"order-1"_s, u"c1"_s, Causation::kMost + 1);
    const Causation causation = store.around(u"e0"_s);
    QVERIFY(causation.hasMore);
    QCOMPARE(causation.nodes.size(), std::size_t(Causation::kMost));
    QCOMPARE(causation.nodes.back().parent, Causation::kMost - 2);
}

void TestCausation::isATree() {
    CausedStore store;
    CausationModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    store.append(u"order-1"_s, u"a"_s, u"c1"_s, {});
    store.append(u"order-1"_s, u"b"_s, u"c1"_s, u"a"_s);
    store.append(u"user-9"_s, u"c"_s, u"c1"_s, u"b"_s);
    store.append(u"order-1"_s, u"d"_s, u"c1"_s, u"a"_s);
    store.append(u"order-2"_s, u"e"_s, u"c1"_s, {});
    model.setCausation(store.around(u"b"_s));
    QCOMPARE(printed(model), u"Typea order-1 v1\n"
                             u"  Typeb v2\n"
                             u"    Typec user-9 v1\n"
                             u"  Typed v3\n"
                             u"Typee order-2 v1\n"_s);
    const QModelIndex index = model.indexOf(GlobalPosition(3));
    QCOMPARE(model.node(index).id, u"c"_s);
    QCOMPARE(index.data(Qt::AccessibleTextRole).toString(), u"Typec, user-9 v1, position 3"_s);
    QVERIFY(!model.indexOf(GlobalPosition(9)).isValid());
    model.setCausation({});
    QCOMPARE(model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestCausation)
#include "tst_causation.moc"
