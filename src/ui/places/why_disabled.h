// Why an action cannot be run now.
#pragma once

#include <QAction>
#include <QString>
#include <QVariant>

namespace rewindow {

/// `why` is a sentence, for whoever looks at the action while it is disabled.
inline void setEnabledOr(QAction& action, bool enabled, const QString& why) {
    action.setEnabled(enabled);
    action.setProperty("whyDisabled", enabled ? QString() : why);
}

/// Empty while it is enabled, or where nobody said.
inline QString whyDisabled(const QAction& action) {
    return action.isEnabled() ? QString() : action.property("whyDisabled").toString();
}

} // namespace rewindow
