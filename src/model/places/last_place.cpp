// Where a store was left, so that it opens there again.
#include "model/places/last_place.h"

#include "model/moment/link_text.h"
#include "model/session/session.h"
#include "store/workspace.h"

#include <QCoreApplication>

namespace rewindow {

namespace {

const QString kRememberedPlace = QStringLiteral("place");

Result<std::optional<Moment>> readPlace(Store& store) {
    const Result<Workspace*> workspace = store.workspace();
    if (!workspace)
        return std::unexpected(workspace.error());
    const auto aside = (*workspace)->remembered(Workspace::setAsideKey());
    if (aside && !aside->value_or(QString()).isEmpty()) {
        [[maybe_unused]] const auto forgotten =
            (*workspace)->remember(Workspace::setAsideKey(), {});
        return fail(Error::Kind::Storage,
                    QCoreApplication::translate(
                        "LastPlace", "What was remembered of this store could not be read, and "
                                     "begins anew; it was put aside as %1")
                        .arg(**aside));
    }
    const auto link = (*workspace)->remembered(kRememberedPlace);
    if (!link)
        return std::unexpected(link.error());
    if (!*link)
        return std::optional<Moment>();
    const auto moment = momentOfLinkText(**link);
    if (!moment)
        return fail(Error::Kind::BadInput,
                    QCoreApplication::translate(
                        "LastPlace", "The place where this store was left cannot be read, so it "
                                     "opens as if for the first time"));
    return std::optional(*moment);
}

/// Not to be able to keep it is no reason to interrupt anyone.
void writePlace(const QString& storeId, const QString& link) {
    if (const auto workspace = Workspace::open(storeId)) [[maybe_unused]]
        const auto kept = (*workspace)->remember(kRememberedPlace, link);
}

} // namespace

LastPlace::LastPlace(Session& session, QObject* parent) : QObject(parent), m_session(session) {
    m_writing.setMaxThreadCount(1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &LastPlace::keep);
    connect(&session, &Session::momentChanged, this, [this] {
        if (!m_pause.isActive())
            m_pause.start();
    });
    keep();
}

LastPlace::~LastPlace() {
    keep();
    m_writing.waitForDone();
}

void LastPlace::keep() {
    const QString link = linkTextOf(m_session.moment());
    if (std::exchange(m_kept, link) == link)
        return;
    m_writing.start([id = m_session.info().storeId, link] { writePlace(id, link); });
}

void LastPlace::find(Session& session, QObject* guard,
                     std::function<void(Result<std::optional<Moment>>)> done) {
    session.reading().run<std::optional<Moment>>(
        guard, [](Store& store, const CancelToken&) { return readPlace(store); }, std::move(done));
}

} // namespace rewindow
