// The view tables of a store of ours that is only read, wherever its file goes meanwhile.
#include "store/sqlite/read_only_views.h"

#include "store/sqlite/sqlite_view_tables.h"

namespace rewindow {

namespace {

class ReadOnlyViews final : public ViewTables {
  public:
    ReadOnlyViews(ReadSource& source, SqliteEventReader& reader)
        : m_source(source)
        , m_reader(reader) {}

    Result<void> ensure(const std::vector<ViewSchema>& schemas) override {
        return on([&](ViewTables& tables) { return tables.ensure(schemas); });
    }
    Result<std::vector<ViewStatus>> status() override {
        return on([](ViewTables& tables) { return tables.status(); });
    }
    Result<std::vector<ViewStatus>> checkpoints() override {
        return on([](ViewTables& tables) { return tables.checkpoints(); });
    }
    Result<std::vector<ViewRow>> rows(const QString& view, const RowQuery& query) override {
        return on([&](ViewTables& tables) { return tables.rows(view, query); });
    }
    Result<qint64> rowCount(const QString& view, std::optional<GlobalPosition> at) override {
        return on([&](ViewTables& tables) { return tables.rowCount(view, at); });
    }
    Result<ViewSchema> schema(const QString& view) override {
        return on([&](ViewTables& tables) { return tables.schema(view); });
    }
    Result<std::optional<GlobalPosition>> setBy(const QString& view, const QString& id,
                                                const QString& column,
                                                std::optional<GlobalPosition> at) override {
        return on([&](ViewTables& tables) { return tables.setBy(view, id, column, at); });
    }
    Result<std::unique_ptr<ViewTransaction>> begin() override {
        return on([](ViewTables& tables) { return tables.begin(); });
    }
    Result<std::unique_ptr<ViewTransaction>>
    beginRebuild(const std::vector<ViewSchema>& schemas) override {
        return on([&](ViewTables& tables) { return tables.beginRebuild(schemas); });
    }

  private:
    /// What `use` answers on tables whose statements belong to the file as it is now.
    template <class Use>
    auto on(Use&& use) -> decltype(use(std::declval<ViewTables&>())) {
        if (const auto fresh = m_reader.refresh(); !fresh)
            return std::unexpected(fresh.error());
        if (!m_tables || m_generation != m_source.generation()) {
            m_tables = makeSqliteViewTables(m_source.connection(), false);
            m_generation = m_source.generation();
        }
        return use(*m_tables);
    }

    ReadSource& m_source;
    SqliteEventReader& m_reader;
    std::unique_ptr<ViewTables> m_tables;
    qint64 m_generation = 0;
};

} // namespace

std::unique_ptr<ViewTables> makeReadOnlyViews(ReadSource& source, SqliteEventReader& reader) {
    return std::make_unique<ReadOnlyViews>(source, reader);
}

} // namespace rewindow
