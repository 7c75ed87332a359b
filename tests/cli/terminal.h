// Running `rewindow` and reading what it prints, for tests of the command line.
#pragma once

#include "base/json.h"
#include "support/test_support.h"

#include <QDir>
#include <QTemporaryDir>

#include <vector>

namespace rewindow::test {

/// Each line of `out` as JSON; fails the test at the first that is not.
inline std::vector<Json> jsonLines(const QByteArray& out) {
    std::vector<Json> lines;
    for (const QByteArray& line : out.split('\n')) {
        if (line.isEmpty())
            continue;
        auto json = Json::parse({line.constData(), static_cast<std::size_t>(line.size())});
        if (!json) {
            QTest::qFail(line.left(200).prepend("not JSON: ").constData(), __FILE__, __LINE__);
            return {};
        }
        lines.push_back(std::move(*json));
    }
    return lines;
}

/// "stream,version,state": the keys of an object, in their order.
inline QString keysOf(const Json& object) {
    QStringList keys;
    for (std::size_t i = 0; object.kind() == Json::Kind::Object && i < object.size(); ++i)
        keys << QString::fromUtf8(object.keyAt(i).data(),
                                  static_cast<qsizetype>(object.keyAt(i).size()));
    return keys.join(u',');
}

/// A folder of its own, with a home for what `rewindow` remembers outside it.
class Desk {
  public:
    Desk() { qputenv("REWINDOW_DATA_HOME", m_home.path().toUtf8()); }

    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString folder() const { return m_folder.path(); }
    /// Names of what lies in the folder, a database's companions left out.
    QStringList files() const {
        QStringList names;
        for (const QString& name : QDir(m_folder.path()).entryList(QDir::Files, QDir::Name))
            if (!name.endsWith(QStringLiteral("-wal")) && !name.endsWith(QStringLiteral("-shm")) &&
                !name.endsWith(QStringLiteral("-checkpoint")))
                names << name;
        return names;
    }
    /// What is there of a store, its companions among it.
    QStringList remainsOf(const QString& name) const {
        return QDir(m_folder.path()).entryList({name + u'*'}, QDir::Files);
    }
    QString write(const QString& name, const QByteArray& content) const {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            QTest::qFail("a file could not be written", __FILE__, __LINE__);
        return path(name);
    }
    QByteArray content(const QString& name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

  private:
    QTemporaryDir m_folder;
    QTemporaryDir m_home;
};

} // namespace rewindow::test

/// Runs `rewindow` into `RESULT` and fails the test unless it exits with `CODE`.
#define RUN(RESULT, CODE, ...)                                                                     \
    const auto RESULT = rewindow::test::runRewindow(__VA_ARGS__);                                  \
    QVERIFY2(RESULT.exitCode == (CODE),                                                            \
             qPrintable(QStringLiteral("exit %1: %2 %3")                                           \
                            .arg(RESULT.exitCode)                                                  \
                            .arg(QString::fromUtf8(RESULT.err.left(500)),                          \
                                 QString::fromUtf8(RESULT.out.left(500)))))
