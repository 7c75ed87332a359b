// Links, copied from anywhere.
#include "ui/places/link_clipboard.h"

#include "model/moment/link_text.h"
#include "ui/shell/icons.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QMenu>

namespace rewindow {

void copyLink(const Moment& moment) {
    QGuiApplication::clipboard()->setText(linkTextOf(moment));
}

void addCopyLink(QMenu& menu, const Moment& moment) {
    menu.addAction(icon(QStringLiteral("link")), QCoreApplication::translate("Links", "Copy link"),
                   &menu, [moment] { copyLink(moment); });
}

} // namespace rewindow
