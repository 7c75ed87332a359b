// A window on a small shop, for tests of going places in it.
#pragma once

#include "ui/places/action_palette.h"
#include "ui/places/go_to_dialog.h"
#include "ui/places/places_desk.h"
#include "ui/small_shop.h"
#include "ui/ui_support.h"

#include <QLineEdit>
#include <QPointer>
#include <QTest>

#include <memory>

namespace rewindow::test {

/// A base of a test: opened anew for each.
class PlacesWindow {
  protected:
    /// Fails the test where it cannot be shown.
    void openOnAShop() {
        Theme::instance().apply(Theme::Kind::Dark);
        m_homes = std::make_unique<Homes>();
        m_shop = std::make_unique<SmallShop>();
        m_shop->make();
        m_settings = std::make_unique<Settings>();
        m_window = std::make_unique<MainWindow>(*m_settings, nullptr);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        const auto problem = open(*m_window, m_shop->url());
        QVERIFY2(!problem, problem ? qPrintable(problem->sentence()) : "");
        QVERIFY(settle(*m_window));
    }

    /// Off screen nobody does it when a popup closes.
    void activate() {
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    GoToDialog* goTo() {
        activate();
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        return m_window->findChild<GoToDialog*>();
    }

    ActionPalette* runAction() {
        activate();
        QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        return m_window->findChild<ActionPalette*>();
    }

    /// Waits until what it looks for is found.
    static bool type(PalettePopup& popup, const QString& text) {
        QTest::keyClicks(&popup.line(), text);
        const auto* places = qobject_cast<GoToDialog*>(&popup);
        return QTest::qWaitFor([&] { return !places || !places->search().isSearching(); });
    }

    static bool closed(const QPointer<PalettePopup>& popup) {
        return QTest::qWaitFor([&] { return popup.isNull(); });
    }

    const Moment& moment() const { return m_window->session()->moment(); }

    std::unique_ptr<Homes> m_homes;
    std::unique_ptr<SmallShop> m_shop;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace rewindow::test
