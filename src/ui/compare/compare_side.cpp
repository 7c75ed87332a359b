// Which stream, at which version: one side of a comparison.
#include "ui/compare/compare_side.h"

#include "model/items/shown_locale.h"
#include "model/session/session.h"
#include "ui/shell/theme.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStringListModel>

#include <algorithm>
#include <limits>

namespace rewindow {

namespace {
constexpr int kOffered = 20; ///< streams at a time
}

CompareSide::CompareSide(Session& session, const QString& name, const ComparedSide& side,
                         QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_offered(new QStringListModel(this))
    , m_stream(new QLineEdit(this))
    , m_version(new QSpinBox(this))
    , m_last(new QLabel(this)) {
    m_stream->setAccessibleName(tr("%1: stream").arg(name));
    m_stream->setFont(Theme::instance().monospaceFont());
    m_stream->setPlaceholderText(tr("A stream's name"));
    m_version->setAccessibleName(tr("%1: version").arg(name));
    m_version->setPrefix(QStringLiteral("v"));
    m_version->setRange(0, std::numeric_limits<int>::max());
    m_version->setKeyboardTracking(false);
    m_last->setTextFormat(Qt::PlainText);
    auto* completer = new QCompleter(m_offered, this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_stream->setCompleter(completer);
    connect(m_stream, &QLineEdit::textEdited, this, &CompareSide::offerStreams);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_stream, 1);
    row->addWidget(m_version);
    row->addWidget(m_last);
    setSide(side);

    connect(m_stream, &QLineEdit::editingFinished, this, [this] {
        const QString stream = m_stream->text().trimmed();
        if (stream == m_asked)
            return;
        m_asked = stream;
        m_isLatest = true; // a version of another stream says nothing of this one
        emit changed();
    });
    connect(m_version, &QSpinBox::valueChanged, this, [this] {
        m_isLatest = false;
        emit changed();
    });
}

CompareSide::~CompareSide() {
    m_looking.cancel();
}

void CompareSide::offerStreams(const QString& typed) {
    m_looking.cancel();
    using Streams = std::vector<StreamSummary>;
    StreamQuery query;
    query.containing = typed.trimmed();
    query.limit = kOffered;
    m_looking = m_session.reading().run<Streams>(
        this,
        [query](Store& store, const CancelToken& cancel) {
            return store.reader().streams(query, cancel);
        },
        [this](const Result<Streams>& streams) {
            if (!streams)
                return; // without an offer a name can still be typed
            QStringList names;
            for (const StreamSummary& stream : *streams)
                names.append(stream.stream);
            m_offered->setStringList(names);
            if (m_stream->hasFocus())
                m_stream->completer()->complete();
        });
}

ComparedSide CompareSide::side() const {
    return {m_stream->text().trimmed(),
            m_isLatest ? std::nullopt : std::optional(StreamVersion(m_version->value()))};
}

void CompareSide::setSide(const ComparedSide& side) {
    const QSignalBlocker quiet(m_version);
    m_stream->setText(side.stream);
    m_asked = side.stream;
    m_isLatest = !side.version;
    m_version->setMaximum(std::numeric_limits<int>::max());
    if (side.version)
        m_version->setValue(static_cast<int>(side.version->value()));
}

void CompareSide::setFound(const ComparedState& found) {
    const QSignalBlocker quiet(m_version);
    m_isLatest = false;
    m_version->setMaximum(
        static_cast<int>(std::min<qint64>(found.last.value(), std::numeric_limits<int>::max())));
    m_version->setValue(static_cast<int>(found.version.value()));
    m_last->setText(tr("of %1").arg(shownNumber(found.last.value())));
}

} // namespace rewindow
