// How a row of a JSON tree looks.
#pragma once

#include <QStyledItemDelegate>

#include <functional>

namespace rewindow {

/// In monospace, on one line, as plain text, with a hairline below; of containers the size, dim.
class JsonDelegate : public QStyledItemDelegate {
    Q_OBJECT

  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// What a search found in a row: which JsonHits::Parts.
    using Found = std::function<int(const QModelIndex&)>;
    void setFound(Found found) { m_found = std::move(found); }
    /// Values that lead somewhere when they are activated.
    void setLinks(std::function<bool(const QModelIndex&)> isLink) { m_isLink = std::move(isLink); }

    QString displayText(const QVariant& value, const QLocale& locale) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

  protected:
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

  private:
    Found m_found;
    std::function<bool(const QModelIndex&)> m_isLink;
};

} // namespace rewindow
