// An icon, a title, a sentence, a progress bar or buttons, in the middle of the page.
#include "ui/shell/notice_page.h"

#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace rewindow {

namespace {
constexpr int kTextWidth = 560;
constexpr int kIconSize = 40;
constexpr int kSteps = 1000;
} // namespace

NoticePage::NoticePage(QWidget* parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_buttons(new QHBoxLayout) {
    for (QLabel* label : {m_title, m_sentence}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignCenter);
    }
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_icon->setAlignment(Qt::AlignCenter);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress"));
    m_sentence->setAccessibleName(tr("Message"));
    m_buttons->setSpacing(8);

    auto* column = new QVBoxLayout;
    column->setSpacing(14);
    column->addStretch(2);
    column->addWidget(m_icon);
    column->addWidget(m_title);
    column->addWidget(m_sentence);
    column->addWidget(m_progress);
    column->addLayout(m_buttons);
    column->addStretch(3);
    auto* row = new QHBoxLayout(this);
    row->addStretch(1);
    row->addLayout(column);
    row->addStretch(1);
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, &NoticePage::takeTheme);
}

void NoticePage::takeTheme() {
    const Theme& theme = Theme::instance();
    QFont large = theme.textFont();
    large.setPixelSize(theme.scaled(18));
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    const int width = theme.scaled(kTextWidth);
    m_title->setFixedWidth(width);
    m_sentence->setFixedWidth(width);
    m_progress->setFixedWidth(width);
}

void NoticePage::showProgress(const QString& title, QAction* cancel) {
    m_icon->hide();
    m_title->setText(onOneLine(title));
    m_sentence->hide();
    m_progress->show();
    setProgress(0, 0);
    setWaysOut({cancel});
}

void NoticePage::setProgress(qint64 reached, qint64 total) {
    m_progress->setRange(0, total > 0 ? kSteps : 0);
    if (total > 0)
        m_progress->setValue(static_cast<int>(reached * kSteps / total));
}

void NoticePage::showTrouble(const QString& title, const QString& sentence,
                             const QList<QAction*>& waysOut) {
    m_icon->setPixmap(icon(QStringLiteral("warning")).pixmap(kIconSize, kIconSize));
    m_icon->show();
    m_title->setText(onOneLine(title));
    m_sentence->setText(onLines(sentence.toStdString()));
    m_sentence->setAccessibleName(sentence);
    m_sentence->show();
    m_progress->hide();
    setWaysOut(waysOut);
}

QString NoticePage::sentence() const {
    return m_sentence->isHidden() ? QString() : m_sentence->text();
}

void NoticePage::setWaysOut(const QList<QAction*>& waysOut) {
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    m_buttons->addStretch(1);
    for (QAction* action : waysOut) {
        auto* button = new QPushButton(action->icon(), action->text(), this);
        button->setAccessibleName(action->text());
        button->setProperty("primary", waysOut.size() > 1 && action == waysOut.first());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        m_buttons->addWidget(button);
        button->show();
        if (action == waysOut.first())
            button->setFocus();
    }
    m_buttons->addStretch(1);
}

} // namespace rewindow
