// Each rule names colours by @Role, which are filled in from the theme.
#include "ui/shell/style_sheet.h"

#include "ui/shell/theme.h"

#include <QGuiApplication>

#include <utility>

namespace rewindow {

namespace {

constexpr auto kRules = R"(
QToolTip { background: @Field; color: @Text; border: 1px solid @Border; padding: 4px; }
QMainWindow::separator { background: @Window; width: 6px; height: 6px; }
QMainWindow::separator:hover { background: @Border; }
QSplitter::handle { background: @Window; }
QSplitter::handle:hover { background: @Border; }

QMenuBar { background: @Panel; border-bottom: 1px solid @Border; padding: 1px 4px; }
#applicationName { font-weight: 700; padding: 0 6px 0 10px; }
QMenuBar::item { padding: 5px 9px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @Selection; }
QMenu { background: @Panel; border: 1px solid @Border; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 8px; border-radius: 4px; }
QMenu::item:selected { background: @Selection; }
QMenu::item:disabled { color: @FaintText; }
QMenu::separator { height: 1px; background: @Border; margin: 4px 6px; }
QMenu::icon { padding-left: 6px; }

QStatusBar { background: @Panel; border-top: 1px solid @Border; color: @DimText; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @DimText; font-size: @SmallText; }

/* The colour of their text is the palette's: of one said here Qt takes half for placeholders. */
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
    background: @Field; border: 1px solid @Border; border-radius: 5px;
    padding: 4px 8px; selection-background-color: @Accent; selection-color: @AccentText;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border-color: @Accent;
}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: @FaintText; }
QLineEdit[trouble="true"] { border-color: @Trouble; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit { border: none; padding: 0; background: transparent; }
/* Its list takes these from it, whatever is said of the list. */
QComboBox { selection-background-color: @Selection; selection-color: @Text; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url(:/rewindow/icons/arrow-down.svg); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: @Panel; border: 1px solid @Border; outline: none;
    selection-background-color: @Selection; selection-color: @Text; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 18px;
    background: transparent; }
QAbstractSpinBox::up-arrow { image: url(:/rewindow/icons/arrow-up.svg); width: 9px; height: 9px; }
QAbstractSpinBox::down-arrow { image: url(:/rewindow/icons/arrow-down.svg); width: 9px; height: 9px; }

QPushButton { background: @Field; color: @Text; border: 1px solid @Border; border-radius: 5px;
    padding: 5px 12px; }
QPushButton:hover, QPushButton:pressed, QPushButton:checked { background: @Selection; }
QPushButton:focus { border-color: @Accent; }
QPushButton:disabled { color: @FaintText; }
QPushButton:default, QPushButton[primary="true"] { background: @Accent; color: @AccentText;
    border-color: @Accent; font-weight: 600; }
QPushButton:default:focus, QPushButton[primary="true"]:focus { border-color: @Text; }
QPushButton:default:disabled, QPushButton[primary="true"]:disabled { background: @Field;
    color: @FaintText; border-color: @Border; }
QPushButton::menu-indicator { image: url(:/rewindow/icons/arrow-down.svg); width: 10px;
    height: 10px; subcontrol-position: right center; right: 6px; }

QToolButton { background: transparent; color: @Text; border: 1px solid transparent;
    border-radius: 5px; padding: 3px 5px; }
QToolButton:hover, QToolButton:pressed { background: @Selection; }
QToolButton:checked { background: @Selection; }
QToolButton:focus { border-color: @Accent; }
QToolButton:disabled { color: @FaintText; }
QToolButton[framed="true"] { background: @Field; border: 1px solid @Border; padding: 4px 10px; }
QToolButton[framed="true"]:hover, QToolButton[framed="true"]:checked { background: @Selection; }
QToolButton[framed="true"]:focus { border-color: @Accent; }
QToolButton[popupMode="2"] { padding-right: 16px; }
rewindow--FilterTabs::tab { background: transparent; color: @DimText; border: 1px solid transparent;
    border-bottom: 2px solid @Border; padding: 4px 8px; }
rewindow--FilterTabs::tab:hover { background: @Selection; }
rewindow--FilterTabs::tab:selected { color: @Text; border-bottom-color: @Accent; }
rewindow--FilterTabs:focus::tab:selected { border-color: @Accent; }
rewindow--FilterTabs QToolButton { padding: 0px; }
QToolButton[framed="true"][popupMode="2"] { padding-right: 22px; }
QToolButton::menu-indicator { image: url(:/rewindow/icons/arrow-down.svg); width: 10px;
    height: 10px; subcontrol-position: right center; right: 5px; }

QAbstractItemView { background: @Panel; color: @Text; border: none; outline: none;
    selection-background-color: @Selection; selection-color: @Text; }
QTableView { gridline-color: @Border; }
QHeaderView { background: @PanelHeader; border: none; }
QHeaderView::section { background: @PanelHeader; color: @DimText; border: none;
    border-bottom: 1px solid @Border; padding: 4px 8px; font-weight: normal; }
QTableCornerButton::section { background: @PanelHeader; border: none; }
QCheckBox::indicator, QAbstractItemView::indicator { width: 13px; height: 13px;
    border: 1px solid @DimText; border-radius: 3px; background: @Field; }
QCheckBox::indicator:focus { border-color: @Accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: @Accent;
    border-color: @Accent; image: url(:/rewindow/icons/check.svg); }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @Border; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @FaintText; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }

QProgressBar { background: @Field; border: 1px solid @Border; border-radius: 4px; color: @Text;
    text-align: center; min-height: 8px; }
QProgressBar::chunk { background: @Accent; border-radius: 3px; }
QDockWidget { titlebar-close-icon: none; }
)";

} // namespace

QString styleSheet(const Theme& theme) {
    using Role = Theme::Role;
    // A name that begins another comes after it.
    static constexpr std::pair<const char*, Role> roles[] = {
        {"@Window", Role::Window},       {"@PanelHeader", Role::PanelHeader},
        {"@Panel", Role::Panel},         {"@Field", Role::Field},
        {"@Border", Role::Border},       {"@Text", Role::Text},
        {"@DimText", Role::DimText},     {"@FaintText", Role::FaintText},
        {"@Selection", Role::Selection}, {"@AccentText", Role::AccentText},
        {"@Accent", Role::Accent},       {"@Trouble", Role::Trouble},
    };
    QString rules = QString::fromLatin1(kRules);
    for (const auto& [name, role] : roles)
        rules.replace(QLatin1String(name), theme.color(role).name());
    // Qt moves a button's arrow to the other side, its padding it leaves.
    if (QGuiApplication::isRightToLeft())
        rules.replace(QLatin1String("padding-right"), QLatin1String("padding-left"));
    rules.replace(QLatin1String("@SmallText"),
                  QStringLiteral("%1px").arg(theme.smallFont().pixelSize()));
    return rules;
}

} // namespace rewindow
