// Two states as one tree: each place with its value at the left and at the right.
#pragma once

#include "model/timeline/state_comparison.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace rewindow {

class ComparisonModel : public QAbstractItemModel {
    Q_OBJECT

  public:
    enum Column { FieldColumn, SignColumn, LeftColumn, RightColumn, ColumnCount };
    enum Role {
        DifferenceRole = Qt::UserRole + 1, ///< int: a Difference
        PointerRole,                       ///< QString: RFC 6901
    };

    explicit ComparisonModel(QObject* parent = nullptr);

    void setComparison(std::shared_ptr<const StateComparison> comparison);
    const StateComparison& comparison() const { return *m_comparison; }
    /// Whether places that are the same on both sides are left out.
    void setDifferencesOnly(bool only);

    /// The counted difference that comes after `from`, or before it; from the other end where there
    /// is none, invalid where there are none at all.
    QModelIndex difference(const QModelIndex& from, bool forward) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

  private:
    std::size_t placeOf(const QModelIndex& index) const;
    QModelIndex indexOf(std::size_t place) const;
    void sift();

    std::shared_ptr<const StateComparison> m_comparison;
    bool m_onlyDifferences = false;
    std::vector<std::vector<std::size_t>> m_parts; ///< by place: those shown
    std::vector<int> m_rows;                       ///< by place: its row, where it is shown
};

} // namespace rewindow
