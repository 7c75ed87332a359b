// Every colour and font of the window, in dark and in light.
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QString>

namespace rewindow {

/// Colour has meaning, after event modelling: command blue, event orange, aggregate yellow, view
/// green, trouble red. One theme at a time, of the whole application.
class Theme : public QObject {
    Q_OBJECT

  public:
    enum class Kind { Dark, Light };
    /// A text of any of these stands out from any ground by a contrast of 4.5 at least.
    enum class Role {
        Window,      ///< behind the panels
        Panel,       ///< a panel's ground
        PanelHeader, ///< a table's header row
        Field,       ///< an input's ground
        Border,      ///< hairlines between rows, panels, around fields
        Text,
        DimText,     ///< labels, secondary columns
        FaintText,   ///< what lies after the playhead
        Selection,   ///< ground of the selected row
        Accent,      ///< focus ring, primary button
        AccentText,  ///< on Accent
        Changed,     ///< ground of a changed value's row
        ChangedText, ///< "set by" of a changed value; the playhead
        Command,
        Event,
        Aggregate,
        View,
        Trouble,
    };
    Q_ENUM(Role)

    static constexpr int kSmallestZoom = 70; ///< percent
    static constexpr int kLargestZoom = 200;

    static Theme& instance();
    Kind kind() const { return m_kind; }
    bool isDark() const { return m_kind == Kind::Dark; }
    /// Sets palette, style and style sheet of the application and emits changed().
    void apply(Kind kind);

    /// Size of all text, in percent.
    int zoom() const { return m_zoom; }
    /// Kept between kSmallestZoom and kLargestZoom; applies and emits changed().
    void setZoom(int percent);

    QColor color(Role role) const;
    /// Stable for the type's name in every run, distinguishable in both themes.
    QColor eventColor(const QString& eventType) const;
    QFont textFont() const;
    QFont smallFont() const;     ///< hints, counts in headers
    QFont monospaceFont() const; ///< values, ids, payloads
    /// A length in pixels at 100 %, at the present zoom.
    int scaled(int pixels) const { return pixels * m_zoom / 100; }
    /// Of a table's or tree's rows, in pixels.
    int rowHeight() const { return scaled(26); }

  signals:
    void changed();

  private:
    Theme() = default;
    Kind m_kind = Kind::Dark;
    int m_zoom = 100;
};

} // namespace rewindow
