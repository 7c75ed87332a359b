// The list of streams, by type.
#pragma once

#include "ui/shell/row_in_sight.h"

#include <QTreeView>

namespace rewindow {

class StreamsModel;

/// Reads on as it is scrolled, wherever in the tree; keeps its types expanded when the streams are
/// read anew.
class StreamsTree : public QTreeView {
    Q_OBJECT

  public:
    explicit StreamsTree(StreamsModel& streams, QWidget* parent = nullptr);

    /// Selects the row without asking for its stream.
    void showStream(const QModelIndex& index);
    void showNone();
    void setPlaceholder(const QString& text);

  signals:
    void streamRequested(const QString& stream);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void drawBranches(QPainter* painter, const QRect& rect,
                      const QModelIndex& index) const override;
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option,
                 const QModelIndex& index) const override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

  private:
    void takeTheme();
    void readOn();
    void restoreExpanded();
    void keepCurrent();
    void copyName();

    StreamsModel& m_streams;
    RowInSight m_inSight{*this};
    QString m_placeholder;
    QStringList m_expanded; ///< types
    bool m_following = false;
};

} // namespace rewindow
