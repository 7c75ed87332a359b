// Suggestions as a list.
#pragma once

#include "model/filter/filter_suggestions.h"

#include <QAbstractListModel>

namespace rewindow {

class FilterSuggestionsModel : public QAbstractListModel {
    Q_OBJECT

  public:
    explicit FilterSuggestionsModel(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    void setSuggestions(std::vector<FilterSuggestion> suggestions);
    /// `row` must be one of the model's.
    const FilterSuggestion& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

  private:
    std::vector<FilterSuggestion> m_rows;
};

} // namespace rewindow
