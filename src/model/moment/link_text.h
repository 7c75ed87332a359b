// The text of a link, as it is copied and typed.
#pragma once

#include "model/moment/moment.h"

#include <QString>

namespace rewindow {

/// A link to that moment that means the same at any time: what is relative in its filter
/// (`before:yesterday`) stands there as what it is now. What only other pages show is left out.
/// Plain ASCII without blanks or quotes, so that no chat, mail or terminal changes it.
QString linkTextOf(Moment moment);

/// From what was typed or pasted; white space around it does not matter. Fails as
/// Moment::fromLink() does, and with Usage for what is no link at all.
Result<Moment> momentOfLinkText(const QString& text);

/// Whether that is meant to be a link.
bool looksLikeLink(const QString& text);

} // namespace rewindow
