// Two versions of an aggregate, or two aggregates, side by side.
#include "ui/compare/compare_window.h"

#include "base/json_patch.h"
#include "model/items/comparison_model.h"
#include "model/items/shown_locale.h"
#include "model/session/session.h"
#include "ui/compare/compare_side.h"
#include "ui/compare/comparison_delegate.h"
#include "ui/places/link_clipboard.h"
#include "ui/shell/theme.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace rewindow {

namespace {
constexpr int kWidth = 1000;
constexpr int kHeight = 640;
constexpr int kFieldWidth = 260;
constexpr int kSignWidth = 36;
constexpr int kExpandedAtOnce = 400; ///< places; of more, those that differ alone
} // namespace

CompareWindow::CompareWindow(Session& session, const Comparison& comparison, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_model(new ComparisonModel(this)) {
    setWindowTitle(tr("Compare"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(Theme::instance().scaled(kWidth), Theme::instance().scaled(kHeight));
    m_message = new QLabel(this);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    buildTree();
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(buildSides(comparison));
    layout->addWidget(m_message);
    layout->addWidget(m_tree, 1);
    layout->addWidget(buildTools());

    addAction(tr("Next difference"), Qt::Key_F8, &CompareWindow::goToNext);
    addAction(tr("Previous difference"), Qt::SHIFT | Qt::Key_F8, &CompareWindow::goToPrevious);
    addAction(tr("Copy a link to this comparison"), Qt::CTRL | Qt::SHIFT | Qt::Key_C,
              &CompareWindow::copyLinkToThis);
    auto* back = new QAction(tr("Back"), this);
    back->setShortcuts({Qt::ALT | Qt::Key_Left, Qt::Key_Back});
    connect(back, &QAction::triggered, this, &CompareWindow::goBack);
    QWidget::addAction(back);
    m_tree->setFocus();
    compare();
}

CompareWindow::~CompareWindow() {
    m_asked.cancel();
}

QWidget* CompareWindow::buildSides(const Comparison& comparison) {
    auto* row = new QWidget(this);
    row->setLayoutDirection(Qt::LeftToRight); // what is called left stands there
    m_left = new CompareSide(m_session, tr("Left"), comparison.left, row);
    m_right = new CompareSide(m_session, tr("Right"), comparison.right, row);
    auto* swap = new QPushButton(tr("Swap"), row);
    swap->setAutoDefault(false);
    swap->setToolTip(tr("Change the sides"));
    connect(swap, &QPushButton::clicked, this, &CompareWindow::swap);
    for (CompareSide* side : {m_left, m_right})
        connect(side, &CompareSide::changed, this, &CompareWindow::compare);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_left, 1);
    layout->addWidget(swap);
    layout->addWidget(m_right, 1);
    return row;
}

void CompareWindow::buildTree() {
    m_tree = new QTreeView(this);
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new ComparisonDelegate(m_tree));
    m_tree->setAccessibleName(tr("Both states, place by place"));
    // JSON is read from left to right in every language.
    m_tree->setLayoutDirection(Qt::LeftToRight);
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    QHeaderView* header = m_tree->header();
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(Theme::instance().scaled(kSignWidth));
    header->resizeSection(ComparisonModel::FieldColumn, Theme::instance().scaled(kFieldWidth));
    header->setSectionResizeMode(ComparisonModel::SignColumn, QHeaderView::Fixed);
    header->resizeSection(ComparisonModel::SignColumn, Theme::instance().scaled(kSignWidth));
    header->setSectionResizeMode(ComparisonModel::LeftColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(ComparisonModel::RightColumn, QHeaderView::Stretch);
}

QWidget* CompareWindow::buildTools() {
    auto* row = new QWidget(this);
    m_only = new QCheckBox(tr("Only what differs"), row);
    connect(m_only, &QCheckBox::toggled, this, [this](bool only) {
        m_model->setDifferencesOnly(only);
        expandDifferences();
    });
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_only);
    layout->addStretch(1);
    const auto button = [&](const QString& text, const QString& toolTip,
                            void (CompareWindow::*slot)()) {
        auto* pushed = new QPushButton(text, row);
        pushed->setAutoDefault(false);
        pushed->setToolTip(toolTip);
        connect(pushed, &QPushButton::clicked, this, slot);
        layout->addWidget(pushed);
        return pushed;
    };
    button(tr("Previous"), tr("The difference before this one (Shift+F8)"),
           &CompareWindow::goToPrevious);
    button(tr("Next"), tr("The difference after this one (F8)"), &CompareWindow::goToNext);
    m_copy = button(tr("Copy as JSON Patch"),
                    tr("What makes the right state of the left one (RFC 6902)"),
                    &CompareWindow::copyPatch);
    button(
        tr("Copy link"),
        tr("A rewindow:// address of this comparison (%1)")
            .arg(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C).toString(QKeySequence::NativeText)),
        &CompareWindow::copyLinkToThis);
    button(tr("Back"), tr("Return to the aggregate (Escape)"), &CompareWindow::reject);
    return row;
}

void CompareWindow::addAction(const QString& text, const QKeySequence& keys,
                              void (CompareWindow::*slot)()) {
    auto* action = new QAction(text, this);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, slot);
    QWidget::addAction(action);
}

void CompareWindow::compare() {
    m_asked.cancel();
    m_isReading = true;
    setCompared(nullptr);
    m_message->setText(tr("Replaying…"));
    m_asked = m_session.background().run<ComparedStates>(
        this,
        [domain = m_session.domain(), left = m_left->side(),
         right = m_right->side()](Store& store, const CancelToken& cancel) {
            return compareStreams(store.reader(), domain, left, right, cancel);
        },
        [this](Result<ComparedStates> found) { take(std::move(found)); });
}

void CompareWindow::take(Result<ComparedStates> found) {
    m_isReading = false;
    if (!found) {
        m_model->setComparison(std::make_shared<StateComparison>(compareStates({}, {})));
        m_message->setText(found.error().sentence());
        return;
    }
    m_left->setFound(found->left);
    m_right->setFound(found->right);
    setCompared(std::make_shared<Compared>(
        Compared{std::move(found->left.state), std::move(found->right.state)}));
    m_model->setComparison(std::make_shared<StateComparison>(std::move(found->comparison)));
    m_message->setText(description());
    expandDifferences();
    emit compared(comparison());
}

Comparison CompareWindow::comparison() const {
    return {m_left->side(), m_right->side()};
}

void CompareWindow::present(const Comparison& comparison) {
    if (comparison == this->comparison())
        return;
    m_left->setSide(comparison.left);
    m_right->setSide(comparison.right);
    compare();
}

void CompareWindow::setCompared(std::shared_ptr<const Compared> compared) {
    m_compared = std::move(compared);
    m_copy->setEnabled(m_compared != nullptr);
}

QString CompareWindow::description() const {
    const StateComparison& comparison = m_model->comparison();
    if (comparison.isSame())
        return tr("Both states are the same");
    QString text = tr("%1 changed, %2 only at the right, %3 only at the left")
                       .arg(shownNumber(comparison.changed), shownNumber(comparison.added),
                            shownNumber(comparison.removed));
    if (!comparison.isComplete)
        text += tr("; the states are too large to be shown in all their parts");
    return text;
}

QString CompareWindow::message() const {
    return m_message->text();
}

void CompareWindow::swap() {
    const ComparedSide left = m_left->side();
    m_left->setSide(m_right->side());
    m_right->setSide(left);
    compare();
}

void CompareWindow::expandDifferences() {
    if (m_model->comparison().places.size() <= kExpandedAtOnce) {
        m_tree->expandAll();
    } else {
        m_tree->expandToDepth(0);
    }
    const QModelIndex first = m_model->difference({}, true);
    m_tree->setCurrentIndex(first.isValid() ? first : m_model->index(0, 0));
}

void CompareWindow::goToDifference(bool forward) {
    const QModelIndex found = m_model->difference(m_tree->currentIndex(), forward);
    if (!found.isValid())
        return;
    m_tree->setCurrentIndex(found);
    m_tree->scrollTo(found);
}

void CompareWindow::copyLinkToThis() {
    Moment moment = m_session.moment();
    moment.comparison = comparison();
    copyLink(moment);
}

/// To where one was before the comparison, if it was come to from anywhere.
void CompareWindow::goBack() {
    if (m_session.canGoBack())
        m_session.back();
    else
        reject();
}

void CompareWindow::copyPatch() {
    m_session.background().run<std::string>(
        this,
        [compared = m_compared](Store&, const CancelToken&) -> Result<std::string> {
            return toJson(jsonDiff(compared->left, compared->right)).dump();
        },
        [](const Result<std::string>& patch) {
            if (patch)
                QGuiApplication::clipboard()->setText(QString::fromStdString(*patch));
        });
}

} // namespace rewindow
