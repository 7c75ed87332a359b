// The list of streams: choosing, filtering, following the moment and new streams.
#include "model/items/streams_model.h"
#include "ui/aggregate/streams_panel.h"
#include "ui/aggregate/streams_tree.h"
#include "ui/small_shop.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>

using namespace rewindow;
using namespace rewindow::test;

namespace {

class tst_StreamsPanel : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();
    void showsTypesWithCounts();
    void aClickChoosesAStream();
    void theKeyboardChoosesAStream();
    void theSelectionFollowsTheMoment();
    void filtersAsOneTypes();
    void theFilterHasItsKeys();
    void newStreamsAppear();
    void copiesAStreamsName();
    void everyListHasACurrentRow();
    void namesForScreenReaders();
    void readsOnInTheMiddleOfTheTree();

  private:
    StreamsTree& tree() { return m_panel->tree(); }
    QModelIndex type(const char* name);
    QPoint middle(const QModelIndex& index) { return tree().visualRect(index).center(); }
    QString selected() {
        const auto rows = tree().selectionModel()->selectedRows();
        return rows.isEmpty() ? QString() : rows.front().data(StreamsModel::StreamRole).toString();
    }

    std::unique_ptr<SmallShop> m_shop;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<StreamsPanel> m_panel;
};

void tst_StreamsPanel::init() {
    m_shop = std::make_unique<SmallShop>();
    m_shop->make();
    m_session = openSession(m_shop->url());
    QVERIFY(m_session);
    m_panel = std::make_unique<StreamsPanel>(*m_session);
    m_panel->resize(240, 600);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    QTRY_COMPARE(m_panel->streams().rowCount(), 3);
}

void tst_StreamsPanel::cleanup() {
    m_panel.reset();
    m_session.reset();
    m_shop.reset();
}

QModelIndex tst_StreamsPanel::type(const char* name) {
    for (int row = 0; row < m_panel->streams().rowCount(); ++row)
        if (m_panel->streams().index(row, 0).data().toString() == QString::fromLatin1(name))
            return m_panel->streams().index(row, 0);
    return {};
}

void tst_StreamsPanel::showsTypesWithCounts() {
    QCOMPARE(type("order").siblingAtColumn(1).data().toString(), QStringLiteral("3"));
    QCOMPARE(type("user").siblingAtColumn(1).data().toString(), QStringLiteral("2"));
    QCOMPARE(type("product").siblingAtColumn(1).data().toString(), QStringLiteral("1"));
    QVERIFY(!tree().isExpanded(type("order")));
}

void tst_StreamsPanel::aClickChoosesAStream() {
    QTest::mouseClick(tree().viewport(), Qt::LeftButton, {}, middle(type("order")));
    QTRY_COMPARE(m_panel->streams().rowCount(type("order")), 3);
    const QModelIndex stream = m_panel->streams().index(2, 0, type("order"));
    QTest::mouseClick(tree().viewport(), Qt::LeftButton, {}, middle(stream));
    QCOMPARE(m_session->moment().stream, QStringLiteral("order-b1"));
    QCOMPARE(selected(), QStringLiteral("order-b1"));
    QTest::mouseClick(tree().viewport(), Qt::LeftButton, {}, middle(type("order")));
    QVERIFY(!tree().isExpanded(type("order")));
    QCOMPARE(m_session->moment().stream, QStringLiteral("order-b1"));
}

void tst_StreamsPanel::theKeyboardChoosesAStream() {
    tree().setFocus();
    QTest::keyClick(&tree(), Qt::Key_Home);
    QTest::keyClick(&tree(), Qt::Key_Right); // expands
    QTRY_COMPARE(m_panel->streams().rowCount(type("order")), 3);
    QTest::keyClick(&tree(), Qt::Key_Down);
    QCOMPARE(m_session->moment().stream, QStringLiteral("order-a1"));
    QTest::keyClick(&tree(), Qt::Key_Down);
    QCOMPARE(m_session->moment().stream, QStringLiteral("order-a2"));
}

void tst_StreamsPanel::theSelectionFollowsTheMoment() {
    m_session->selectStream(QStringLiteral("user-alan"));
    QTRY_COMPARE(selected(), QStringLiteral("user-alan"));
    QVERIFY(tree().isExpanded(type("user")));
    m_session->selectStream(QStringLiteral("order-a2"));
    QTRY_COMPARE(selected(), QStringLiteral("order-a2"));
    QCOMPARE(m_session->moment().stream, QStringLiteral("order-a2"));
    m_session->back();
    QTRY_COMPARE(selected(), QStringLiteral("user-alan"));
}

void tst_StreamsPanel::filtersAsOneTypes() {
    m_panel->filterLine().setFocus();
    QTest::keyClicks(&m_panel->filterLine(), QStringLiteral("A1"));
    QTRY_COMPARE(m_panel->streams().foundCount(), 1);
    QVERIFY(tree().isExpanded(type("order")));
    QCOMPARE(m_panel->streams().index(0, 0, type("order")).data().toString(), QStringLiteral("a1"));
    QTest::keyClick(&m_panel->filterLine(), Qt::Key_Down); // into the list
    QVERIFY(tree().hasFocus());
    m_panel->filterLine().setFocus();
    QTest::keyClick(&m_panel->filterLine(), Qt::Key_Escape);
    QCOMPARE(m_panel->filterLine().text(), QString());
    QTRY_COMPARE(m_panel->streams().rowCount(), 3);
}

void tst_StreamsPanel::theFilterHasItsKeys() {
    m_panel->addAction(m_panel->filterAction());
    tree().setFocus();
    QTest::keyClick(&tree(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(m_panel->filterLine().hasFocus());
}

void tst_StreamsPanel::newStreamsAppear() {
    CommandRequest request;
    request.command.name = QStringLiteral("RegisterUser");
    request.command.data = Json::object({{"userId", Json("grace")}, {"name", Json("Grace")}});
    bool sent = false;
    m_session->send(request, this, [&](Result<CommandOutcome> outcome) {
        sent = outcome && std::holds_alternative<CommandAccepted>(*outcome);
    });
    QTRY_VERIFY(sent);
    QTRY_COMPARE(type("user").siblingAtColumn(1).data().toString(), QStringLiteral("3"));
    m_session->selectStream(QStringLiteral("user-grace"));
    QTRY_COMPARE(selected(), QStringLiteral("user-grace"));
}

void tst_StreamsPanel::copiesAStreamsName() {
    m_session->selectStream(QStringLiteral("order-a2"));
    QTRY_COMPARE(selected(), QStringLiteral("order-a2"));
    tree().setFocus();
    QTest::keyClick(&tree(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("order-a2"));
}

void tst_StreamsPanel::everyListHasACurrentRow() {
    QVERIFY(tree().currentIndex().isValid());
    m_panel->filterLine().setText(QStringLiteral("nothing is named so"));
    QTRY_COMPARE(m_panel->streams().rowCount(), 0);
    m_panel->filterLine().clear();
    QTRY_COMPARE(m_panel->streams().rowCount(), 3);
    QTRY_VERIFY(tree().currentIndex().isValid());
    QCOMPARE(m_session->moment().stream, QString()); // nobody chose one
}

void tst_StreamsPanel::namesForScreenReaders() {
    QVERIFY(!tree().accessibleName().isEmpty());
    QVERIFY(!m_panel->filterLine().accessibleName().isEmpty());
}

void tst_StreamsPanel::readsOnInTheMiddleOfTheTree() {
    cleanup();
    m_shop = std::make_unique<SmallShop>();
    m_shop->make();
    {
        ASSIGN_RESULT(store, Store::open(m_shop->url(), Store::Access::ReadWrite));
        ASSIGN_RESULT(writer, store->writer());
        for (int i = 0; i < 1200; ++i) {
            const NewEvent event{
                QStringLiteral("e%1").arg(i), QStringLiteral("OrderCreated"), "{}", {}, {}, {}, {}};
            QVERIFY_RESULT(
                writer->append(QStringLiteral("order-z%1").arg(i, 4, 10, QLatin1Char('0')),
                               ExpectedVersion::any(), std::span(&event, 1)));
        }
    }
    m_session = openSession(m_shop->url());
    m_panel = std::make_unique<StreamsPanel>(*m_session);
    m_panel->resize(240, 600);
    m_panel->show();
    QTRY_COMPARE(m_panel->streams().rowCount(), 3);
    tree().expand(type("order"));
    QTRY_VERIFY(m_panel->streams().rowCount(type("order")) > 0);
    QVERIFY(m_panel->streams().rowCount(type("order")) < 1203);
    for (int guard = 0; guard < 20 && m_panel->streams().rowCount(type("order")) < 1203; ++guard) {
        const QModelIndex last = m_panel->streams().index(
            m_panel->streams().rowCount(type("order")) - 1, 0, type("order"));
        tree().scrollTo(last, QAbstractItemView::PositionAtBottom);
        QTRY_COMPARE(m_session->background().pending(), 0);
    }
    QCOMPARE(m_panel->streams().rowCount(type("order")), 1203);
}

} // namespace

QTEST_MAIN(tst_StreamsPanel)
#include "tst_streams_panel.moc"
