// Painting on another device than the screen.
#include "ui/export/picture.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>

namespace rewindow {

namespace {
constexpr int kPixelRatio = 2;
}

QImage pictureAsImage(const PictureSource& picture) {
    QImage image(picture.size * kPixelRatio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(kPixelRatio);
    image.fill(Qt::transparent);
    image.setText(QStringLiteral("Title"), picture.title);
    QPainter painter(&image);
    picture.paint(painter);
    return image;
}

QByteArray imageAsPng(const QImage& image) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

QByteArray pictureAsSvg(const PictureSource& picture) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(picture.size);
    generator.setViewBox(QRect(QPoint(), picture.size));
    generator.setTitle(picture.title.toHtmlEscaped()); // which it does not do itself
    QPainter painter(&generator);
    picture.paint(painter);
    painter.end();
    return bytes;
}

} // namespace rewindow
