// A session while its store is being opened.
#pragma once

#include "model/session/session_private.h"

namespace rewindow {

/// A child of the guard: when that goes, so do this and its lanes. Deletes itself when it is done.
class Session::Opening : public QObject {
    Q_OBJECT

  public:
    using Done = std::function<void(Result<std::unique_ptr<Session>>)>;
    Opening(const StoreUrl& url, const QString& domain, QObject* guard, Done done);

  private:
    void look();
    void prepareWriting();
    void finish(Result<std::unique_ptr<Session>> session);

    QString m_domain;
    Done m_done;
    std::unique_ptr<Private> m_parts;
};

} // namespace rewindow
