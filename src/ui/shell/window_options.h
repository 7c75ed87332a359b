// The words of the command line that open a window or draw a picture of one.
#pragma once

#include "base/error.h"
#include "ui/shell/landing.h"
#include "ui/shell/theme.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace rewindow {

struct WindowOptions {
    QString store; ///< as it was typed: a path or an address; empty: none
    QString domain;
    Landing landing;
    QString image; ///< the picture to write; empty: a window
    QSize size{1280, 800};
    std::optional<Theme::Kind> theme;
};

/// `arguments` without the program's name. Fails with Usage, naming the option.
Result<WindowOptions> parseWindowOptions(const QStringList& arguments);

} // namespace rewindow
