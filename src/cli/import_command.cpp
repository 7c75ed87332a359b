// rewindow import STORE FILE: appends the events of a JSON Lines file, all or none.
#include "cli/command.h"
#include "cli/new_store.h"
#include "cli/opened_store.h"
#include "cli/progress_line.h"
#include "store/json_lines_source.h"

#include <CLI/CLI.hpp>

#include <QFile>
#include <QFileInfo>

namespace rewindow::cli {

namespace {

class ImportCommand : public Subcommand {
  public:
    const char* name() const override { return "import"; }
    const char* summary() const override {
        return "Appends the events of a JSON Lines file, all or none";
    }
    const char* example() const override { return "rewindow import log.db events.jsonl"; }
    void declare(CLI::App& app) override {
        app.add_option("store", m_store, "A store of ours; a file is made when it is not there")
            ->required();
        app.add_option(
               "file", m_file,
               "One event a line: {\"stream\":…,\"type\":…,\"data\":…}; - for standard input")
            ->required();
        app.add_flag("--json", m_json, "One JSON object");
    }

    Result<ExitCode> run(Surroundings& surroundings) override {
        QFile file;
        if (const auto opened = openInput(file); !opened)
            return std::unexpected(opened.error());
        const auto url = StoreUrl::parse(QString::fromStdString(m_store));
        if (!url)
            return std::unexpected(url.error());
        const auto imported = !url->isFile() || QFileInfo::exists(url->path())
                                  ? importInto(file, surroundings.cancel)
                                  : importIntoNew(*url, file, surroundings.cancel);
        if (!imported)
            return std::unexpected(imported.error());
        if (m_json)
            surroundings.output.json(
                Json::object({{"events", imported->events}, {"present", imported->present}}));
        else
            surroundings.output.line(
                QStringLiteral("%1 %2 imported into %3%4.")
                    .arg(imported->events)
                    .arg(imported->events == 1 ? QStringLiteral("event") : QStringLiteral("events"))
                    .arg(QString::fromStdString(m_store),
                         imported->present
                             ? QStringLiteral("; %1 were there already").arg(imported->present)
                             : QString()));
        return Done;
    }

  private:
    Result<void> openInput(QFile& file) const {
        if (m_file == "-") {
            if (!file.open(stdin, QIODevice::ReadOnly))
                return fail(Error::Kind::Storage, QStringLiteral("standard input cannot be read"));
            return {};
        }
        const QString path = QString::fromStdString(m_file);
        file.setFileName(path);
        const QFileInfo info(path);
        if (!info.exists())
            return fail(Error::Kind::NotFound, QStringLiteral("there is no file %1").arg(path),
                        QStringLiteral("check the path"));
        if (info.isDir())
            return fail(Error::Kind::Usage, QStringLiteral("%1 is a folder").arg(path),
                        QStringLiteral("name a JSON Lines file"));
        if (!file.open(QIODevice::ReadOnly))
            return fail(Error::Kind::Storage,
                        QStringLiteral("%1 cannot be read: %2").arg(path, file.errorString()),
                        QStringLiteral("check its permissions"));
        return {};
    }

    Result<Imported> importInto(QFile& file, const CancelToken& cancel) const {
        const auto store = openStore(m_store, Store::Access::ReadWrite);
        if (!store)
            return std::unexpected(store.error());
        return importAll(**store, file, cancel);
    }

    Result<Imported> importIntoNew(const StoreUrl& url, QFile& file,
                                   const CancelToken& cancel) const {
        auto store = NewStore::create(url, QString());
        if (!store)
            return std::unexpected(store.error());
        auto imported = importAll(**store, file, cancel);
        if (imported)
            store->keep();
        return imported;
    }

    Result<Imported> importAll(Store& store, QFile& file, const CancelToken& cancel) const {
        const auto writer = store.writer();
        if (!writer)
            return std::unexpected(writer.error());
        ProgressLine progress(QStringLiteral("import"));
        qint64 read = 0;
        const ImportSource lines = jsonLinesSource(file);
        auto imported = (*writer)->importAll(
            [&] {
                progress.update(++read);
                return lines();
            },
            cancel);
        if (!imported) {
            Error error = imported.error();
            if (!error.where.isEmpty() && m_file != "-")
                error.where = QString::fromStdString(m_file) + QStringLiteral(", ") + error.where;
            return std::unexpected(error);
        }
        // What was appended is durable; this only keeps the write-ahead log from staying large.
        if (const auto moved = store.checkpoint(); !moved)
            remark(moved.error().sentence());
        return imported;
    }

    std::string m_store;
    std::string m_file;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Subcommand> makeImportCommand() {
    return std::make_unique<ImportCommand>();
}

} // namespace rewindow::cli
