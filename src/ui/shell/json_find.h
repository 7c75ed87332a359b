// The line that finds a text in a tree of JSON values.
#pragma once

#include "model/items/json_search.h"
#include "model/store_lane.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

class QLabel;
class QLineEdit;
class QModelIndex;
class QPainter;
class QRect;
class QTreeView;

namespace rewindow {

/// Stands hidden beside a tree until Ctrl+F is pressed there or open() is called. Goes from hit to
/// hit (Return, F3; backwards with Shift), says how many there are, and tells the tree's delegate
/// which cells to mark. Searches on a lane.
class JsonFind : public QWidget {
    Q_OBJECT

  public:
    /// How the tree shows the values that are searched.
    struct Shown {
        QTreeView& tree;
        std::function<QModelIndex(const JsonHit& hit)> indexOf; ///< fetches what it needs
        std::function<QString(const QModelIndex& index)> place; ///< as JsonHit::place()
    };

    /// The lane outlives it, and so does the tree.
    JsonFind(StoreLane& lane, Shown shown, QWidget* parent = nullptr);
    ~JsonFind() override;

    /// What is searched from now on; the text stays.
    void setValues(std::vector<Json> roots);
    void open();
    void close();
    void findNext() { go(true); }
    void findPrevious() { go(false); }

    /// Which JsonHits::Parts of that row hold the text.
    int found(const QModelIndex& index) const;
    QLineEdit& line() const { return *m_line; }
    QString message() const; ///< "3 of 17"
    bool isQuiet() const { return !m_isSearching && !m_typing.isActive(); }

    /// Behind the text of a cell in which the text was found, and under it: a mark also to who sees
    /// no colours.
    static void paintGround(QPainter& painter, const QRect& cell);
    static void paintLine(QPainter& painter, const QRect& cell);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void search();
    void take(const JsonHits& hits);
    void go(bool forward);
    void say();
    void clear();
    bool takeKey(int key, Qt::KeyboardModifiers modifiers);

    StoreLane& m_lane;
    Shown m_shown;
    QLineEdit* m_line = nullptr;
    QLabel* m_message = nullptr;
    std::shared_ptr<const std::vector<Json>> m_roots;
    JsonHits m_hits;
    qint64 m_current = -1; ///< of the hits
    QTimer m_typing;
    CancelToken m_searching;
    bool m_isSearching = false;
    bool m_goesOn = false; ///< to the first hit, once it is found
};

} // namespace rewindow
