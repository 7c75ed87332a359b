// Trying whether a store can be opened at an address, before it is.
#pragma once

#include "base/cancel_token.h"
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
    ~ServerLook() override;

    void look(const StoreUrl& url);
    /// Makes a new, empty store there, and looks at it.
    void make(const StoreUrl& url, const QString& domain);
    void forget(); ///< what was asked is not wanted any more, and given up

  signals:
    void found(const rewindow::StoreAtAddress& store);
    void failed(const rewindow::Error& error);

  private:
    using Looking = std::function<Result<StoreAtAddress>(const CancelToken&)>;
    void begin(const Looking& looking);

    quint64 m_latest = 0;
    CancelToken m_cancel; ///< of the latest look
};

} // namespace rewindow
