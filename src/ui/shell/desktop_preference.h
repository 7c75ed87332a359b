// Whether the desktop would have windows dark or light.
#pragma once

#include "ui/shell/theme.h"

#include <QObject>

#include <optional>

namespace rewindow {

/// Asks the settings portal over D-Bus, without waiting for it; until it has answered, and where
/// there is none, the palette's lightness decides. Make it before the theme sets a palette.
class DesktopPreference : public QObject {
    Q_OBJECT

  public:
    explicit DesktopPreference(QObject* parent = nullptr);

    Theme::Kind kind() const { return m_portal.value_or(m_palette); }

  signals:
    void changed(rewindow::Theme::Kind kind);

  private:
    void ask();
    void listen();
    void take(const QVariant& value);

    Theme::Kind m_palette;
    std::optional<Theme::Kind> m_portal;
};

} // namespace rewindow
