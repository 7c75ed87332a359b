// Every action of the window in one list: menus, tool row and the list of shortcuts come from it.
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>

#include <vector>

namespace rewindow {

/// An action belongs to one menu. Pages bring theirs while they are there.
class Actions : public QObject {
    Q_OBJECT

  public:
    enum class Menu { File, Store, Aggregate, Projection, View, Help };
    static constexpr Menu kMenus[] = {Menu::File,       Menu::Store, Menu::Aggregate,
                                      Menu::Projection, Menu::View,  Menu::Help};
    static QString menuName(Menu menu);

    struct Spec {
        QString name; ///< as a menu shows it, without mnemonic
        QString icon;
        QString toolTip; ///< a sentence
        QList<QKeySequence> shortcuts = {};
    };

    explicit Actions(QObject* parent = nullptr) : QObject(parent) {}

    QAction* add(Menu menu, const Spec& spec);
    /// An action of a page, if one is given; it leaves the list when it is destroyed.
    void adopt(Menu menu, QAction* action, QWidget* page = nullptr);
    /// The page that is in sight.
    void setPage(QWidget* page);

    QList<QAction*> all() const;
    /// Those of the window and of the page in sight. What else stood in a menu would answer to its
    /// keys, which another page may give another meaning.
    QList<QAction*> inSight(Menu menu) const;

  signals:
    void changed();

  private:
    struct Entry {
        Menu menu;
        QPointer<QAction> action;
        QWidget* page; ///< compared only
    };
    std::vector<Entry> m_entries;
    QWidget* m_page = nullptr;
};

} // namespace rewindow
