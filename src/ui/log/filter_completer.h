// Suggestions below the filter line while one types.
#pragma once

#include "model/filter/filter_suggestions_model.h"

#include <QFrame>

class QLabel;
class QListView;

namespace rewindow {

class FilterKnowledge;
class FilterLine;

/// The keyboard stays in the line: Down and its kin move in the list, Tab takes what is chosen or
/// else the first, Enter what is chosen, Escape closes; Down or Ctrl+Space in the line asks for the
/// list. It lies in the line's window, so that it never takes the focus.
class FilterCompleter : public QFrame {
    Q_OBJECT

  public:
    /// Both must outlive it.
    FilterCompleter(FilterLine& line, FilterKnowledge& knowledge);

    QListView& list() { return *m_list; }
    FilterSuggestionsModel& model() { return *m_model; }
    /// Shows what can be written at the cursor, if anything.
    void suggest();

    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    bool takeKey(const QKeyEvent& event);
    void refresh();
    void moveBy(int rows);
    void accept(int row);
    void place();
    void tell();

    FilterLine& m_line;
    FilterKnowledge& m_knowledge;
    FilterSuggestionsModel* m_model = nullptr;
    QListView* m_list = nullptr;
    QLabel* m_hint = nullptr;
    QString m_description;   ///< the line's own
    QString m_text;          ///< of the line, when it was last looked at
    qsizetype m_cursor = -1; ///< in m_text
    bool m_isWanted = false;
    bool m_isAccepting = false;
};

} // namespace rewindow
