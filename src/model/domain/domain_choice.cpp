#include "model/domain/domain_choice.h"

#include "store/workspace.h"

namespace rewindow {

namespace {

QString rememberedDomain(Store& store) {
    const auto workspace = store.workspace();
    if (!workspace)
        return {};
    const auto remembered = (*workspace)->remembered(kRememberedDomain);
    return remembered ? remembered->value_or(QString()) : QString();
}

} // namespace

Result<std::shared_ptr<const Domain>> chooseDomain(Store& store, const QString& wanted) {
    if (!wanted.isEmpty())
        return domainNamed(wanted);
    QString name = store.info().domain;
    if (name.isEmpty())
        name = rememberedDomain(store);
    if (auto domain = domainNamed(name); !name.isEmpty() && domain)
        return domain;
    return domainNamed(QStringLiteral("merge"));
}

} // namespace rewindow
