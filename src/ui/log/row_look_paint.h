// The colours and signs of rows that a rule is about, and of marked ones.
#pragma once

#include "model/items/colour_rules.h"

#include <QColor>
#include <QIcon>
#include <QRectF>

class QPainter;

namespace rewindow {

/// Of a sign, in the present theme; contrast to the panel at least 4.5.
QColor tintColor(RowLook::Tint tint);
/// Of a row's ground; contrast of Theme::Role::Text on it at least 4.5.
QColor tintGround(RowLook::Tint tint);

/// Fills a sign's shape in a square of that size.
void paintSign(QPainter& painter, const QRectF& place, const RowLook& look);
/// A flag: the event is marked.
void paintMark(QPainter& painter, const QRectF& place);
/// An arrow: this is the event that the rows around it are shown for.
void paintHit(QPainter& painter, const QRectF& place);

/// The sign on its ground, for lists; stays as the theme is now.
QIcon lookIcon(const RowLook& look, int size);

} // namespace rewindow
