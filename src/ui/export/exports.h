// What a window writes to files for whoever looks at it: any table, any picture.
#pragma once

#include "model/export/table_export.h"
#include "ui/export/picture.h"

#include <QObject>

#include <memory>

class QWidget;

namespace rewindow {

/// Writes on a thread of its own, one file after another. Destroying it cancels and waits.
class Exports : public QObject {
    Q_OBJECT

  public:
    /// The one of the window that the widget, or what floats over that window, belongs to; made
    /// when it is first asked for.
    static Exports& of(QWidget& widget);
    ~Exports() override;

    /// Asks for a file, then writes it; the suffix chosen says how.
    void ask(const TableSource& table);
    void ask(const PictureSource& picture);
    /// Names ending in .jsonl are JSON Lines, others CSV.
    void write(const TableSource& table, const QString& path);
    /// Names ending in .svg are drawings, others PNG.
    void write(const PictureSource& picture, const QString& path);

    bool isBusy() const { return m_pending > 0; }
    /// Gives up what is being written, and what waits for it.
    void cancel();

  signals:
    void started(const QString& path);
    void progress(qint64 rows, qint64 total);        ///< `total` -1: nobody knows
    void finished(const QString& path, qint64 rows); ///< `rows` -1: a picture
    void cancelled();
    void failed(const rewindow::Error& error);

  private:
    explicit Exports(QWidget* window);
    using Job = std::function<Result<qint64>(const CancelToken&, const TableOutput::Progress&)>;
    void start(const QString& path, Job job);
    template <class Source>
    void askFor(const Source& source, const QString& title, const QStringList& filters);

    struct Private;
    std::unique_ptr<Private> d;
    CancelToken m_cancel;
    int m_pending = 0;
};

} // namespace rewindow
