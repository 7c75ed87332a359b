#include "model/domain/domain.h"

#include "model/domain/merge_domain.h"
#include "model/domain/order/order_domain.h"

#include <algorithm>

namespace rewindow {

QStringList Domain::lookups(const Json&, const Command&) const {
    return {};
}

Decision Domain::decide(const Json&, const Command& command, const DecideContext&) const {
    return Rejection{QStringLiteral("The domain %1 has no command %2.").arg(name(), command.name)};
}

const CommandSpec* Domain::commandNamed(const QString& command) const {
    const auto all = commands();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const CommandSpec& spec) { return spec.name == command; });
    return found == all.end() ? nullptr : &*found;
}

Result<std::shared_ptr<const Domain>> domainNamed(const QString& name) {
    const std::shared_ptr<const Domain> all[] = {std::make_shared<MergeDomain>(),
                                                 std::make_shared<OrderDomain>()};
    for (const auto& domain : all)
        if (domain->name() == name)
            return domain;
    return fail(Error::Kind::NotFound, QStringLiteral("there is no domain \"%1\"").arg(name),
                QStringLiteral("choose one of: %1").arg(domainNames().join(QStringLiteral(", "))));
}

QStringList domainNames() {
    return {QStringLiteral("merge"), QStringLiteral("order")};
}

} // namespace rewindow
