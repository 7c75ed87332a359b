// Trying whether a store can be opened at an address, before it is.
#pragma once

#include "base/error.h"
#include "store/store.h"

#include <QObject>

#include <functional>
#include <memory>

namespace rewindow {

/// What is there, as a dialog says it.
struct StoreAtAddress {
    StoreInfo info;
    qint64 events = 0;
};

/// Looks at one address at a time, each on a thread of its own, as a server may let one wait. Only
/// the latest look is answered.
class ServerLook : public QObject {
    Q_OBJECT

  public:
    explicit ServerLook(QObject* parent = nullptr);

    void look(const StoreUrl& url);
    void forget(); ///< what was asked is not wanted any more

  signals:
    void found(const rewindow::StoreAtAddress& store);
    void failed(const rewindow::Error& error);

  private:
    quint64 m_latest = 0;
};

} // namespace rewindow
