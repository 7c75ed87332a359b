// The command panel: its form, sending, and the history of what was sent.
#include "model/items/command_history_model.h"
#include "ui/aggregate/command_form_field.h"
#include "ui/aggregate/command_panel.h"
#include "ui/small_shop.h"

#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>

using namespace rewindow;
using namespace rewindow::test;

namespace {

using State = CommandHistoryEntry::State;

class tst_CommandPanel : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();
    void beginsWithACommandThatCreates();
    void offersTheCommandsOfTheAggregateAtHandFirst();
    void makesAFieldOfEachKind();
    void sendsWithTheKeyboardAndGoesToTheNewVersion();
    void namesWhatIsMissingOrMistyped();
    void showsWhyACommandIsRejected();
    void aFixedVersionConflictsAndIsSentAgain();
    void saysThatCommandsActOnThePresent();
    void createsAnAggregateAndLooksAtIt();
    void offersIdsOfExistingStreams();
    void refusesReadOnlyStores();
    void refusesDomainsWithoutCommands();
    void everythingFocusableHasAName();
    void amountsAreReadExactly_data();
    void amountsAreReadExactly();

  private:
    void open(const StoreUrl& url, const QString& domain = {});
    void lookAt(const QString& stream);
    void choose(const QString& command);
    void type(const char* field, const QString& text);
    void sendByKeyboard() { QTest::keyClick(m_panel.get(), Qt::Key_Return, Qt::ControlModifier); }
    QLineEdit* line(const char* name) { return named<QLineEdit>(*m_panel, name); }
    CommandHistoryModel* history() { return m_panel->findChild<CommandHistoryModel*>(); }
    State newest() { return history()->rowCount() ? history()->entry(0).state() : State::Sending; }
    QString trouble() { return named<QLabel>(*m_panel, "command.trouble")->text(); }

    std::unique_ptr<SmallShop> m_shop;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<AggregateReplay> m_replay;
    std::unique_ptr<CommandPanel> m_panel;
};

void tst_CommandPanel::init() {
    m_shop = std::make_unique<SmallShop>();
    m_shop->make();
    open(m_shop->url());
}

void tst_CommandPanel::open(const StoreUrl& url, const QString& domain) {
    cleanup();
    m_session = openSession(url, domain);
    QVERIFY(m_session);
    m_replay = std::make_unique<AggregateReplay>(*m_session);
    m_panel = std::make_unique<CommandPanel>(*m_session, *m_replay);
    m_panel->resize(300, 760);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
}

void tst_CommandPanel::cleanup() {
    m_panel.reset();
    m_replay.reset();
    m_session.reset();
}

void tst_CommandPanel::lookAt(const QString& stream) {
    m_session->selectStream(stream);
    QTRY_COMPARE(m_replay->outline().stream, stream);
}

void tst_CommandPanel::choose(const QString& command) {
    auto* names = named<QComboBox>(*m_panel, "command.name");
    names->setCurrentIndex(names->findText(command));
    QCOMPARE(names->currentText(), command);
}

void tst_CommandPanel::type(const char* field, const QString& text) {
    QLineEdit* input = line(field);
    input->setFocus();
    input->selectAll();
    QTest::keyClick(input, Qt::Key_Delete);
    QTest::keyClicks(input, text);
}

void tst_CommandPanel::beginsWithACommandThatCreates() {
    const auto* names = named<QComboBox>(*m_panel, "command.name");
    QVERIFY(m_session->moment().stream.isEmpty());
    const CommandSpec* chosen = m_session->domain()->commandNamed(names->currentText());
    QVERIFY(chosen && chosen->creates);
}

void tst_CommandPanel::offersTheCommandsOfTheAggregateAtHandFirst() {
    auto* names = named<QComboBox>(*m_panel, "command.name");
    lookAt(QStringLiteral("user-ada"));
    QCOMPARE(names->itemText(0), QStringLiteral("RenameUser"));
    QCOMPARE(line("command.field.userId")->text(), QStringLiteral("ada"));
    lookAt(QStringLiteral("order-b1"));
    QCOMPARE(names->itemText(0), QStringLiteral("AddItem"));
    QCOMPARE(line("command.field.orderId")->text(), QStringLiteral("b1"));
    for (const CommandSpec& spec : m_session->domain()->commands())
        QVERIFY2(names->findText(spec.name) >= 0, qPrintable(spec.name));
}

void tst_CommandPanel::makesAFieldOfEachKind() {
    lookAt(QStringLiteral("order-b1"));
    choose(QStringLiteral("PayOrder"));
    QCOMPARE(line("command.field.amount")->accessibleName(), QStringLiteral("Amount, required"));
    auto* method = named<QComboBox>(*m_panel, "command.field.method");
    QVERIFY(method->findText(QStringLiteral("card")) >= 0);
    QCOMPARE(method->currentText(), QString()); // may be left out
    choose(QStringLiteral("RegisterUser"));
    QCOMPARE(line("command.field.userId")->text(), QString()); // a new id is made up
    QVERIFY(!line("command.field.userId")->placeholderText().isEmpty());
}

void tst_CommandPanel::sendsWithTheKeyboardAndGoesToTheNewVersion() {
    lookAt(QStringLiteral("order-b1"));
    choose(QStringLiteral("PayOrder"));
    type("command.field.amount", QStringLiteral("241.00"));
    named<QComboBox>(*m_panel, "command.field.method")->setCurrentIndex(1);
    sendByKeyboard();
    QTRY_COMPARE(newest(), State::Accepted);
    QVERIFY(m_session->moment().isLive());
    QTRY_COMPARE(m_replay->version(), StreamVersion(3));
    QCOMPARE(line("command.field.amount")->text(), QStringLiteral("241.00")); // the form is kept

    // From the past, the moment goes to the new version and leaves live behind.
    m_session->selectStream(QStringLiteral("order-b1"), StreamVersion(1));
    QTRY_COMPARE(m_replay->version(), StreamVersion(1));
    choose(QStringLiteral("ShipOrder"));
    QTest::mouseClick(named<QPushButton>(*m_panel, "command.send-button"), Qt::LeftButton);
    QTRY_COMPARE(newest(), State::Accepted);
    QTRY_COMPARE(m_replay->version(), StreamVersion(4));

    // A click on what was accepted goes back to the version it made.
    auto* list = named<QListView>(*m_panel, "command.history");
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(history()->index(1)).center());
    QTRY_COMPARE(m_replay->version(), StreamVersion(3));
}

void tst_CommandPanel::namesWhatIsMissingOrMistyped() {
    lookAt(QStringLiteral("order-b1"));
    choose(QStringLiteral("PayOrder"));
    sendByKeyboard();
    auto* error = named<QLabel>(*m_panel, "command.error.amount");
    QTRY_VERIFY(error->isVisible());
    QCOMPARE(error->text(), QStringLiteral("Amount is needed"));
    QCOMPARE(line("command.field.amount")->accessibleDescription(), error->text());
    QTRY_VERIFY(line("command.field.amount")->hasFocus());
    QCOMPARE(history()->rowCount(), 0);

    type("command.field.amount", QStringLiteral("a lot"));
    QVERIFY(!error->isVisible());
    sendByKeyboard();
    QVERIFY(error->text().contains(QStringLiteral("12.50")));

    choose(QStringLiteral("AddItem"));
    type("command.field.productId", QStringLiteral("tea"));
    type("command.field.quantity", QStringLiteral("0"));
    sendByKeyboard();
    QCOMPARE(named<QLabel>(*m_panel, "command.error.quantity")->text(),
             QStringLiteral("At least 1"));
    QCOMPARE(history()->rowCount(), 0);
}

void tst_CommandPanel::showsWhyACommandIsRejected() {
    lookAt(QStringLiteral("order-a2"));
    choose(QStringLiteral("ShipOrder"));
    sendByKeyboard();
    QTRY_COMPARE(newest(), State::Rejected);
    QVERIFY(!trouble().isEmpty());
    QCOMPARE(history()->entry(0).detail(), trouble());
    QCOMPARE(m_replay->outline().lastVersion(), StreamVersion(1));
}

void tst_CommandPanel::aFixedVersionConflictsAndIsSentAgain() {
    lookAt(QStringLiteral("order-b1"));
    choose(QStringLiteral("CancelOrder"));
    auto* expected = named<QComboBox>(*m_panel, "command.expected");
    expected->setCurrentIndex(1);
    QTRY_COMPARE(line("command.version")->text(), QStringLiteral("2")); // the version shown
    type("command.version", QStringLiteral("1"));
    sendByKeyboard();
    QTRY_COMPARE(newest(), State::Conflict);
    QCOMPARE(history()->entry(0).detail(), QStringLiteral("conflict v1≠v2"));
    auto* again = named<QPushButton>(*m_panel, "command.send-at");
    QVERIFY(again->isVisible());
    QCOMPARE(again->text(), QStringLiteral("Send at v2"));
    QTest::mouseClick(again, Qt::LeftButton);
    QTRY_COMPARE(newest(), State::Accepted);
    QCOMPARE(history()->rowCount(), 2);
    QTRY_COMPARE(m_replay->outline().lastVersion(), StreamVersion(3));
}

void tst_CommandPanel::saysThatCommandsActOnThePresent() {
    auto* sentence = named<QLabel>(*m_panel, "command.present");
    lookAt(QStringLiteral("order-a1"));
    QVERIFY(!sentence->isVisible());
    m_session->selectStream(QStringLiteral("order-a1"), StreamVersion(1));
    QTRY_VERIFY(sentence->isVisible());
    QTRY_VERIFY2(sentence->text().contains(QStringLiteral("v1.")) &&
                     sentence->text().contains(QStringLiteral("v3")),
                 qPrintable(sentence->text()));
    m_session->setPlayhead(std::nullopt);
    QTRY_VERIFY(!sentence->isVisible());
}

void tst_CommandPanel::createsAnAggregateAndLooksAtIt() {
    lookAt(QStringLiteral("user-ada"));
    choose(QStringLiteral("CreateOrder"));
    QCOMPARE(line("command.field.userId")->text(), QStringLiteral("ada"));
    type("command.field.productId", QStringLiteral("tea"));
    type("command.field.quantity", QStringLiteral("2"));
    sendByKeyboard();
    QTRY_COMPARE(newest(), State::Accepted);
    QTRY_VERIFY(m_session->moment().stream.startsWith(QStringLiteral("order-")));
    QTRY_COMPARE(m_replay->outline().stream, m_session->moment().stream);
    QCOMPARE(m_replay->version(), StreamVersion(1));
}

void tst_CommandPanel::offersIdsOfExistingStreams() {
    lookAt(QStringLiteral("order-b1"));
    choose(QStringLiteral("AddItem"));
    type("command.field.productId", QStringLiteral("t"));
    QCompleter* completer = line("command.field.productId")->completer();
    QVERIFY(completer);
    QTRY_COMPARE(completer->completionModel()->rowCount(), 1);
    QCOMPARE(completer->completionModel()->index(0, 0).data().toString(), QStringLiteral("tea"));
}

void tst_CommandPanel::refusesReadOnlyStores() {
    const QString file = m_shop->folder().filePath(QStringLiteral("log.jsonl"));
    QFile lines(file);
    QVERIFY(lines.open(QIODevice::WriteOnly));
    lines.write(R"({"stream":"order-1","type":"OrderPlaced","data":{}})"
                "\n");
    lines.close();
    ASSIGN_RESULT(url, StoreUrl::parse(file));
    open(url, QStringLiteral("order"));
    auto* refusal = named<QLabel>(*m_panel, "command.refusal");
    QCOMPARE(refusal->text(), m_session->info().readOnlyReason);
    QVERIFY(!refusal->text().isEmpty());
    QVERIFY(!m_panel->sendAction()->isEnabled());
}

void tst_CommandPanel::refusesDomainsWithoutCommands() {
    open(m_shop->url(), QStringLiteral("merge"));
    QVERIFY(named<QLabel>(*m_panel, "command.refusal")
                ->text()
                .startsWith(QStringLiteral("The merge domain has no commands")));
}

void tst_CommandPanel::everythingFocusableHasAName() {
    lookAt(QStringLiteral("order-b1"));
    choose(QStringLiteral("PayOrder"));
    for (const QWidget* widget : m_panel->findChildren<QWidget*>()) {
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() ||
            widget->inherits("QScrollArea"))
            continue;
        QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                 widget->metaObject()->className());
    }
}

void tst_CommandPanel::amountsAreReadExactly_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<qint64>("minor");
    QTest::addColumn<bool>("valid");
    QTest::newRow("two decimals") << QStringLiteral("12.50") << qint64(1250) << true;
    QTest::newRow("one decimal") << QStringLiteral("12.5") << qint64(1250) << true;
    QTest::newRow("whole") << QStringLiteral("12") << qint64(1200) << true;
    QTest::newRow("comma") << QStringLiteral("12,05") << qint64(1205) << true;
    QTest::newRow("less than one") << QStringLiteral("-0.07") << qint64(-7) << true;
    QTest::newRow("large") << QStringLiteral("90071992547409.93") << qint64(9007199254740993)
                           << true;
    QTest::newRow("three decimals") << QStringLiteral("1.234") << qint64(0) << false;
    QTest::newRow("exponent") << QStringLiteral("1e3") << qint64(0) << false;
    QTest::newRow("no number") << QStringLiteral("ten") << qint64(0) << false;
}

void tst_CommandPanel::amountsAreReadExactly() {
    QFETCH(QString, typed);
    QFETCH(qint64, minor);
    QFETCH(bool, valid);
    QCOMPARE(minorUnits(typed), valid ? std::optional(minor) : std::nullopt);
}

} // namespace

QTEST_MAIN(tst_CommandPanel)
#include "tst_command_panel.moc"
