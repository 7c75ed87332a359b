// A store that says yes to everything and does nothing: what tests of a store must not pass.
#pragma once

#include "store/store.h"

namespace rewindow::test {

class IdleReader final : public EventReader {
  public:
    Result<void> forEach(const EventQuery&, const Visitor&, const CancelToken&) override {
        return {};
    }
    Result<std::optional<RecordedEvent>> eventAt(GlobalPosition) override { return std::nullopt; }
    Result<std::optional<RecordedEvent>> eventById(const QString&) override { return std::nullopt; }
    Result<LogSummary> summary(const CancelToken&) override { return LogSummary(); }
    Result<GlobalPosition> head() override { return GlobalPosition(0); }
    Result<std::vector<StreamSummary>> streams(const StreamQuery&, const CancelToken&) override {
        return std::vector<StreamSummary>();
    }
    Result<std::optional<StreamSummary>> stream(const QString&) override { return std::nullopt; }
    Result<std::vector<TypeCount>> streamTypes(const CancelToken&) override {
        return std::vector<TypeCount>();
    }
    Result<std::vector<TypeCount>> eventTypes(const CancelToken&) override {
        return std::vector<TypeCount>();
    }
    Result<StreamVersion> versionAt(const QString&, GlobalPosition) override {
        return StreamVersion(0);
    }
    Result<PositionSamples> samplePositions(const EventFilter&, qint64,
                                            const CancelToken&) override {
        return PositionSamples();
    }
    Result<qint64> dataVersion() override { return 0; }
};

class IdleWriter final : public EventWriter {
  public:
    Result<AppendOutcome> append(const QString&, ExpectedVersion, std::span<const NewEvent>,
                                 const WithAppend&) override {
        return Appended{};
    }
    Result<Imported> importAll(const ImportSource&, const CancelToken&) override {
        return Imported{};
    }
};

class IdleTransaction final : public ViewTransaction {
  public:
    Result<ViewStatus> status(const QString& view) override { return ViewStatus{view, {}}; }
    Result<std::vector<ViewRow>> rows(const QString&, const RowQuery&) override {
        return std::vector<ViewRow>();
    }
    Result<void> apply(const QString&, const std::vector<RowChange>&) override { return {}; }
    Result<void> setCheckpoint(const QString&, GlobalPosition) override { return {}; }
    Result<void> setPaused(const QString&, bool) override { return {}; }
    Result<void> commit() override { return {}; }
};

class IdleViews final : public ViewTables {
  public:
    Result<void> ensure(const std::vector<ViewSchema>&) override { return {}; }
    Result<std::vector<ViewStatus>> status() override { return std::vector<ViewStatus>(1); }
    Result<std::vector<ViewRow>> rows(const QString&, const RowQuery&) override {
        return std::vector<ViewRow>();
    }
    Result<qint64> rowCount(const QString&, std::optional<GlobalPosition>) override { return 0; }
    Result<ViewSchema> schema(const QString& view) override { return ViewSchema{view, {{}, {}}}; }
    Result<std::optional<GlobalPosition>> setBy(const QString&, const QString&, const QString&,
                                                std::optional<GlobalPosition>) override {
        return std::nullopt;
    }
    Result<std::unique_ptr<ViewTransaction>> begin() override {
        return std::make_unique<IdleTransaction>();
    }
    Result<std::unique_ptr<ViewTransaction>> beginRebuild(const std::vector<ViewSchema>&) override {
        return std::make_unique<IdleTransaction>();
    }
};

class IdleStore final : public Store {
  public:
    const StoreInfo& info() const override { return m_info; }
    EventReader& reader() override { return m_reader; }
    Result<EventWriter*> writer() override { return &m_writer; }
    ViewTables& views() override { return m_views; }
    Result<Workspace*> workspace() override {
        return fail(Error::Kind::Storage, QStringLiteral("an idle store remembers nothing"));
    }
    Result<void> checkpoint() override { return {}; }

  private:
    StoreInfo m_info;
    IdleReader m_reader;
    IdleWriter m_writer;
    IdleViews m_views;
};

} // namespace rewindow::test
