// Words about progress, and a last one.
#include "ui/export/export_strip.h"

#include "ui/export/exports.h"
#include "ui/shell/number_text.h"

#include <QDir>
#include <QFileInfo>
#include <QTimer>

namespace rewindow {

namespace {
constexpr int kLastWordMs = 12'000;
constexpr int kMargin = 6; ///< to the page below it and the window's sides
} // namespace

ExportStrip::ExportStrip(QWidget* parent)
    : WorkStrip(tr("How much has been exported"), parent)
    , m_reading(new QTimer(this)) {
    setContentsMargins(kMargin, kMargin, kMargin, 0);
    m_reading->setSingleShot(true);
    m_reading->setInterval(kLastWordMs);
    connect(m_reading, &QTimer::timeout, this, &WorkStrip::hideNow);
}

void ExportStrip::follow(Exports& exports) {
    connect(&exports, &Exports::started, this, &ExportStrip::showStarted);
    connect(&exports, &Exports::progress, this, &ExportStrip::showProgress);
    connect(&exports, &Exports::finished, this, &ExportStrip::showFinished);
    connect(&exports, &Exports::cancelled, this, &WorkStrip::hideNow);
    connect(&exports, &Exports::failed, this, &WorkStrip::hideNow);
    connect(this, &WorkStrip::pressed, &exports, [this, &exports] {
        if (exports.isBusy())
            exports.cancel();
        else
            hideNow();
    });
}

void ExportStrip::showStarted(const QString& path) {
    m_reading->stop();
    m_file = QFileInfo(path).fileName();
    setProgressShown(true);
    setProgress(0, 0);
    setButton(tr("Cancel"));
    setText(tr("Writing %1…").arg(m_file));
    showSoon();
}

void ExportStrip::showProgress(qint64 rows, qint64 total) {
    setProgress(rows, total);
    setText(total > 0
                ? tr("Writing %1: %2 of %3 rows").arg(m_file, numberText(rows), numberText(total))
                : tr("Writing %1: %2 rows").arg(m_file, numberText(rows)));
}

void ExportStrip::showFinished(const QString& path, qint64 rows) {
    setProgressShown(false);
    setButton(tr("Close"));
    const QString file = QDir::toNativeSeparators(path);
    setText(rows < 0    ? tr("Written: %1").arg(file)
            : rows == 1 ? tr("Written: %1, 1 row").arg(file)
                        : tr("Written: %1, %2 rows").arg(file, numberText(rows)));
    showNow();
    m_reading->start();
}

} // namespace rewindow
