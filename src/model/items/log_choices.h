// Which columns and colours a person chose for the log of this store: kept from one start to the
// next.
#pragma once

#include "model/items/colour_rules.h"
#include "model/items/log_columns.h"
#include "model/store_lane.h"

#include <QObject>

namespace rewindow {

/// Lives on the UI thread; keeps in the store's workspace by way of a lane. Until what is kept has
/// been read, and where it cannot be, the usual columns and no rules.
class LogChoices : public QObject {
    Q_OBJECT

  public:
    /// The lane outlives it.
    explicit LogChoices(StoreLane& lane, QObject* parent = nullptr);

    /// Reads what is kept. A choice made meanwhile stays.
    void load();

    const LogColumns& columns() const { return m_columns; }
    const ColourRules& rules() const { return m_rules; }
    /// These show at once, and are kept.
    void setColumns(const LogColumns& columns);
    void setRules(const ColourRules& rules);

  signals:
    void columnsChanged();
    void rulesChanged();
    /// Of reading and of keeping.
    void failed(const rewindow::Error& error);

  private:
    struct Kept;
    void take(const Kept& kept);
    void keep(const QString& key, const QString& text);

    StoreLane& m_lane;
    LogColumns m_columns;
    ColourRules m_rules;
    bool m_columnsChosen = false; ///< since this was made
    bool m_rulesChosen = false;
};

} // namespace rewindow
