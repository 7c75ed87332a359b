// The table of the Log page: its columns and colours, chosen by menus, dialogs and keys.
#include "model/items/log_choices.h"
#include "ui/log/colour_rules_dialog.h"
#include "ui/log/columns_dialog.h"
#include "ui/log/filter_bar.h"
#include "ui/log/log_appearance.h"
#include "ui/log/log_header.h"
#include "ui/log/movable_list.h"
#include "ui/log/row_look_paint.h"
#include "ui/shown_log_page.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

QAction* actionNamed(const QMenu& menu, const QString& name) {
    for (QAction* action : menu.actions()) {
        if (action->text() == name)
            return action;
    }
    return nullptr;
}

template <class Button>
Button* childNamed(QWidget& parent, const QString& name) {
    for (Button* button : parent.findChildren<Button*>()) {
        if (button->accessibleName() == name)
            return button;
    }
    return nullptr;
}

/// WCAG 2.
double contrast(const QColor& one, const QColor& other) {
    const auto luminance = [](const QColor& color) {
        const auto linear = [](double part) {
            return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
               0.0722 * linear(color.blueF());
    };
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace

class TestLogTable : public QObject, protected ShownLogPage {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();

    void showsTheUsualColumns();
    void hidesAndShowsByTheHeadersMenu();
    void movesByTheHeadersMenu();
    void keepsTheOrderOfADrag();
    void keepsColumnsFromOneStartToTheNext();
    void keepsTheWidthOfAField();
    void addsAFieldInTheDialog();
    void namesTheMistakeInTheDialog();
    void ordersInTheDialogByKeys();
    void goesPlacesWithoutTheFirstColumn();
    void coloursByTheValueOfACell();
    void editsRulesInTheDialog();
    void keepsNoRuleThatCannotBeRead();
    void isReadableInEveryTint_data();
    void isReadableInEveryTint();

  private:
    void open();
    LogTable& table() { return *m_page->table(); }
    LogHeader& header() { return *table().header(); }
    LogModel& model() { return *m_page->model(); }
    QStringList shown();
    void choose(int section, const QString& entry);
    template <class Dialog>
    Dialog* opened();
};

void TestLogTable::init() {
    m_shop = std::make_unique<SmallShop>();
    m_shop->make();
    open();
}

void TestLogTable::open() {
    openOn(m_shop->url(), {1300, 700});
    QTRY_VERIFY(!model().index(0, LogModel::TypeColumn).data().toString().isEmpty());
    QTRY_COMPARE(m_session->reading().pending(), 0);
}

void TestLogTable::cleanup() {
    close();
}

QStringList TestLogTable::shown() {
    QStringList words;
    const LogColumns columns = header().columns();
    for (const LogColumn& column : columns.list())
        words += column.word();
    return words;
}

void TestLogTable::choose(int section, const QString& entry) {
    QMenu* menu = header().menuOf(section);
    QAction* action = actionNamed(*menu, entry);
    QVERIFY2(action && action->isEnabled(), qPrintable(entry));
    action->trigger();
    delete menu;
}

template <class Dialog>
Dialog* TestLogTable::opened() {
    auto* dialog = m_page->findChild<Dialog*>();
    if (!dialog || !QTest::qWaitForWindowActive(dialog))
        qFatal("no dialog");
    return dialog;
}

void TestLogTable::showsTheUsualColumns() {
    QCOMPARE(shown(), u"position time type stream version data"_s.split(u' '));
    QCOMPARE(header().logicalIndex(0), int(LogModel::SignColumn));
    QVERIFY(!table().isColumnHidden(LogModel::SignColumn));
    QVERIFY(table().isColumnHidden(LogModel::CorrelationColumn));
}

void TestLogTable::hidesAndShowsByTheHeadersMenu() {
    choose(LogModel::StreamColumn, u"Hide “stream”"_s);
    QCOMPARE(shown(), u"position time type version data"_s.split(u' '));
    choose(LogModel::TypeColumn, u"correlation"_s);
    QCOMPARE(shown(), u"position time type version correlation data"_s.split(u' '));
    QVERIFY(table().columnWidth(LogModel::CorrelationColumn) > 50);
    choose(LogModel::TypeColumn, u"The usual columns"_s);
    QCOMPARE(shown(), u"position time type stream version data"_s.split(u' '));
    QMenu* menu = header().menuOf(LogModel::SignColumn); // of no column
    QVERIFY(!actionNamed(*menu, u"Move to the left"_s));
    delete menu;
}

void TestLogTable::movesByTheHeadersMenu() {
    choose(LogModel::TypeColumn, u"Move to the left"_s);
    QCOMPARE(shown(), u"position type time stream version data"_s.split(u' '));
    choose(LogModel::TypeColumn, u"Move to the right"_s);
    QCOMPARE(shown(), u"position time type stream version data"_s.split(u' '));
}

void TestLogTable::keepsTheOrderOfADrag() {
    header().moveSection(header().visualIndex(LogModel::DataColumn),
                         header().visualIndex(LogModel::RecordedColumn));
    const QStringList order = u"position data time type stream version"_s.split(u' ');
    QCOMPARE(shown(), order);
    QCOMPARE(m_page->appearance()->choices().columns(), header().columns());
    QVERIFY(!header().isFirstSectionMovable());
    open();
    QTRY_COMPARE(shown(), order);
}

void TestLogTable::keepsColumnsFromOneStartToTheNext() {
    choose(LogModel::StreamColumn, u"Hide “stream”"_s);
    choose(LogModel::TypeColumn, u"since"_s);
    const QStringList chosen = shown();
    open();
    QTRY_COMPARE(shown(), chosen);
}

void TestLogTable::keepsTheWidthOfAField() {
    const LogColumn field = LogColumn::fromWord(u"data.quantity"_s).value();
    m_page->appearance()->showColumn(field);
    const int column = model().columnOf(field);
    QVERIFY(column >= int(LogModel::FirstField));
    QVERIFY(table().columnWidth(column) != 177);
    table().setColumnWidth(column, 177);
    choose(LogModel::TypeColumn, u"correlation"_s);
    QCOMPARE(table().columnWidth(column), 177);
}

void TestLogTable::addsAFieldInTheDialog() {
    m_page->appearance()->columnsAction()->trigger();
    auto* dialog = opened<ColumnsDialog>();
    auto* line = dialog->findChild<QLineEdit*>();
    line->setFocus();
    QTest::keyClicks(line, u"data.quantity"_s);
    QTest::keyClick(line, Qt::Key_Return); // adds, and does not close
    QVERIFY(dialog->isVisible());
    QCOMPARE(line->text(), QString());
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_VERIFY(shown().contains(u"data.quantity"_s));
    const int column = model().columnOf(LogColumn::fromWord(u"data.quantity"_s).value());
    // Position 9 is OrderCreated of three.
    QTRY_COMPARE(model().index(1, column).data().toString(), u"3"_s);
    QCOMPARE(model().index(0, column).data().toString(), QString());
    QVERIFY(!table().isColumnHidden(column));
    const int row = table().currentIndex().row();
    QVERIFY(table().selectionModel()->isSelected(model().index(row, column)));
    choose(column, u"Hide “data.quantity”"_s);
    QCOMPARE(model().columnCount(), int(LogModel::FirstField));
}

void TestLogTable::namesTheMistakeInTheDialog() {
    m_page->appearance()->columnsAction()->trigger();
    auto* dialog = opened<ColumnsDialog>();
    auto* line = dialog->findChild<QLineEdit*>();
    line->setFocus();
    QTest::keyClicks(line, u"colour"_s);
    QTest::keyClick(line, Qt::Key_Return);
    bool said = false;
    for (const QLabel* label : dialog->findChildren<QLabel*>())
        said = said || (label->isVisible() && label->text().contains(u"colour"_s));
    QVERIFY(said);
    QCOMPARE(line->text(), u"colour"_s);
    QTest::keyClick(line, Qt::Key_Escape);
    QTRY_VERIFY(!m_page->findChild<ColumnsDialog*>());
    QCOMPARE(shown(), u"position time type stream version data"_s.split(u' '));
}

void TestLogTable::ordersInTheDialogByKeys() {
    m_page->appearance()->columnsAction()->trigger();
    auto* dialog = opened<ColumnsDialog>();
    auto* list = dialog->findChild<MovableList*>();
    list->setFocus();
    list->setCurrentRow(2);
    QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
    QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
    QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier); // there is none above it
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Space); // position, off
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_COMPARE(shown(), u"type time stream version data"_s.split(u' '));
}

void TestLogTable::goesPlacesWithoutTheFirstColumn() {
    choose(LogModel::PositionColumn, u"Hide “position”"_s);
    m_page->resize(1300, 420);
    QTest::keyClick(&table(), Qt::Key_End);
    QCOMPARE(table().currentIndex().row(), 9);
    QVERIFY(table().viewport()->rect().intersects(
        table().visualRect(table().currentIndex().siblingAtColumn(LogModel::TypeColumn))));
    m_session->setPlayhead(GlobalPosition(10));
    QTRY_COMPARE(table().currentIndex().row(), 0);
    QVERIFY(table().viewport()->rect().intersects(
        table().visualRect(table().currentIndex().siblingAtColumn(LogModel::TypeColumn))));
    m_page->filterBar()->openTab();
    m_page->filterBar()->nextTab(-1);
    QTRY_COMPARE(table().currentIndex().row(), 0);
    QVERIFY(!table().isColumnHidden(table().currentIndex().column()));
}

void TestLogTable::coloursByTheValueOfACell() {
    const QModelIndex cell = model().index(3, LogModel::TypeColumn);
    table().setCurrentIndex(cell);
    emit table().customContextMenuRequested(table().visualRect(cell).center());
    auto* menu = table().findChild<QMenu*>({}, Qt::FindDirectChildrenOnly);
    QVERIFY(menu && menu->isVisible());
    QVERIFY(actionNamed(*menu, u"Only type:OrderPaid\tCtrl+Shift+F"_s));
    QVERIFY(actionNamed(*menu, u"Not stream:order-a1"_s)); // the keys are for the cell
    QVERIFY(actionNamed(*menu, u"Take the mark off"_s) || actionNamed(*menu, u"Mark the event"_s));
    QAction* copy = actionNamed(*menu, u"Copy stream's name"_s);
    QVERIFY(copy);
    copy->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"order-a1"_s);
    QAction* colour = actionNamed(*menu, u"Colour by type:OrderPaid\tCtrl+Shift+L"_s);
    QVERIFY(colour);
    colour->trigger();
    const auto look = [&](int row) { return model().index(row, 0).data(LogModel::LookRole); };
    QTRY_VERIFY(look(3).isValid());
    QVERIFY(!look(0).isValid());
    colour->trigger(); // once more is no second rule
    QCOMPARE(m_page->appearance()->choices().rules().size(), std::size_t(1));
    menu->close();
    open();
    QTRY_VERIFY(look(3).isValid()); // kept
}

void TestLogTable::editsRulesInTheDialog() {
    m_page->appearance()->coloursAction()->trigger();
    auto* dialog = opened<ColourRulesDialog>();
    QPushButton* add = childNamed<QPushButton>(*dialog, u"Add"_s);
    auto* filter = childNamed<QLineEdit>(*dialog, u"Filter of the rule"_s);
    QVERIFY(add && filter);
    QVERIFY(!filter->isEnabled()); // no rule yet
    for (const auto* text : {"type:Order*", "stream:user-ada"}) {
        QTest::mouseClick(add, Qt::LeftButton);
        QCOMPARE(dialog->focusWidget(), filter);
        filter->selectAll();
        QTest::keyClicks(filter, QString::fromLatin1(text));
    }
    auto* list = dialog->findChild<MovableList*>();
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
    const ColourRules rules = dialog->rules();
    QCOMPARE(rules.size(), std::size_t(2));
    QCOMPARE(rules[0].filter, u"stream:user-ada"_s);
    QVERIFY(rules[0].look.tint != rules[1].look.tint && rules[0].look.sign != rules[1].look.sign);
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_COMPARE(m_page->appearance()->choices().rules(), rules);
    QTRY_COMPARE(model().index(0, 0).data(LogModel::LookRole).value<RowLook>(), rules[0].look);
    QCOMPARE(model().index(1, 0).data(LogModel::LookRole).value<RowLook>(), rules[1].look);
}

void TestLogTable::keepsNoRuleThatCannotBeRead() {
    m_page->appearance()->coloursAction()->trigger();
    auto* dialog = opened<ColourRulesDialog>();
    QTest::mouseClick(childNamed<QPushButton>(*dialog, u"Add"_s), Qt::LeftButton);
    auto* filter = childNamed<QLineEdit>(*dialog, u"Filter of the rule"_s);
    filter->selectAll();
    QTest::keyClicks(filter, u"colour:red"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    QVERIFY(dialog->isVisible());
    bool said = false;
    for (const QLabel* label : dialog->findChildren<QLabel*>())
        said = said || (label->isVisible() && label->text().contains(u"colour"_s) &&
                        label->text().contains(u"column 1"_s, Qt::CaseInsensitive));
    QVERIFY(said);
    QTest::mouseClick(childNamed<QPushButton>(*dialog, u"Remove"_s), Qt::LeftButton);
    QTest::mouseClick(childNamed<QPushButton>(*dialog, u"OK"_s), Qt::LeftButton);
    QTRY_VERIFY(!m_page->findChild<ColourRulesDialog*>());
    QVERIFY(m_page->appearance()->choices().rules().empty());
}

void TestLogTable::isReadableInEveryTint_data() {
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("tint");
    for (const bool dark : {true, false}) {
        for (int tint = 0; tint < RowLook::kTints; ++tint)
            QTest::addRow("%s %s", dark ? "dark" : "light",
                          qPrintable(tintName(static_cast<RowLook::Tint>(tint))))
                << dark << tint;
    }
}

void TestLogTable::isReadableInEveryTint() {
    QFETCH(bool, dark);
    QFETCH(int, tint);
    Theme& theme = Theme::instance();
    theme.apply(dark ? Theme::Kind::Dark : Theme::Kind::Light);
    const auto which = static_cast<RowLook::Tint>(tint);
    QVERIFY(contrast(theme.color(Theme::Role::Text), tintGround(which)) >= 4.5);
    for (const QColor& ground :
         {tintGround(which), theme.color(Theme::Role::Panel), theme.color(Theme::Role::Selection)})
        QVERIFY2(contrast(tintColor(which), ground) >= 3.0,
                 qPrintable(QString::number(contrast(tintColor(which), ground))));
    QVERIFY(contrast(tintColor(which), theme.color(Theme::Role::Panel)) >= 4.5);
}

QTEST_MAIN(TestLogTable)
#include "tst_log_table.moc"
