// Two texts in the workspace.
#include "model/items/log_choices.h"

#include "store/workspace.h"

#include <optional>

namespace rewindow {

namespace {

const QString kColumnsKey = QStringLiteral("log.columns");
const QString kRulesKey = QStringLiteral("log.colours");

} // namespace

struct LogChoices::Kept {
    std::optional<QString> columns;
    std::optional<QString> rules;
};

LogChoices::LogChoices(StoreLane& lane, QObject* parent) : QObject(parent), m_lane(lane) {}

void LogChoices::load() {
    m_lane.run<Kept>(
        this,
        [](Store& store, const CancelToken&) -> Result<Kept> {
            const Result<Workspace*> workspace = store.workspace();
            if (!workspace)
                return std::unexpected(workspace.error());
            auto columns = (*workspace)->remembered(kColumnsKey);
            if (!columns)
                return std::unexpected(columns.error());
            auto rules = (*workspace)->remembered(kRulesKey);
            if (!rules)
                return std::unexpected(rules.error());
            return Kept{std::move(*columns), std::move(*rules)};
        },
        [this](const Result<Kept>& kept) {
            if (kept)
                take(*kept);
            else
                emit failed(kept.error());
        });
}

void LogChoices::take(const Kept& kept) {
    const auto complain = [this](const QString& what, const Error& error) {
        emit failed({Error::Kind::BadInput,
                     what + QStringLiteral(": ") + error.what,
                     {},
                     tr("choose them anew")});
    };
    if (kept.columns && !m_columnsChosen) {
        if (const auto columns = LogColumns::fromText(*kept.columns)) {
            m_columns = *columns;
            emit columnsChanged();
        } else {
            complain(tr("The columns kept for this log cannot be read"), columns.error());
        }
    }
    if (kept.rules && !m_rulesChosen) {
        if (const auto rules = colourRulesOf(*kept.rules)) {
            m_rules = *rules;
            emit rulesChanged();
        } else {
            complain(tr("The colour rules kept for this log cannot be read"), rules.error());
        }
    }
}

void LogChoices::setColumns(const LogColumns& columns) {
    m_columnsChosen = true;
    if (columns == m_columns)
        return;
    m_columns = columns;
    keep(kColumnsKey, columns.toText());
    emit columnsChanged();
}

void LogChoices::setRules(const ColourRules& rules) {
    m_rulesChosen = true;
    if (rules == m_rules)
        return;
    m_rules = rules;
    keep(kRulesKey, colourRulesText(rules));
    emit rulesChanged();
}

void LogChoices::keep(const QString& key, const QString& text) {
    m_lane.run<void>(
        this,
        [key, text](Store& store, const CancelToken&) -> Result<void> {
            const Result<Workspace*> workspace = store.workspace();
            if (!workspace)
                return std::unexpected(workspace.error());
            return (*workspace)->remember(key, text);
        },
        [this](const Result<void>& kept) {
            if (!kept)
                emit failed(kept.error());
        },
        StoreLane::AtEnd::StillRun);
}

} // namespace rewindow
