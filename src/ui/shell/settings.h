// What the window remembers from one start to the next.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <memory>

class QSettings;

namespace rewindow {

enum class ThemeChoice { Auto, Dark, Light };

/// Kept in `REWINDOW_CONFIG_HOME`/rewindow.ini if that is set, else in the user's settings.
class Settings {
  public:
    static constexpr int kMostRecent = 10;

    enum class Storage {
        Usual,
        Nowhere, ///< remembers nothing, knows nothing
    };
    explicit Settings(Storage storage = Storage::Usual);
    ~Settings();

    /// Where a settings file that could not be read was put, to begin anew; empty: it could be.
    const QString& setAside() const { return m_setAside; }

    /// Addresses as StoreUrl::toString() gives them, the latest first.
    QStringList recentStores() const;
    void addRecentStore(const QString& address);
    void removeRecentStore(const QString& address);

    /// Those on servers, which no file makes way for.
    QStringList recentServers() const;
    void addRecentServer(const QString& address);

    /// The store that is open, or was when the window ended; empty: none.
    QString openStore() const;
    void setOpenStore(const QString& address);

    ThemeChoice themeChoice() const;
    void setThemeChoice(ThemeChoice choice);
    int zoom() const; ///< percent
    void setZoom(int percent);

    bool hasLocalTimes() const; ///< times are shown in the local zone, not in UTC
    void setLocalTimes(bool local);

    QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray& geometry);
    QByteArray layout(const QString& page) const;
    void setLayout(const QString& page, const QByteArray& layout);
    void forgetLayouts();

    QString lastFolder() const; ///< where a file was opened last
    void setLastFolder(const QString& folder);

  private:
    QVariant value(const QString& key, const QVariant& otherwise = {}) const;
    void setValue(const QString& key, const QVariant& value);

    QString m_setAside;
    std::unique_ptr<QSettings> m_settings; ///< nullptr: nowhere
};

} // namespace rewindow
