// A titled box: the frame every part of a page stands in.
#pragma once

#include "ui/shell/theme.h"

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace rewindow {

/// A header (a square in the colour of what it shows, a title, a badge, small actions at the right)
/// over a body, with a hairline border and round corners. Titles and badges are plain text.
class Panel : public QWidget {
    Q_OBJECT

  public:
    Panel(Theme::Role role, const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// In monospace after the title: an id. Empty hides it.
    void setSubject(const QString& subject);
    /// A pill after the title: "version 9 of 12". Empty hides it. `role` colours it.
    void setBadge(const QString& badge, Theme::Role role = Theme::Role::DimText);
    /// Dim text at the header's right end: a count. Empty hides it.
    void setNote(const QString& note);
    /// A small flat button for `action` at the header's right, after those there are.
    void addHeaderAction(QAction* action);
    void addHeaderWidget(QWidget* widget);
    /// Takes the place below the header; a panel has one body.
    void setBody(QWidget* body);

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Theme::Role m_role;
    QLabel* m_title = nullptr;
    QLabel* m_subject = nullptr;
    QLabel* m_badge = nullptr;
    QLabel* m_note = nullptr;
    QHBoxLayout* m_header = nullptr;
    QVBoxLayout* m_layout = nullptr;
    Theme::Role m_badgeRole = Theme::Role::DimText;
};

} // namespace rewindow
