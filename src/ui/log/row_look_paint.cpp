// Shapes are drawn, not written: no font need have them.
#include "ui/log/row_look_paint.h"

#include "ui/shell/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>

#include <array>
#include <cmath>
#include <numbers>

namespace rewindow {

namespace {

struct Shades {
    QRgb dark;
    QRgb light;
};

/// In the order of RowLook::Tint.
constexpr std::array<Shades, RowLook::kTints> kTints{{{0xff4fd0de, 0xff0b6f80},
                                                      {0xffff9f43, 0xffa35200},
                                                      {0xfff5d547, 0xff7a5f00},
                                                      {0xff4cc38a, 0xff176f45},
                                                      {0xffff8080, 0xffc02626},
                                                      {0xffc9a0f2, 0xff7a41b8}}};
constexpr qreal kGroundDark = 0.17;
constexpr qreal kGroundLight = 0.13;

/// Corners of a star or a regular polygon, the first at the top; `inner` 1: no star.
QPolygonF corners(const QRectF& place, int count, qreal inner) {
    QPolygonF polygon;
    const int points = inner < 1 ? 2 * count : count;
    for (int i = 0; i < points; ++i) {
        const qreal angle = 2 * std::numbers::pi * i / points;
        const qreal radius = place.width() / 2 * (inner < 1 && i % 2 == 1 ? inner : 1);
        polygon << place.center() + QPointF(std::sin(angle), -std::cos(angle)) * radius;
    }
    return polygon;
}

QPainterPath shapeOf(RowLook::Sign sign, const QRectF& place) {
    QPainterPath path;
    switch (sign) {
    case RowLook::Sign::Circle:
        path.addEllipse(place.adjusted(0.5, 0.5, -0.5, -0.5));
        break;
    case RowLook::Sign::Triangle:
        path.addPolygon(QPolygonF({{place.center().x(), place.top() + 0.5},
                                   {place.right(), place.bottom() - 0.5},
                                   {place.left(), place.bottom() - 0.5}}));
        break;
    case RowLook::Sign::Square:
        path.addRect(place.adjusted(1, 1, -1, -1));
        break;
    case RowLook::Sign::Diamond:
        path.addPolygon(corners(place, 4, 1));
        break;
    case RowLook::Sign::Star:
        path.addPolygon(corners(place.adjusted(-0.5, -0.5, 0.5, 0.5), 5, 0.42));
        break;
    case RowLook::Sign::Cross: {
        const qreal arm = place.width() / 3;
        path.setFillRule(Qt::WindingFill);
        path.addRect(place.left(), place.top() + arm, place.width(), arm);
        path.addRect(place.left() + arm, place.top(), arm, place.height());
        break;
    }
    }
    path.closeSubpath();
    return path;
}

void fill(QPainter& painter, const QPainterPath& shape, const QColor& color) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(shape, color);
    painter.restore();
}

} // namespace

QColor tintColor(RowLook::Tint tint) {
    const Shades shades = kTints[static_cast<std::size_t>(tint)];
    return QColor::fromRgb(Theme::instance().isDark() ? shades.dark : shades.light);
}

QColor tintGround(RowLook::Tint tint) {
    const Theme& theme = Theme::instance();
    const QColor panel = theme.color(Theme::Role::Panel);
    const QColor color = tintColor(tint);
    const qreal share = theme.isDark() ? kGroundDark : kGroundLight;
    const auto mixed = [share](int below, int above) {
        return static_cast<int>(std::lround(below + (above - below) * share));
    };
    return {mixed(panel.red(), color.red()), mixed(panel.green(), color.green()),
            mixed(panel.blue(), color.blue())};
}

void paintSign(QPainter& painter, const QRectF& place, const RowLook& look) {
    fill(painter, shapeOf(look.sign, place), tintColor(look.tint));
}

void paintMark(QPainter& painter, const QRectF& place) {
    QPainterPath path;
    const qreal inset = place.width() / 6;
    path.addPolygon(QPolygonF({place.topLeft() + QPointF(inset, 0),
                               place.topRight() - QPointF(inset, 0),
                               place.bottomRight() - QPointF(inset, 0),
                               {place.center().x(), place.bottom() - place.height() / 3},
                               place.bottomLeft() + QPointF(inset, 0)}));
    path.closeSubpath();
    fill(painter, path, Theme::instance().color(Theme::Role::ChangedText));
}

void paintHit(QPainter& painter, const QRectF& place) {
    QPainterPath path;
    path.addPolygon(QPolygonF({place.topLeft() + QPointF(1, 0),
                               {place.right(), place.center().y()},
                               place.bottomLeft() + QPointF(1, 0)}));
    path.closeSubpath();
    fill(painter, path, Theme::instance().color(Theme::Role::Accent));
}

QIcon lookIcon(const RowLook& look, int size) {
    constexpr int kRatio = 2;
    QPixmap pixmap(size * kRatio, size * kRatio);
    pixmap.fill(tintGround(look.tint));
    QPainter painter(&pixmap);
    const qreal inset = size * kRatio / 5.0;
    paintSign(painter, QRectF(pixmap.rect()).adjusted(inset, inset, -inset, -inset), look);
    painter.end();
    pixmap.setDevicePixelRatio(kRatio);
    QIcon icon(pixmap);
    icon.addPixmap(pixmap, QIcon::Selected); // as it is, not mixed with the selection's colour
    return icon;
}

} // namespace rewindow
