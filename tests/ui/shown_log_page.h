// The Log page of a store in a window of its own, for tests of what is on it.
#pragma once

#include "ui/log/log_page.h"
#include "ui/log/log_table.h"
#include "ui/shell/theme.h"
#include "ui/small_shop.h"

#include <QTest>

namespace rewindow::test {

/// A base of a test: opened anew for each, the table having the focus.
class ShownLogPage {
  protected:
    /// Of a small shop that is made for it. Fails the test where it cannot be shown.
    void openOnAShop() {
        m_shop = std::make_unique<SmallShop>();
        m_shop->make();
        openOn(m_shop->url());
    }

    /// The page before it, and its session, end first.
    void openOn(const StoreUrl& url, QSize size = {1200, 700}) {
        m_page.reset();
        m_session.reset();
        Theme::instance().apply(Theme::Kind::Dark);
        m_session = openSession(url);
        QVERIFY(m_session);
        m_page = std::make_unique<LogPage>(*m_session);
        m_page->resize(size);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->table()->setFocus();
    }

    void close() {
        m_page.reset();
        m_session.reset();
        m_shop.reset();
    }

    std::unique_ptr<SmallShop> m_shop;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<LogPage> m_page;
};

} // namespace rewindow::test
