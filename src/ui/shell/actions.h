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
    /// An action of a page; it leaves the list when it is destroyed.
    void adopt(Menu menu, QAction* action);

    QList<QAction*> all() const;
    QList<QAction*> of(Menu menu) const;

  signals:
    void changed();

  private:
    struct Entry {
        Menu menu;
        QPointer<QAction> action;
    };
    std::vector<Entry> m_entries;
};

} // namespace rewindow
