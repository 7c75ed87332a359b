// rewindow query STORE VIEW: the rows of a view, live or as of a position.
#include "cli/command.h"
#include "cli/opened_store.h"
#include "cli/table.h"
#include "model/export/store_tables.h"

#include <CLI/CLI.hpp>

namespace rewindow::cli {

namespace {

constexpr qint64 kPage = 1'000;

class QueryCommand : public Subcommand {
  public:
    const char* name() const override { return "query"; }
    const char* summary() const override { return "The rows of a view, live or as of a position"; }
    const char* example() const override { return "rewindow query shop.db order_views --at 500"; }
    void declare(CLI::App& app) override {
        app.add_option("store", m_store, "A file or URL")->required();
        app.add_option("view", m_view, "Its name, such as order_views")->required();
        app.add_option("--id", m_id, "Only the row with this id");
        app.add_option("--at", m_at, "As of this global position")->check(CLI::NonNegativeNumber);
        app.add_flag("--json", m_json, "JSON Lines");
    }

    Result<ExitCode> run(Surroundings& surroundings) override {
        const auto store = openStore(m_store, Store::Access::Read);
        if (!store)
            return std::unexpected(store.error());
        const auto tables = viewTables(**store);
        if (!tables)
            return std::unexpected(tables.error());
        const auto views = wantedViews(**tables, m_view);
        if (!views)
            return std::unexpected(views.error());
        const ViewStatus& view = views->front();
        if (const auto fits = checkReach(**store, view); !fits)
            return std::unexpected(fits.error());
        const auto schema = (*tables)->schema(view.name);
        if (!schema)
            return std::unexpected(schema.error());
        return printRows(surroundings, **tables, *schema);
    }

  private:
    /// A view knows nothing of what lies beyond its checkpoint: saying so beats a stale answer.
    Result<void> checkReach(Store& store, const ViewStatus& view) const {
        const auto head = store.reader().head();
        if (!head)
            return std::unexpected(head.error());
        if (m_at && *m_at > head->value())
            return fail(Error::Kind::Usage,
                        QStringLiteral("there is no position %1: the last event is at %2")
                            .arg(*m_at)
                            .arg(head->value()),
                        QStringLiteral("give --at %1 or less, or leave it out").arg(head->value()));
        const qint64 wanted = m_at ? *m_at : head->value();
        if (view.checkpoint.value() < wanted)
            remark(QStringLiteral("%1 is at position %2, %3 behind: `rewindow project` catches it "
                                  "up.")
                       .arg(view.name)
                       .arg(view.checkpoint.value())
                       .arg(wanted - view.checkpoint.value()));
        return {};
    }

    Result<ExitCode> printRows(Surroundings& surroundings, ViewTables& tables,
                               const ViewSchema& schema) const {
        std::unique_ptr<Table> table;
        if (!m_json) {
            std::vector<Table::Column> columns;
            columns.reserve(schema.columns.size());
            for (const ViewColumn& column : schema.columns)
                columns.push_back({column.name.toStdString(),
                                   column.type == ViewColumn::Type::Integer ? Table::Align::Right
                                                                            : Table::Align::Left});
            table = std::make_unique<Table>(surroundings.output, std::move(columns));
        }
        RowQuery query;
        query.limit = kPage;
        if (m_id)
            query.id = QString::fromStdString(*m_id);
        if (m_at)
            query.at = GlobalPosition(*m_at);
        qint64 found = 0;
        for (;;) {
            const auto page = tables.rows(schema.name, query);
            if (!page)
                return std::unexpected(page.error());
            for (const ViewRow& row : *page)
                print(surroundings.output, table.get(), schema, row);
            found += static_cast<qint64>(page->size());
            if (m_id || static_cast<qint64>(page->size()) < kPage ||
                surroundings.output.isClosed() || surroundings.cancel.isCancelled())
                break;
            query.after = page->back().id();
        }
        if (m_id && found == 0) {
            remark(QStringLiteral("%1 has no row \"%2\"%3.")
                       .arg(schema.name, *query.id,
                            m_at ? QStringLiteral(" as of position %1").arg(*m_at) : QString()));
            return AnswerIsNo;
        }
        return Done;
    }

    static void print(Output& output, Table* table, const ViewSchema& schema, const ViewRow& row) {
        if (table) {
            std::vector<std::string> cells;
            cells.reserve(row.values.size());
            for (const ViewValue& value : row.values)
                cells.push_back(toDisplay(value).toStdString());
            table->row(std::move(cells));
            return;
        }
        std::vector<std::pair<std::string, Json>> members;
        members.reserve(row.values.size());
        for (std::size_t i = 0; i < row.values.size(); ++i)
            members.emplace_back(schema.columns[i].name.toStdString(), toJson(row.values[i]));
        output.json(Json::object(std::move(members)));
    }

    std::string m_store;
    std::string m_view;
    std::optional<std::string> m_id;
    std::optional<qint64> m_at;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Subcommand> makeQueryCommand() {
    return std::make_unique<QueryCommand>();
}

} // namespace rewindow::cli
