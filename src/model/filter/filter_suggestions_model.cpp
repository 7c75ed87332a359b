// A list that is always shown anew as a whole.
#include "model/filter/filter_suggestions_model.h"

namespace rewindow {

void FilterSuggestionsModel::setSuggestions(std::vector<FilterSuggestion> suggestions) {
    beginResetModel();
    m_rows = std::move(suggestions);
    endResetModel();
}

int FilterSuggestionsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant FilterSuggestionsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FilterSuggestion& suggestion = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return suggestion.shown;
    case Qt::AccessibleTextRole:
        return suggestion.detail.isEmpty()
                   ? suggestion.shown
                   : QStringLiteral("%1, %2").arg(suggestion.shown, suggestion.detail);
    default:
        return {};
    }
}

} // namespace rewindow
