// View tables that cannot be had, and why.
#include "store/unavailable_views.h"

namespace rewindow {

namespace {

class UnavailableViews final : public ViewTables {
  public:
    explicit UnavailableViews(Error why) : m_why(std::move(why)) {}

    Result<void> ensure(const std::vector<ViewSchema>&) override { return why(); }
    Result<std::vector<ViewStatus>> status() override { return why(); }
    Result<std::vector<ViewStatus>> checkpoints() override { return why(); }
    Result<std::vector<ViewRow>> rows(const QString&, const RowQuery&) override { return why(); }
    Result<qint64> rowCount(const QString&, std::optional<GlobalPosition>) override {
        return why();
    }
    Result<ViewSchema> schema(const QString&) override { return why(); }
    Result<std::optional<GlobalPosition>> setBy(const QString&, const QString&, const QString&,
                                                std::optional<GlobalPosition>) override {
        return why();
    }
    Result<std::unique_ptr<ViewTransaction>> begin() override { return why(); }
    Result<std::unique_ptr<ViewTransaction>> beginRebuild(const std::vector<ViewSchema>&) override {
        return why();
    }

  private:
    std::unexpected<Error> why() const { return std::unexpected(m_why); }
    Error m_why;
};

} // namespace

std::unique_ptr<ViewTables> makeUnavailableViews(Error why) {
    return std::make_unique<UnavailableViews>(std::move(why));
}

} // namespace rewindow
