// A row of a list that one types into: icon, name with what was typed, detail, and a word at the
// end.
#pragma once

#include "model/places/fuzzy_match.h"

#include <QIcon>
#include <QString>
#include <QStyledItemDelegate>

#include <functional>
#include <vector>

namespace rewindow {

/// What a row says; all of it plain text.
struct PaletteRow {
    QIcon icon;
    QString title;
    std::vector<TextSpan> matched; ///< of the title: in bold
    QString detail;
    QString trailing; ///< keys, or a kind
    bool isDisabled = false;
};

class PaletteDelegate : public QStyledItemDelegate {
    Q_OBJECT

  public:
    using RowOf = std::function<PaletteRow(const QModelIndex&)>;
    enum class Lines { One, Two }; ///< Two: the detail below the title

    PaletteDelegate(RowOf rowOf, Lines lines, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

  private:
    int height() const;

    RowOf m_rowOf;
    Lines m_lines;
};

} // namespace rewindow
