// Colours that can be read, icons that follow the theme, text that is never interpreted.
#include "ui/log/facets_delegate.h"
#include "ui/shell/icons.h"
#include "ui/shell/panel.h"
#include "ui/shell/pill.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/style_sheet.h"
#include "ui/shell/theme.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMetaEnum>
#include <QPlainTextEdit>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace rewindow;
using Role = Theme::Role;

namespace {

/// As WCAG 2 defines it.
double luminance(const QColor& color) {
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

double contrast(const QColor& one, const QColor& other) {
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

double contrast(Role text, Role ground) {
    const Theme& theme = Theme::instance();
    return contrast(theme.color(text), theme.color(ground));
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT

  private slots:
    void cleanup() { Theme::instance().setZoom(100); }

    void textsAreReadable_data();
    void textsAreReadable();
    void eventColoursAreStableAndApart();
    void setsTheApplication();
    void zooms();
    void styleSheetKnowsEveryRole();
    void iconsFollowTheTheme();
    void everyIconDraws();
    void placeholdersAreReadable_data() { textsAreReadable_data(); }
    void placeholdersAreReadable();
    void valuesOnBarsAreReadable_data() { textsAreReadable_data(); }
    void valuesOnBarsAreReadable();
    void textStaysText();
    void textIsShortened();
    void panelShowsPlainText();
};

/// As the style leaves it, which has a colour of its own for it.
void TestTheme::placeholdersAreReadable() {
    QFETCH(Theme::Kind, kind);
    Theme::instance().apply(kind);
    QLineEdit line;
    QPlainTextEdit text;
    for (QWidget* widget : {static_cast<QWidget*>(&line), static_cast<QWidget*>(&text)}) {
        widget->ensurePolished();
        const QColor placeholder = widget->palette().color(QPalette::PlaceholderText);
        QCOMPARE(placeholder.alpha(), 255);
        const double found = contrast(placeholder, Theme::instance().color(Role::Field));
        QVERIFY2(found >= 4.5, qPrintable(QString::number(found)));
    }
}

void TestTheme::valuesOnBarsAreReadable() {
    QFETCH(Theme::Kind, kind);
    Theme& theme = Theme::instance();
    theme.apply(kind);
    for (const Role ground : {Role::Panel, Role::Selection}) {
        for (int i = 0; i < 200; ++i) {
            const QColor below = theme.color(ground);
            const QColor bar = theme.eventColor(QStringLiteral("Type%1").arg(i));
            const auto mixed = [](double one, double other) {
                return static_cast<float>(one + (other - one) * FacetsDelegate::kBarOpacity);
            };
            const QColor seen = QColor::fromRgbF(mixed(below.redF(), bar.redF()),
                                                 mixed(below.greenF(), bar.greenF()),
                                                 mixed(below.blueF(), bar.blueF()));
            const double found = contrast(theme.color(Role::Text), seen);
            QVERIFY2(found >= 4.5,
                     qPrintable(QStringLiteral("%1 on %2: %3").arg(i).arg(seen.name()).arg(found)));
        }
    }
}

void TestTheme::textsAreReadable_data() {
    QTest::addColumn<Theme::Kind>("kind");
    QTest::newRow("dark") << Theme::Kind::Dark;
    QTest::newRow("light") << Theme::Kind::Light;
}

void TestTheme::textsAreReadable() {
    QFETCH(Theme::Kind, kind);
    Theme& theme = Theme::instance();
    theme.apply(kind);
    const auto names = QMetaEnum::fromType<Role>();
    const auto verify = [&](Role text, Role ground, double least) {
        const double found = contrast(text, ground);
        const auto name = [&](Role role) { return names.valueToKey(static_cast<int>(role)); };
        QVERIFY2(found >= least,
                 qPrintable(QStringLiteral("%1 on %2: %3")
                                .arg(QLatin1String(name(text)), QLatin1String(name(ground)))
                                .arg(found)));
    };
    for (const Role ground : {Role::Window, Role::Panel, Role::PanelHeader, Role::Field,
                              Role::Selection, Role::Changed}) {
        verify(Role::Text, ground, 7.0);
        for (const Role text :
             {Role::DimText, Role::FaintText, Role::ChangedText, Role::Accent, Role::Command,
              Role::Event, Role::Aggregate, Role::View, Role::Trouble})
            verify(text, ground, 4.5);
    }
    verify(Role::AccentText, Role::Accent, 4.5);
    // Three steps of importance can be told apart.
    QVERIFY(contrast(Role::Text, Role::Panel) > contrast(Role::DimText, Role::Panel) + 1.5);
    QVERIFY(contrast(Role::DimText, Role::Panel) > contrast(Role::FaintText, Role::Panel) + 1.5);
    for (int i = 0; i < 200; ++i) {
        const QColor square = theme.eventColor(QStringLiteral("Type%1").arg(i));
        QVERIFY2(contrast(square, theme.color(Role::Panel)) >= 3.0, qPrintable(square.name()));
    }
}

void TestTheme::eventColoursAreStableAndApart() {
    Theme& theme = Theme::instance();
    theme.apply(Theme::Kind::Dark);
    const QColor paid = theme.eventColor(QStringLiteral("OrderPaid"));
    QCOMPARE(theme.eventColor(QStringLiteral("OrderPaid")), paid);
    QSet<QRgb> colours;
    for (int i = 0; i < 500; ++i)
        colours.insert(theme.eventColor(QStringLiteral("Type%1").arg(i)).rgb());
    QVERIFY2(colours.size() >= 12, qPrintable(QString::number(colours.size())));
    theme.apply(Theme::Kind::Light);
    QSet<QRgb> light;
    for (int i = 0; i < 500; ++i)
        light.insert(theme.eventColor(QStringLiteral("Type%1").arg(i)).rgb());
    QCOMPARE(light.size(), colours.size());
}

void TestTheme::setsTheApplication() {
    Theme& theme = Theme::instance();
    QSignalSpy changed(&theme, &Theme::changed);
    theme.apply(Theme::Kind::Light);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(QApplication::palette().color(QPalette::Window), theme.color(Role::Window));
    const QColor light = theme.color(Role::Window);
    theme.apply(Theme::Kind::Dark);
    QVERIFY(theme.isDark());
    QVERIFY(theme.color(Role::Window).lightness() < light.lightness());
    QCOMPARE(QApplication::palette().color(QPalette::Text), theme.color(Role::Text));
}

void TestTheme::zooms() {
    Theme& theme = Theme::instance();
    const int normal = theme.textFont().pixelSize();
    theme.setZoom(150);
    QCOMPARE(theme.textFont().pixelSize(), normal * 150 / 100);
    QCOMPARE(QApplication::font().pixelSize(), normal * 150 / 100);
    theme.setZoom(5000);
    QCOMPARE(theme.zoom(), Theme::kLargestZoom);
    theme.setZoom(1);
    QCOMPARE(theme.zoom(), Theme::kSmallestZoom);
}

void TestTheme::styleSheetKnowsEveryRole() {
    QVERIFY(!styleSheet(Theme::instance()).contains(u'@'));
}

void TestTheme::iconsFollowTheTheme() {
    Theme& theme = Theme::instance();
    const QIcon play = icon(QStringLiteral("play"));
    const auto centre = [&play](QIcon::Mode mode) {
        return play.pixmap(32, 32, mode).toImage().pixelColor(16, 16);
    };
    theme.apply(Theme::Kind::Dark);
    QCOMPARE(centre(QIcon::Normal), theme.color(Role::Text));
    QCOMPARE(centre(QIcon::Disabled), theme.color(Role::FaintText));
    theme.apply(Theme::Kind::Light);
    QCOMPARE(centre(QIcon::Normal), theme.color(Role::Text));
    QVERIFY(icon(QStringLiteral("no such drawing")).isNull());
}

void TestTheme::everyIconDraws() {
    const QStringList drawings = QDir(QStringLiteral(":/rewindow/icons")).entryList();
    QVERIFY(drawings.size() > 40);
    for (const QString& drawing : drawings) {
        const QImage image = icon(drawing.chopped(4)).pixmap(24, 24).toImage();
        int marks = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                marks += image.pixelColor(x, y).alpha() > 100;
        }
        QVERIFY2(marks > 8, qPrintable(drawing));
    }
}

void TestTheme::textStaysText() {
    QCOMPARE(onOneLine(std::string_view("a\nb\tc\x1b[31m")),
             QStringLiteral("a\\nb\\tc\\u001b[31m"));
    QCOMPARE(onOneLine(QString(QChar(0x202e)) + QStringLiteral("txt")),
             QStringLiteral("\\u202etxt"));
    QCOMPARE(onOneLine(QStringLiteral("שלום €😀")), QStringLiteral("שלום €😀"));
    QCOMPARE(onOneLine(QString(QChar(0xd83d))), QStringLiteral("\\ud83d"));
    QCOMPARE(onLines("a\nb\x07"), QStringLiteral("a\nb\\u0007"));
    const QString markup = QStringLiteral("<b>x</b><img src=y>");
    QVERIFY(toolTip(markup).contains(QStringLiteral("&lt;b&gt;x&lt;/b&gt;&lt;img src=y&gt;")));
}

void TestTheme::textIsShortened() {
    const std::string huge(5'200'000, 'x');
    QCOMPARE(onOneLine(huge, 10), QStringLiteral("xxxxxxxxxx… (5.2 MB)"));
    QCOMPARE(onOneLine(std::string_view("äöü"), 3), QStringLiteral("ä… (6 bytes)"));
    QCOMPARE(onOneLine(QStringLiteral("abcdef"), 6), QStringLiteral("abcdef"));
    QCOMPARE(onOneLine(QStringLiteral("abcdefg"), 6), QStringLiteral("abcdef… (7 bytes)"));
}

void TestTheme::panelShowsPlainText() {
    Panel panel(Role::Event, QStringLiteral("<b>Title</b>"));
    panel.setBadge(QStringLiteral("9\n12"));
    panel.setSubject(QString(300, u'x'));
    panel.setBody(new QWidget);
    for (QLabel* label : panel.findChildren<QLabel*>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
    QCOMPARE(panel.findChild<Pill*>()->text(), QStringLiteral("9\\n12"));
    QVERIFY2(panel.minimumSizeHint().width() < 400,
             qPrintable(QString::number(panel.minimumSizeHint().width())));
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
