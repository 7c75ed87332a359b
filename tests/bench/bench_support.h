// Measuring: medians of several runs in one process, and limits on their ratios.
#pragma once

#include <QTest>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <vector>

namespace rewindow::bench {

/// Times how long `work` takes, once, in seconds of the wall clock.
template <class Work>
double seconds(Work&& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

inline double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// The median time of each of several works, in seconds, in their order. They take turns, so that
/// what disturbs one run disturbs all alike; one round before the first is not counted.
template <class... Works>
std::array<double, sizeof...(Works)> medianSeconds(int runs, Works&&... works) {
    std::array<std::vector<double>, sizeof...(Works)> times;
    for (int run = -1; run < runs; ++run) {
        std::size_t at = 0;
        const auto time = [&](auto& work) {
            const double taken = seconds(work);
            if (run >= 0)
                times[at].push_back(taken);
            ++at;
        };
        (time(works), ...);
    }
    std::array<double, sizeof...(Works)> medians{};
    std::transform(times.begin(), times.end(), medians.begin(),
                   [](const std::vector<double>& each) { return median(each); });
    return medians;
}

/// How far past its limit a ratio may go on a machine that others use too; with
/// REWINDOW_BENCH_STRICT=1 not at all.
inline double slack() {
    return qEnvironmentVariableIntValue("REWINDOW_BENCH_STRICT") == 1 ? 1.0 : 1.5;
}

/// Prints the ratio, and fails the test when it is above the limit.
inline void checkRatio(const char* name, double value, double limit) {
    qInfo("%s: %.3f (at most %.3f)", name, value, limit);
    if (value > limit * slack())
        QTest::qFail(name, __FILE__, __LINE__);
}

/// Prints the ratio, and fails the test when it is below the limit.
inline void checkAtLeast(const char* name, double value, double limit) {
    qInfo("%s: %.3f (at least %.3f)", name, value, limit);
    if (value < limit / slack())
        QTest::qFail(name, __FILE__, __LINE__);
}

} // namespace rewindow::bench
