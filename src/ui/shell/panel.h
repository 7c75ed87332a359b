// A titled box: the frame every part of a page stands in.
#pragma once

#include "ui/shell/theme.h"

#include <QList>
#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace rewindow {

class ElidedLabel;
class Pill;
class YieldingButton;

/// A header (a square in the colour of what it shows, a title, a badge, small actions at the right)
/// over a body, with a hairline border and round corners. Titles and badges are plain text; what
/// cannot be shown in them stands escaped.
class Panel : public QWidget {
    Q_OBJECT

  public:
    Panel(Theme::Role role, const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// In monospace after the title: an id. Empty hides it.
    void setSubject(const QString& subject);
    /// A pill after the title: "version 9 of 12". Empty hides it. `role` colours it.
    void setBadge(const QString& badge, Theme::Role role = Theme::Role::DimText);
    /// Dim text at the header's right end: a count. Empty hides it; it is the first to go where a
    /// header is crowded, and is the header's tooltip then.
    void setNote(const QString& note);
    /// The colour of the header's square, where it is not the role's: an event type's.
    void setSquare(const QColor& color);
    /// A small flat button for `action` at the header's right, after those there are; its text
    /// where it has no icon.
    void addHeaderAction(QAction* action);
    /// A YieldingButton becomes its icon after the note has gone.
    void addHeaderWidget(QWidget* widget);
    /// Takes the place below the header; a panel has one body.
    void setBody(QWidget* body);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    class Head;

    void takeTheme();
    void fitNote();

    Theme::Role m_role;
    QColor m_square; ///< invalid: the role's colour
    Head* m_head = nullptr;
    ElidedLabel* m_title = nullptr;
    ElidedLabel* m_subject = nullptr;
    Pill* m_badge = nullptr;
    QLabel* m_note = nullptr;
    QHBoxLayout* m_header = nullptr;
    QList<YieldingButton*> m_yielding;
    QVBoxLayout* m_layout = nullptr;
};

} // namespace rewindow
