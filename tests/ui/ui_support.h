// What tests of the window share: folders of their own, an application in a theme, waiting.
#pragma once

#include "model/session/session.h"
#include "ui/shell/main_window.h"
#include "ui/shell/settings.h"
#include "ui/shell/theme.h"

#include <QTemporaryDir>
#include <QTest>

#include <optional>

namespace rewindow::test {

/// Settings, workspaces and the demo lie in a folder of this test while it lives.
class Homes {
  public:
    Homes() {
        qputenv("REWINDOW_CONFIG_HOME", m_folder.filePath(QStringLiteral("config")).toUtf8());
        qputenv("REWINDOW_DATA_HOME", m_folder.filePath(QStringLiteral("data")).toUtf8());
    }
    QString file(const QString& name) const { return m_folder.filePath(name); }

  private:
    QTemporaryDir m_folder;
};

/// Opens a store in the window and waits until it is there; what went wrong, if anything.
inline std::optional<Error> open(MainWindow& window, const StoreUrl& url,
                                 const Landing& landing = {}) {
    std::optional<Result<void>> answer;
    window.openStore(url, {}, landing, [&](Result<void> opened) { answer = opened; });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, 30'000))
        return Error{Error::Kind::Storage, QStringLiteral("no answer"), {}, {}};
    return *answer ? std::nullopt : std::optional(answer->error());
}

/// Nothing is read or folded any more.
inline bool settle(const MainWindow& window) {
    int quiet = 0;
    return QTest::qWaitFor([&] { return (quiet = window.isQuiet() ? quiet + 1 : 0) > 5; }, 30'000);
}

/// The button that shows this text, also where it is a tool button.
template <class Button>
Button* buttonNamed(QWidget& parent, const QString& name) {
    for (Button* button : parent.findChildren<Button*>()) {
        if (button->isVisibleTo(&parent) && button->accessibleName() == name)
            return button;
    }
    return nullptr;
}

} // namespace rewindow::test
