// The filters of one log side by side: a tab for each.
#pragma once

#include "model/filter/filter_tab_list.h"

#include <QTabBar>

class QToolButton;

namespace rewindow {

/// Shows a list of filters; hidden while there is but one.
class FilterTabs : public QTabBar {
    Q_OBJECT

  public:
    explicit FilterTabs(QWidget* parent = nullptr);

    void present(const FilterTabList& list);

  signals:
    /// By a person, as are closing and moving.
    void chosen(int tab);

  private:
    QToolButton* makeCloseButton();

    bool m_isPresenting = false;
};

} // namespace rewindow
