#include "ui/aggregate/raw_state_view.h"

#include "ui/shell/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>

namespace rewindow {

namespace {
constexpr std::size_t kShownBytes = 64 * 1024;
}

RawStateView::RawStateView(StoreLane& lane, QWidget* parent)
    : QPlainTextEdit(parent)
    , m_lane(lane) {
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFrameShape(QFrame::NoFrame);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setAccessibleName(tr("State as JSON text"));
    const auto takeTheme = [this] { setFont(Theme::instance().monospaceFont()); };
    connect(&Theme::instance(), &Theme::changed, this, takeTheme);
    takeTheme();
}

void RawStateView::setState(const Json& state) {
    m_cancel.cancel();
    m_cancel = m_lane.run<Text>(
        this,
        [state](Store&, const CancelToken&) -> Result<Text> {
            Text text{prettyJson(state, kShownBytes), 0};
            if (!text.pretty.whole)
                text.bytes = static_cast<qint64>(state.dump().size());
            return text;
        },
        [this](Result<Text> text) {
            if (!text)
                return;
            m_cutFrom = text->bytes;
            if (toPlainText() != text->pretty.text) {
                const int place = verticalScrollBar()->value();
                setPlainText(text->pretty.text);
                verticalScrollBar()->setValue(place);
            }
            emit shown();
        });
}

void RawStateView::copyWhole(const Json& state) {
    m_lane.run<QString>(
        this,
        [state](Store&, const CancelToken&) -> Result<QString> {
            return QString::fromStdString(state.dumpPretty());
        },
        [](Result<QString> text) {
            if (text)
                QGuiApplication::clipboard()->setText(*text);
        });
}

} // namespace rewindow
