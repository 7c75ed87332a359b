// The filters that were saved for a store: save, use, rename, remove.
#pragma once

#include "store/event_filter.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;

namespace rewindow {

class SavedFilters;

/// Enter in the name saves; in the list, Enter uses, F2 renames, Delete removes, and what was
/// removed can be brought back.
class FilterSavedDialog : public QDialog {
    Q_OBJECT

  public:
    /// `now` is the filter that can be saved; the model outlives the dialog.
    FilterSavedDialog(SavedFilters& saved, const EventFilter& now, QWidget* parent);

    QLineEdit* nameLine() const { return m_name; }
    QListView* list() const { return m_list; }

  signals:
    void filterWanted(const QString& text);

  private:
    void layOut();
    void takeRows();
    void save();
    void use();
    void remove();
    void say(const QString& text);
    bool eventFilter(QObject* watched, QEvent* event) override;

    SavedFilters& m_saved;
    EventFilter m_now;
    QLineEdit* m_name = nullptr;
    QPushButton* m_save = nullptr;
    QListView* m_list = nullptr;
    QLabel* m_note = nullptr;
    QPushButton* m_use = nullptr;
    QPushButton* m_rename = nullptr;
    QPushButton* m_remove = nullptr;
    QPushButton* m_undo = nullptr;
};

} // namespace rewindow
