#include "model/domain/merge_domain.h"

#include "base/json_patch.h"

namespace rewindow {

QString MergeDomain::name() const {
    return QStringLiteral("merge");
}

Json MergeDomain::initialState(const QString&) const {
    return Json::object();
}

Result<Json> MergeDomain::evolve(Json state, const RecordedEvent& event) const {
    if (event.data().empty())
        return state;
    const auto payload = Json::parse(event.data());
    if (!payload)
        return fail(Error::Kind::BadInput,
                    QStringLiteral("the payload of %1 is not JSON (%2: %3)")
                        .arg(toQString(event.type()), payload.error().where, payload.error().what),
                    {},
                    QStringLiteral("%1, version %2")
                        .arg(toQString(event.stream()))
                        .arg(event.version().value()));
    return mergePatch(std::move(state), *payload);
}

} // namespace rewindow
