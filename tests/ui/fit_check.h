// Looking for words that do not fit their place, or were never given to a translator.
#pragma once

#include "pseudo_translation.h"
#include "ui/shell/elided_label.h"
#include "ui/shell/pill.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QCommandLinkButton>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QSet>
#include <QStyle>
#include <QStyleOptionHeader>
#include <QTabBar>
#include <QToolButton>

namespace rewindow::test {

class FitCheck {
  public:
    /// `known` are words that are no language's: names that come from the store.
    explicit FitCheck(QSet<QString> known) : m_known(std::move(known)) {}

    void check(QWidget& window) {
        for (QWidget* part : window.findChildren<QWidget*>()) {
            // The toolkit's own dialog is laid out by it.
            if (!part->isVisible() || part->visibleRegion().isEmpty() ||
                qobject_cast<QFileDialog*>(part->window()))
                continue;
            ++m_parts;
            lookAtWords(*part);
            lookAtRoom(*part);
        }
    }

    /// What a menu says, also of those that stand in it.
    void checkMenu(const QMenu& menu) {
        for (const QAction* action : menu.actions()) {
            lookAtText(menu, QStringLiteral("menu"), action->text());
            lookAtText(menu, QStringLiteral("tip"), action->statusTip());
        }
    }

    const QStringList& problems() const { return m_problems; }
    int parts() const { return m_parts; }

    void complain(const QWidget& part, const QString& what, const QString& text) {
        QString place;
        for (const QWidget* at = &part; at && !at->isWindow(); at = at->parentWidget())
            place = QString::fromLatin1(at->metaObject()->className()).section(u':', -1) +
                    (place.isEmpty() ? QString() : QStringLiteral(" > ")) + place;
        const QString problem = QStringLiteral("%1 “%2” in %3").arg(what, text, place);
        if (!m_problems.contains(problem))
            m_problems.append(problem);
    }

  private:
    void lookAtText(const QWidget& part, const QString& what, const QString& text) {
        static const QRegularExpression words(QStringLiteral("[A-Za-z][A-Za-z'-]{2,}"));
        auto found = words.globalMatch(PseudoTranslator::untranslated(text));
        while (found.hasNext()) {
            const QString word = found.next().captured();
            if (!m_known.contains(word.toLower()))
                complain(part, QStringLiteral("untranslated %1 (%2)").arg(what, word), text);
        }
    }

    void lookAtWords(const QWidget& part) {
        lookAtText(part, QStringLiteral("name"), part.accessibleName());
        lookAtText(part, QStringLiteral("description"), part.accessibleDescription());
        static const QRegularExpression tags(QStringLiteral("<[^>]*>"));
        lookAtText(part, QStringLiteral("tooltip"), part.toolTip().remove(tags));
        if (const auto* label = qobject_cast<const QLabel*>(&part))
            lookAtText(part, QStringLiteral("label"), label->text());
        if (const auto* button = qobject_cast<const QAbstractButton*>(&part))
            lookAtText(part, QStringLiteral("button"), button->text());
        if (const auto* line = qobject_cast<const QLineEdit*>(&part))
            lookAtText(part, QStringLiteral("placeholder"), line->placeholderText());
        for (const QAction* action : part.actions()) {
            lookAtText(part, QStringLiteral("action"), action->text());
            lookAtText(part, QStringLiteral("tip"), action->statusTip());
        }
    }

    void lookAtRoom(const QWidget& part) {
        if (const auto* header = qobject_cast<const QHeaderView*>(&part))
            return lookAtHeader(*header);
        if (const auto* label = qobject_cast<const QLabel*>(&part))
            return lookAtLabel(*label);
        if (const auto* bar = qobject_cast<const QMenuBar*>(&part)) {
            for (QAction* action : bar->actions())
                if (!bar->rect().contains(bar->actionGeometry(action)))
                    complain(part, QStringLiteral("no room for menu"), action->text());
            return;
        }
        if (const auto* bar = qobject_cast<const QTabBar*>(&part)) {
            if (bar->sizeHint().width() > bar->width() && !bar->usesScrollButtons())
                complain(part, QStringLiteral("no room for tabs"), bar->tabText(0));
            return;
        }
        if (const auto* button = qobject_cast<const QAbstractButton*>(&part)) {
            const auto* tool = qobject_cast<const QToolButton*>(button);
            const bool isIcon = tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly;
            const QSize wanted = button->sizeHint();
            if (const auto* link = qobject_cast<const QCommandLinkButton*>(button)) {
                if (link->heightForWidth(part.width()) > part.height())
                    complain(part, roomText(wanted, part.size()), button->text());
                return;
            }
            if (!isIcon && !button->text().isEmpty() &&
                (wanted.width() > part.width() || wanted.height() > part.height()))
                complain(part, roomText(wanted, part.size()), button->text());
            return;
        }
        if (const auto* line = qobject_cast<const QLineEdit*>(&part)) {
            const int wanted = line->fontMetrics().horizontalAdvance(line->placeholderText());
            const int room = line->width() - 16;
            if (line->text().isEmpty() && wanted > room && line->toolTip().isEmpty())
                complain(part, QStringLiteral("%1 pixels for %2 of").arg(room).arg(wanted),
                         line->placeholderText());
        }
    }

    static QString roomText(const QSize& wanted, const QSize& room) {
        return QStringLiteral("%1x%2 pixels for %3x%4 of")
            .arg(room.width())
            .arg(room.height())
            .arg(wanted.width())
            .arg(wanted.height());
    }

    /// What gives way by "…" has its whole text as its tooltip, where that is a name from the
    /// store; words of ours must be seen whole.
    void lookAtLabel(const QLabel& label) {
        const bool isElided = qobject_cast<const ElidedLabel*>(&label);
        if (label.text().isEmpty())
            return;
        if (label.wordWrap()) {
            const int wanted = label.heightForWidth(label.width());
            if (wanted > label.height())
                complain(label, roomText({label.width(), wanted}, label.size()), label.text());
            return;
        }
        const QSize wanted = label.sizeHint();
        const bool isOurs = label.text().startsWith(PseudoTranslator::kOpen);
        if ((isOurs || !isElided) &&
            (wanted.width() > label.width() || wanted.height() > label.height()))
            complain(label, roomText(wanted, label.size()), label.text());
    }

    void lookAtHeader(const QHeaderView& header) {
        const QAbstractItemModel* model = header.model();
        for (int section = 0; model && section < header.count(); ++section) {
            if (header.isSectionHidden(section))
                continue;
            const QString text =
                model->headerData(section, header.orientation(), Qt::DisplayRole).toString();
            lookAtText(header, QStringLiteral("header"), text);
            const int wanted = header.fontMetrics().horizontalAdvance(text) + 16;
            const bool isInSight =
                header.sectionViewportPosition(section) < header.viewport()->width();
            const QString tip =
                model->headerData(section, header.orientation(), Qt::ToolTipRole).toString();
            if (isInSight && wanted > header.sectionSize(section) && tip.isEmpty())
                complain(header,
                         QStringLiteral("%1 pixels for %2 of header")
                             .arg(header.sectionSize(section))
                             .arg(wanted),
                         text);
        }
    }

    QSet<QString> m_known;
    QStringList m_problems;
    int m_parts = 0;
};

} // namespace rewindow::test
