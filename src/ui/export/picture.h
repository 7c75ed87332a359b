// A painted view as a file's bytes.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QPointer>
#include <QSize>
#include <QString>

#include <functional>

class QPainter;

namespace rewindow {

/// What a painted view looks like by itself: no focus, no current part.
struct PictureSource {
    QString name;  ///< of a file, without suffix: "events-over-time"
    QString title; ///< what a picture says it is
    QSize size;    ///< in the window's pixels
    /// Paints the whole of it, its ground too, on the UI thread.
    std::function<void(QPainter&)> paint;
};

/// Of a widget that paints itself so by paintPicture(QPainter&) const, at its present size.
template <class View>
PictureSource pictureOf(const View& view, const QString& name) {
    return {.name = name,
            .title = view.accessibleName(),
            .size = view.size(),
            .paint = [shown = QPointer<const View>(&view)](QPainter& painter) {
                if (shown)
                    shown->paintPicture(painter);
            }};
}

/// At twice as many pixels.
QImage pictureAsImage(const PictureSource& picture);
/// May be called on any thread.
QByteArray imageAsPng(const QImage& image);
QByteArray pictureAsSvg(const PictureSource& picture);

} // namespace rewindow
