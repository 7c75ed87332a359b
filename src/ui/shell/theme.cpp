// The two palettes, and how they become the application's.
#include "ui/shell/theme.h"

#include "ui/shell/style_sheet.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QPixmapCache>
#include <QStyle>
#include <QStyleFactory>

#include <algorithm>
#include <array>

namespace rewindow {

namespace {

struct Shades {
    QRgb dark;
    QRgb light;
};

/// In the order of Theme::Role.
constexpr std::array<Shades, 18> kRoles{{
    {0xff1b1d23, 0xffeef0f3}, // Window
    {0xff22252c, 0xffffffff}, // Panel
    {0xff282c34, 0xfff6f7f9}, // PanelHeader
    {0xff282c34, 0xfff6f7f9}, // Field
    {0xff343944, 0xffd9dde3}, // Border
    {0xffd7dae0, 0xff22262e}, // Text
    {0xffb3bac6, 0xff4f5663}, // DimText
    {0xff98a0b0, 0xff636a77}, // FaintText
    {0xff26334b, 0xffe3ecfb}, // Selection
    {0xff66a8ff, 0xff1a65cd}, // Accent
    {0xff0b1524, 0xffffffff}, // AccentText
    {0xff393524, 0xfff3ebcd}, // Changed
    {0xfff5d547, 0xff715800}, // ChangedText
    {0xff66a8ff, 0xff1a65cd}, // Command
    {0xffff9f43, 0xffa35100}, // Event
    {0xfff5d547, 0xff7c6300}, // Aggregate
    {0xff4cc38a, 0xff16764a}, // View
    {0xffff7b7b, 0xffc52828}, // Trouble
}};

/// Neighbours differ in lightness as well as in hue, for eyes that do not tell hues apart.
constexpr std::array<Shades, 16> kEventColors{{
    {0xffff9f43, 0xffd9730d},
    {0xffe5c07b, 0xff9a7420},
    {0xffe8785a, 0xffbf4326},
    {0xff5ccfe6, 0xff0f8aa8},
    {0xff4cc38a, 0xff1d8a55},
    {0xff9aa5b1, 0xff66717d},
    {0xfff78fb3, 0xffc2376f},
    {0xffd9a0a0, 0xff9c5c5c},
    {0xff3fb8a8, 0xff0d7a70},
    {0xff7e8cff, 0xff4453d6},
    {0xff5b9fe8, 0xff1f6fb8},
    {0xffd4d86a, 0xff7d8212},
    {0xffb08d6e, 0xff80583a},
    {0xffd65db1, 0xffa02c84},
    {0xff98c379, 0xff5b8a2f},
    {0xffc792ea, 0xff8a4fc7},
}};

/// FNV-1a, mixed once more: qHash() would differ from run to run. The seed is one under which the
/// order domain's event types, those of a first look, all differ in colour.
std::size_t stableHash(const QString& text) {
    quint32 hash = 4568018u;
    for (const char byte : text.toUtf8())
        hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619u;
    hash = (hash ^ (hash >> 16)) * 0x85ebca6bu;
    hash = (hash ^ (hash >> 13)) * 0xc2b2ae35u;
    return hash ^ (hash >> 16);
}

QFont fontOf(const QStringList& families, int pixels) {
    QFont font(families);
    font.setPixelSize(pixels);
    return font;
}

QPalette paletteOf(const Theme& theme) {
    using Role = Theme::Role;
    QPalette palette;
    const std::pair<QPalette::ColorRole, Role> roles[] = {
        {QPalette::Window, Role::Window},
        {QPalette::WindowText, Role::Text},
        {QPalette::Base, Role::Panel},
        {QPalette::AlternateBase, Role::PanelHeader},
        {QPalette::Text, Role::Text},
        {QPalette::Button, Role::Field},
        {QPalette::ButtonText, Role::Text},
        {QPalette::BrightText, Role::Trouble},
        {QPalette::Highlight, Role::Selection},
        {QPalette::HighlightedText, Role::Text},
        {QPalette::ToolTipBase, Role::Field},
        {QPalette::ToolTipText, Role::Text},
        {QPalette::PlaceholderText, Role::DimText},
        {QPalette::Link, Role::Accent},
        {QPalette::LinkVisited, Role::Accent},
        {QPalette::Mid, Role::Border},
        {QPalette::Dark, Role::Border},
    };
    for (const auto& [paletteRole, role] : roles)
        palette.setColor(paletteRole, theme.color(role));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, theme.color(Theme::Role::FaintText));
    return palette;
}

} // namespace

Theme& Theme::instance() {
    static Theme theme;
    return theme;
}

void Theme::apply(Kind kind) {
    m_kind = kind;
    QPixmapCache::clear();
    if (qApp->style()->objectName() != QLatin1String("fusion"))
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("fusion")));
    QApplication::setPalette(paletteOf(*this));
    QApplication::setFont(textFont());
    qApp->setStyleSheet(styleSheet(*this));
    emit changed();
}

void Theme::setZoom(int percent) {
    m_zoom = std::clamp(percent, kSmallestZoom, kLargestZoom);
    apply(m_kind);
}

QColor Theme::color(Role role) const {
    const Shades shades = kRoles[static_cast<std::size_t>(role)];
    return QColor::fromRgb(isDark() ? shades.dark : shades.light);
}

QColor Theme::eventColor(const QString& eventType) const {
    const Shades shades = kEventColors[stableHash(eventType) % kEventColors.size()];
    return QColor::fromRgb(isDark() ? shades.dark : shades.light);
}

QFont Theme::textFont() const {
    return fontOf({QStringLiteral("Inter"), QStringLiteral("Noto Sans"),
                   QStringLiteral("DejaVu Sans"), QStringLiteral("sans-serif")},
                  scaled(13));
}

QFont Theme::smallFont() const {
    QFont font = textFont();
    font.setPixelSize(scaled(11));
    return font;
}

QFont Theme::monospaceFont() const {
    QFont font = fontOf({QStringLiteral("JetBrains Mono"), QStringLiteral("Noto Sans Mono"),
                         QStringLiteral("DejaVu Sans Mono"), QStringLiteral("monospace")},
                        scaled(12));
    font.setStyleHint(QFont::Monospace);
    return font;
}

} // namespace rewindow
