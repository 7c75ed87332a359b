// rewindow send STORE COMMAND: sends a command to an aggregate.
#include "cli/command.h"
#include "cli/opened_store.h"
#include "model/command/command_bus.h"

#include <CLI/CLI.hpp>

namespace rewindow::cli {

namespace {

class SendCommand : public Subcommand {
  public:
    const char* name() const override { return "send"; }
    const char* summary() const override { return "Sends a command to an aggregate"; }
    const char* example() const override {
        return "rewindow send shop.db AddItem orderId=7f3a9c12 productId=2b81 quantity=2 --expect "
               "3";
    }
    void declare(CLI::App& app) override {
        app.add_option("store", m_store, "A file or URL")->required();
        app.add_option("command", m_command, "Its name, such as PayOrder")->required();
        auto* fields = app.add_option("fields", m_fields, "key=value for each field");
        app.add_option("--data", m_data, "All fields as one JSON object")->excludes(fields);
        app.add_option("--expect", m_expect,
                       "The version the stream must be at; without it, whatever it is at");
        app.add_option("--domain", m_domain, "Instead of the store's own");
        app.add_flag("--json", m_json, "One JSON object");
    }

    Result<ExitCode> run(Surroundings& surroundings) override {
        const auto data = commandData();
        if (!data)
            return std::unexpected(data.error());
        if (m_expect && *m_expect < 0)
            return fail(Error::Kind::Usage,
                        QStringLiteral("no stream is at version %1").arg(*m_expect),
                        QStringLiteral("give --expect 0 for a stream that is not there yet, or "
                                       "more"));
        auto opened = openWithDomain(m_store, m_domain, Store::Access::ReadWrite);
        if (!opened)
            return std::unexpected(opened.error());
        CommandBus bus(*opened->store, opened->domain);
        CommandRequest request;
        request.command = {QString::fromStdString(m_command), *data};
        if (m_expect)
            request.expected = StreamVersion(*m_expect);
        const auto outcome = bus.send(request);
        if (!outcome)
            return std::unexpected(outcome.error());
        return std::visit([&](const auto& what) { return report(surroundings.output, what); },
                          *outcome);
    }

  private:
    Result<Json> commandData() const {
        if (m_data) {
            auto data = Json::parse(*m_data);
            if (!data || data->kind() != Json::Kind::Object)
                return fail(Error::Kind::Usage,
                            data ? QStringLiteral("--data is not a JSON object")
                                 : QStringLiteral("--data is not JSON: %1, %2")
                                       .arg(data.error().where, data.error().what),
                            QStringLiteral("write it like '{\"orderId\":\"7f3a9c12\"}'"));
            return data;
        }
        Json data = Json::object();
        for (const std::string& field : m_fields) {
            const auto equals = field.find('=');
            if (equals == std::string::npos || equals == 0)
                return fail(
                    Error::Kind::Usage,
                    QStringLiteral("\"%1\" is not key=value").arg(QString::fromStdString(field)),
                    QStringLiteral("write each field like quantity=2"));
            const std::string key = field.substr(0, equals);
            if (data.find(key))
                return fail(Error::Kind::Usage,
                            QStringLiteral("%1 is given twice").arg(QString::fromStdString(key)));
            data = std::move(data).with(key, Json(std::string_view(field).substr(equals + 1)));
        }
        return data;
    }

    ExitCode report(Output& output, const CommandAccepted& accepted) const {
        if (m_json) {
            std::vector<Json> events;
            for (const NewEvent& event : accepted.events)
                events.push_back(Json::object(
                    {{"type", event.type},
                     {"id", event.id},
                     {"data", Json::parse({event.data.constData(),
                                           static_cast<std::size_t>(event.data.size())})
                                  .value_or(Json())}}));
            output.json(Json::object({{"command", std::string_view(m_command)},
                                      {"stream", accepted.stream},
                                      {"version", accepted.version.value()},
                                      {"events", Json::array(std::move(events))}}));
            return Done;
        }
        output.line(std::string_view(harmless(QStringLiteral("%1 is at version %2.")
                                                  .arg(accepted.stream)
                                                  .arg(accepted.version.value()))));
        for (const NewEvent& event : accepted.events)
            output.line(std::string_view(harmless(
                QStringLiteral("  %1 %2").arg(event.type, QString::fromUtf8(event.data)))));
        if (accepted.events.empty())
            output.line(std::string_view("  Nothing had to change."));
        return Done;
    }

    ExitCode report(Output& output, const CommandRejected& rejected) const {
        if (m_json)
            output.json(Json::object({{"rejected", rejected.reason}}));
        else
            remark(QStringLiteral("Rejected: %1").arg(rejected.reason));
        return AnswerIsNo;
    }

    ExitCode report(Output& output, const VersionConflict& conflict) const {
        if (m_json)
            output.json(
                Json::object({{"conflict", Json::object({{"expected", conflict.expected.value()},
                                                         {"actual", conflict.actual.value()}})}}));
        else
            remark(QStringLiteral("Conflict: the stream was expected at version %1 and is at "
                                  "version %2. Look at what happened since, then send again with "
                                  "--expect %2.")
                       .arg(conflict.expected.value())
                       .arg(conflict.actual.value()));
        return AnswerIsNo;
    }

    std::string m_store;
    std::string m_command;
    std::vector<std::string> m_fields;
    std::optional<std::string> m_data;
    std::optional<qint64> m_expect;
    std::string m_domain;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Subcommand> makeSendCommand() {
    return std::make_unique<SendCommand>();
}

} // namespace rewindow::cli
