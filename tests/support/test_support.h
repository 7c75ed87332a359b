// What every test needs: results that print their error, and the shared data.
#pragma once

#include "base/error.h"

#include <QString>
#include <QTest>

/// Fails the test with the error's sentence unless the Result holds a value.
#define QVERIFY_RESULT(result)                                                                     \
    do {                                                                                           \
        const auto& checkedResult = (result);                                                      \
        if (!checkedResult.has_value())                                                            \
            QFAIL(qPrintable(checkedResult.error().sentence()));                                   \
    } while (false)

/// `const auto NAME = value of EXPRESSION`, or the test fails with the error's sentence.
#define ASSIGN_RESULT(name, ...)                                                                   \
    auto name##Result = (__VA_ARGS__);                                                             \
    if (!name##Result.has_value())                                                                 \
        QFAIL(qPrintable(name##Result.error().sentence()));                                        \
    auto& name = *name##Result

/// Sets `path` to a file of the shared data. Without the data the test is skipped, unless
/// REWINDOW_REQUIRE_DATA is set: then it fails.
#define NEED_SHARED_DATA(path, file)                                                               \
    const QString path = rewindow::test::sharedData(QStringLiteral(file));                         \
    if (path.isEmpty()) {                                                                          \
        if (qEnvironmentVariableIsSet("REWINDOW_REQUIRE_DATA"))                                    \
            QFAIL("shared data missing: " file);                                                   \
        QSKIP("shared data not here: " file);                                                      \
    }

namespace rewindow::test {

/// The path of the `rewindow` that was built with the tests.
QString rewindowProgram();

/// The path of a file or folder beside the built tests: a helper program, or what a test keeps.
QString builtTestFile(const QString& name);

/// The path of a file of the shared data, which lies beside the project (or where
/// REWINDOW_SHARED_DATA says); empty when it is not there.
QString sharedData(const QString& file);

/// The loan log, unpacked once a machine and kept; empty when the shared data is not there.
QString loanLog();

/// A demo of that many events with its views, made once by the program and kept beside the built
/// tests: to be looked at only. Empty where it cannot be made. Ten million take a quarter of an
/// hour.
QString keptDemo(qint64 events);

/// Runs a program to its end; never waits longer than `timeoutMs`.
struct ProgramResult {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};
ProgramResult runProgram(const QString& program, const QStringList& arguments,
                         const QByteArray& input = {}, int timeoutMs = 120'000);

/// `rewindow` with these arguments.
ProgramResult runRewindow(const QStringList& arguments, const QByteArray& input = {},
                          int timeoutMs = 120'000);

} // namespace rewindow::test
