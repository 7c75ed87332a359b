// The list of findings, which says so where there are none.
#pragma once

#include <QListView>

namespace rewindow {

class FindingsList : public QListView {
    Q_OBJECT

  public:
    explicit FindingsList(QAbstractItemModel& findings, QWidget* parent = nullptr);

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void describe();

    QString m_nothing;
};

} // namespace rewindow
