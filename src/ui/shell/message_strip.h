// One line above a page: something went wrong, and work can go on.
#pragma once

#include "base/error.h"

#include <QWidget>

namespace rewindow {

class ElidedLabel;

/// Hidden until there is something to say; the latest message stands.
class MessageStrip : public QWidget {
    Q_OBJECT

  public:
    explicit MessageStrip(QWidget* parent = nullptr);

    void say(const Error& error);
    QString message() const;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    ElidedLabel* m_text = nullptr;
};

} // namespace rewindow
