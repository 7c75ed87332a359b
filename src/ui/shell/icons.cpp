// An icon engine that paints a monochrome SVG in the theme's present colour.
#include "ui/shell/icons.h"

#include "ui/shell/theme.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace rewindow {

namespace {

class LineIcon : public QIconEngine {
  public:
    LineIcon(QString name, QByteArray drawing)
        : m_name(std::move(name))
        , m_drawing(std::move(drawing)) {}

    QIconEngine* clone() const override { return new LineIcon(m_name, m_drawing); }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode,
               QIcon::State state) override {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        return scaledPixmap(size, mode, state, 1.0);
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal) override {
        const auto role = mode == QIcon::Disabled ? Theme::Role::FaintText : Theme::Role::Text;
        const QColor color = Theme::instance().color(role);
        // Back is where one began to read; the steps of the timeline go as time does.
        const bool isMirrored =
            QGuiApplication::isRightToLeft() && (m_name == u"back" || m_name == u"forward");
        const QString key = QStringLiteral("rewindow-%1-%2x%3-%4-%5")
                                .arg(m_name)
                                .arg(size.width())
                                .arg(size.height())
                                .arg(color.name())
                                .arg(isMirrored);
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        QByteArray drawing = m_drawing;
        drawing.replace("#000", color.name().toLatin1());
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        QSvgRenderer(drawing).render(&painter);
        painter.end();
        if (isMirrored)
            pixmap = pixmap.transformed(QTransform::fromScale(-1, 1));
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

  private:
    QString m_name;
    QByteArray m_drawing;
};

} // namespace

QIcon icon(const QString& name) {
    QFile file(QStringLiteral(":/rewindow/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QIcon(new LineIcon(name, file.readAll()));
}

} // namespace rewindow
