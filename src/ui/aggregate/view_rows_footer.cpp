// The strip below a view's rows: which view, who set a cell, how far long work is.
#include "ui/aggregate/view_rows_footer.h"

#include "ui/aggregate/view_rows_tabs.h"
#include "ui/shell/elided_label.h"
#include "ui/shell/icons.h"
#include "ui/shell/number_text.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QHBoxLayout>

#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

namespace rewindow {

ViewRowsFooter::ViewRowsFooter(QWidget* parent)
    : QWidget(parent)
    , m_tabs(new ViewRowsTabs(this))
    , m_answer(new ElidedLabel({}, this))
    , m_go(new QPushButton(tr("Go to this event"), this))
    , m_dismiss(new QToolButton(this))
    , m_work(new ElidedLabel({}, this))
    , m_bar(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this)) {
    m_tabs->setAccessibleName(tr("Views of the domain"));
    m_answer->setAccessibleName(tr("Who set this"));
    m_answer->setObjectName(QStringLiteral("projection.setter"));
    m_go->setObjectName(QStringLiteral("projection.go-to-setter"));
    m_go->setToolTip(tr("Move the playhead to the event that set this value"));
    m_dismiss->setIcon(icon(QStringLiteral("close")));
    m_dismiss->setAccessibleName(tr("Dismiss the answer"));
    m_dismiss->setToolTip(tr("Dismiss the answer"));
    m_bar->setFixedWidth(Theme::instance().scaled(120));
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress"));
    m_cancel->setObjectName(QStringLiteral("projection.cancel"));

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 0, 6, 0);
    layout->setSpacing(8);
    layout->addWidget(m_tabs);
    layout->addStretch(1);
    for (QWidget* widget : {static_cast<QWidget*>(m_answer), static_cast<QWidget*>(m_go),
                            static_cast<QWidget*>(m_dismiss), static_cast<QWidget*>(m_work),
                            static_cast<QWidget*>(m_bar), static_cast<QWidget*>(m_cancel)})
        layout->addWidget(widget);
    clearAnswer();
    hideProgress();

    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        if (tab >= 0)
            emit viewChosen(m_tabs->tabText(tab));
    });
    connect(m_go, &QPushButton::clicked, this,
            [this] { emit goTo(m_setterStream, m_setterPosition); });
    connect(m_dismiss, &QToolButton::clicked, this, &ViewRowsFooter::clearAnswer);
    connect(m_cancel, &QPushButton::clicked, this, &ViewRowsFooter::cancelled);
}

void ViewRowsFooter::setViews(const QStringList& names) {
    const QSignalBlocker quiet(m_tabs);
    while (m_tabs->count())
        m_tabs->removeTab(0);
    for (const QString& name : names)
        m_tabs->addTab(name);
    m_tabs->setVisible(names.size() > 0);
}

void ViewRowsFooter::setCurrentView(const QString& name) {
    const QSignalBlocker quiet(m_tabs);
    for (int tab = 0; tab < m_tabs->count(); ++tab)
        if (m_tabs->tabText(tab) == name)
            m_tabs->setCurrentIndex(tab);
}

void ViewRowsFooter::showSetter(const QString& cell, const RecordedEvent& event) {
    m_setterStream = toQString(event.stream());
    m_setterPosition = event.position();
    showAnswer(tr("%1: position %2 · v%3 %4 of %5")
                   .arg(cell, numberText(event.position().value()))
                   .arg(event.version().value())
                   .arg(onOneLine(event.type()), onOneLine(event.stream())));
    m_go->show();
}

void ViewRowsFooter::showSentence(const QString& sentence) {
    showAnswer(sentence);
    m_go->hide();
}

void ViewRowsFooter::showAnswer(const QString& sentence) {
    m_answer->setText(onOneLine(sentence));
    m_answer->show();
    m_dismiss->show();
}

void ViewRowsFooter::clearAnswer() {
    m_answer->hide();
    m_go->hide();
    m_dismiss->hide();
}

void ViewRowsFooter::showProgress(const QString& what, qint64 reached, qint64 total) {
    clearAnswer();
    m_work->setText(what);
    m_work->show();
    // QProgressBar counts in int; positions do not fit one.
    m_bar->setRange(0, total > 0 ? 1000 : 0);
    if (total > 0)
        m_bar->setValue(
            static_cast<int>(static_cast<double>(reached) * 1000 / static_cast<double>(total)));
    m_bar->show();
    m_cancel->show();
}

void ViewRowsFooter::hideProgress() {
    m_work->hide();
    m_bar->hide();
    m_cancel->hide();
}

} // namespace rewindow
