// rewindow events STORE [STREAM]: events, of a stream or of the whole log, once or as they come.
#include "base/json.h"
#include "cli/command.h"
#include "cli/edge_teller.h"
#include "cli/opened_store.h"
#include "cli/table.h"
#include "model/export/event_lines.h"
#include "store/filter/filter_matcher.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace rewindow::cli {

namespace {

constexpr int kPollMilliseconds = 50;

class EventsCommand : public Subcommand {
  public:
    const char* name() const override { return "events"; }
    const char* summary() const override { return "Events, of a stream or of the whole log"; }
    const char* example() const override {
        return "rewindow events shop.db --filter 'type:Order* data.quantity>2' --json";
    }
    void declare(CLI::App& app) override {
        app.add_option("store", m_store, "A file or URL")->required();
        app.add_option("stream", m_stream, "Only this stream's");
        app.add_option("--from", m_from, "From this version of the stream on");
        app.add_option("--to", m_to, "Up to this version of the stream");
        app.add_option("--filter", m_filter,
                       "Only events such as type:Order* data.quantity>2 after:yesterday \"text\"");
        app.add_flag("--explain", m_explain,
                     "Instead of events: what of the filter the database answers, and what is "
                     "looked for event by event");
        app.add_option("--limit", m_limit, "At most so many")->check(CLI::NonNegativeNumber);
        app.add_flag("--follow", m_follow, "Go on with what is appended, until interrupted");
        app.add_flag("--json", m_json, "JSON Lines");
    }

    Result<ExitCode> run(Surroundings& surroundings) override {
        const auto store = openStore(m_store, Store::Access::Read);
        if (!store)
            return std::unexpected(store.error());
        auto query = wanted(**store);
        if (!query)
            return std::unexpected(query.error());
        const bool isOnServer = !(*store)->info().url.isFile();
        // What a file of lines holds may change anywhere in it; and where there are no positions,
        // what is new stands among what is not.
        const bool isLog =
            (*store)->info().hasPositions && (*store)->info().profile != QLatin1String("jsonl");
        if (m_follow && !isLog)
            return fail(Error::Kind::Usage,
                        QStringLiteral("%1 cannot be followed: only databases can whose events "
                                       "have positions")
                            .arg((*store)->info().url.displayName()),
                        QStringLiteral("leave --follow out"));

        if (m_explain) {
            explain((*store)->reader().filterPlan(query->filter), surroundings.output);
            return Done;
        }

        Printer printer(surroundings.output, m_json);
        for (;;) {
            const qint64 version = m_follow ? (*store)->reader().dataVersion().value_or(0) : 0;
            // What is there before the round is done with after it, whether it was found or not.
            const auto head =
                m_follow ? (*store)->reader().head().value_or(GlobalPosition()) : GlobalPosition();
            const EventQuery round = *query;
            const auto read = (*store)->reader().forEach(
                round,
                [&](RecordedEvent&& event) {
                    advance(*query, event);
                    printer.print(event);
                    return !surroundings.output.isClosed();
                },
                surroundings.cancel);
            if (!read && !(m_follow && (isOnServer || surroundings.cancel.isCancelled())))
                return std::unexpected(read.error());
            if (!m_follow || query->limit == 0) {
                if (!query->stream && round.limit < 0)
                    EdgeTeller::tellEnd((*store)->reader());
                return Done;
            }
            // A server that is away comes back; what was printed is not read again.
            if (read)
                query->after = std::max(query->after, head);
            tellOnce(read);
            m_edge.tell((*store)->reader());
            printer.flush();
            if (!waitForChange((*store)->reader(), version, *query, printer, surroundings))
                return Done;
        }
    }

  private:
    class Printer {
      public:
        Printer(Output& output, bool json) : m_output(output) {
            if (!json)
                m_table = std::make_unique<Table>(
                    output, std::vector<Table::Column>{{"position", Table::Align::Right},
                                                       {"recorded at"},
                                                       {"stream"},
                                                       {"v", Table::Align::Right},
                                                       {"type"},
                                                       {"data"}});
        }
        void print(const RecordedEvent& event) {
            if (!m_table) {
                appendEventLine(m_output.buffer(), event);
                m_output.written();
                return;
            }
            m_table->row({std::to_string(event.position().value()),
                          event.recordedAt().toString().toStdString(), std::string(event.stream()),
                          std::to_string(event.version().value()), std::string(event.type()),
                          std::string(event.data())});
        }
        void flush() {
            if (m_table)
                m_table->flush();
            m_output.flush();
        }

      private:
        Output& m_output;
        std::unique_ptr<Table> m_table;
    };

    Result<EventQuery> wanted(Store& store) const {
        EventQuery query;
        const auto filter = EventFilter::parse(QString::fromStdString(m_filter));
        if (!filter)
            return std::unexpected(filter.error());
        query.filter = *filter;
        query.limit = m_limit.value_or(-1);
        if (m_stream.empty()) {
            if (m_from || m_to)
                return fail(Error::Kind::Usage,
                            QStringLiteral("--from and --to are versions of a stream"),
                            QStringLiteral("name the stream after the store"));
            return query;
        }
        const auto stream = existingStream(store, m_stream);
        if (!stream)
            return std::unexpected(stream.error());
        query.stream = stream->stream;
        for (const auto& bound : {m_from, m_to})
            if (bound && (*bound < 0 || *bound > stream->version.value()))
                return fail(Error::Kind::Usage,
                            QStringLiteral("%1 has no version %2").arg(stream->stream).arg(*bound),
                            QStringLiteral("give one from 0 to %1").arg(stream->version.value()));
        query.fromVersion = StreamVersion(m_from.value_or(1));
        if (m_to)
            query.toVersion = StreamVersion(*m_to);
        return query;
    }

    void explain(const FilterPlan& plan, Output& output) const {
        const auto words = [](const QStringList& list) {
            std::vector<Json> array;
            for (const QString& word : list)
                array.emplace_back(word);
            return Json::array(std::move(array));
        };
        if (m_json) {
            output.json(Json::object(
                {{"database", words(plan.database)}, {"streamed", words(plan.streamed)}}));
            return;
        }
        const auto line = [&output](const QString& who, const QStringList& list) {
            output.line(who + (list.isEmpty() ? QStringLiteral("nothing")
                                              : QString::fromStdString(harmless(list.join(u' ')))));
        };
        line(QStringLiteral("by the database: "), plan.database);
        line(QStringLiteral("event by event:  "), plan.streamed);
    }

    /// Of each failure in a row, the first.
    void tellOnce(const Result<void>& read) {
        if (!read && !m_isFailing && read.error().kind != Error::Kind::Cancelled)
            remark(read.error().sentence());
        m_isFailing = !read;
    }

    /// So that the next round starts after `event`.
    static void advance(EventQuery& query, const RecordedEvent& event) {
        if (query.stream)
            query.fromVersion = event.version().next();
        else
            query.after = event.position();
        if (query.limit > 0)
            --query.limit;
    }

    bool waitForChange(EventReader& reader, qint64 seen, const EventQuery& query, Printer& printer,
                       Surroundings& surroundings) {
        const FilterMatcher matcher(query.filter.expression());
        while (!surroundings.cancel.isCancelled() && !surroundings.output.isClosed()) {
            const bool isTold = reader.awaitAppend(kPollMilliseconds, surroundings.cancel);
            m_edge.tell(reader);
            // A stream's events are read by their versions, whatever their positions.
            const auto late = reader.late();
            for (const RecordedEvent& event : late.value_or(std::vector<RecordedEvent>())) {
                if (query.stream || !matcher.matches(EventSubject(event)))
                    continue;
                EdgeTeller::tellLate(event);
                printer.print(event);
                printer.flush();
            }
            const auto version = reader.dataVersion();
            if (isTold || !version || *version != seen)
                return !surroundings.cancel.isCancelled();
        }
        return false;
    }

    std::string m_store;
    std::string m_stream;
    std::string m_filter;
    std::optional<qint64> m_from;
    std::optional<qint64> m_to;
    std::optional<qint64> m_limit;
    bool m_explain = false;
    bool m_follow = false;
    bool m_json = false;
    bool m_isFailing = false;
    EdgeTeller m_edge;
};

} // namespace

std::unique_ptr<Subcommand> makeEventsCommand() {
    return std::make_unique<EventsCommand>();
}

} // namespace rewindow::cli
