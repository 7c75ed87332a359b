// A dialog, a thread, answers.
#include "ui/export/exports.h"

#include "base/deep_stack.h"
#include "base/post_to.h"
#include "ui/shell/file_dialog.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QThread>
#include <QWidget>

namespace rewindow {

namespace {

/// What a store calls something, as a name every file system takes. Without dots: what follows one
/// would be taken for the suffix that says how to write.
QString fileNameOf(const QString& name) {
    static const QRegularExpression odd(QStringLiteral("[^\\w-]+"),
                                        QRegularExpression::UseUnicodePropertiesOption);
    return QString(name).left(100).replace(odd, QStringLiteral("-"));
}

} // namespace

struct Exports::Private {
    QThread thread;
    QObject worker; ///< lives on the thread
    QString folder; ///< where the last file went
};

Exports& Exports::of(QWidget& widget) {
    QWidget* window = &widget; // a panel that floats has a window of its own
    while (QWidget* above = window->parentWidget())
        window = above;
    auto* exports = window->findChild<Exports*>(QString(), Qt::FindDirectChildrenOnly);
    return exports ? *exports : *new Exports(window);
}

Exports::Exports(QWidget* window) : QObject(window), d(std::make_unique<Private>()) {
    d->thread.setObjectName(QStringLiteral("exports"));
    d->thread.setStackSize(kDeepStackBytes);
    d->worker.moveToThread(&d->thread);
    d->thread.start(QThread::LowPriority);
}

Exports::~Exports() {
    m_cancel.cancel();
    d->thread.quit();
    d->thread.wait();
}

void Exports::cancel() {
    m_cancel.cancel();
}

template <class Source>
void Exports::askFor(const Source& source, const QString& title, const QStringList& filters) {
    auto* dialog = new FileDialog(qobject_cast<QWidget*>(parent()), title, d->folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setNameFilters(filters);
    const auto takeFilter = [dialog](const QString& filter) {
        const qsizetype dot = filter.lastIndexOf(QLatin1String("*."));
        dialog->setDefaultSuffix(filter.sliced(dot + 2).chopped(1));
    };
    takeFilter(filters.first());
    dialog->selectFile(fileNameOf(source.name));
    connect(dialog, &QFileDialog::filterSelected, dialog, takeFilter);
    connect(dialog, &QFileDialog::fileSelected, this, [this, source](const QString& path) {
        d->folder = QFileInfo(path).path();
        write(source, path);
    });
    dialog->open();
}

void Exports::ask(const TableSource& table) {
    askFor(table, tr("Export the table"),
           {tr("Comma-separated values (%1)").arg(QStringLiteral("*.csv")),
            tr("JSON Lines (%1)").arg(QStringLiteral("*.jsonl"))});
}

void Exports::ask(const PictureSource& picture) {
    askFor(picture, tr("Export the picture"),
           {tr("Picture (%1)").arg(QStringLiteral("*.png")),
            tr("Drawing (%1)").arg(QStringLiteral("*.svg"))});
}

void Exports::write(const TableSource& table, const QString& path) {
    const bool isJson = path.endsWith(u".jsonl", Qt::CaseInsensitive);
    const auto format = isJson ? TableFormat::JsonLines : TableFormat::Csv;
    start(path,
          [table, path, format](const CancelToken& cancel, const TableOutput::Progress& progress) {
              return writeTable(table, path, format, cancel, progress);
          });
}

void Exports::write(const PictureSource& picture, const QString& path) {
    const bool isDrawing = path.endsWith(u".svg", Qt::CaseInsensitive);
    const QByteArray drawing = isDrawing ? pictureAsSvg(picture) : QByteArray();
    const QImage image = isDrawing ? QImage() : pictureAsImage(picture);
    start(
        path,
        [path, drawing, image](const CancelToken&, const TableOutput::Progress&) -> Result<qint64> {
            const auto written = writeFile(path, image.isNull() ? drawing : imageAsPng(image));
            return written ? Result<qint64>(-1) : std::unexpected(written.error());
        });
}

void Exports::start(const QString& path, Job job) {
    if (m_pending == 0)
        m_cancel = {};
    ++m_pending;
    postTo(&d->worker, [this, path, job = std::move(job), cancel = m_cancel] {
        postTo(this, [this, path] { emit started(path); });
        const auto tell = [this](qint64 rows, qint64 total) {
            postTo(this, [this, rows, total] { emit progress(rows, total); });
        };
        const Result<qint64> written =
            cancel.isCancelled() ? fail(Error::Kind::Cancelled, {}) : job(cancel, tell);
        postTo(this, [this, path, written] {
            --m_pending;
            if (written)
                emit finished(path, *written);
            else if (written.error().kind == Error::Kind::Cancelled)
                emit cancelled();
            else
                emit failed(written.error());
        });
    });
}

} // namespace rewindow
