// Chance that repeats: the same seed gives the same history on every machine.
#pragma once

#include <QString>
#include <QtGlobal>

#include <random>

namespace rewindow {

/// Whole numbers alone: what the distributions of <random> make of an engine differs from one
/// library to the next.
class DemoRandom {
  public:
    explicit DemoRandom(quint64 seed) : m_engine(seed) {}

    /// 0 to `bound` - 1.
    qint64 below(qint64 bound) {
        return static_cast<qint64>(m_engine() % static_cast<quint64>(bound));
    }
    qint64 between(qint64 lowest, qint64 highest) { return lowest + below(highest - lowest + 1); }
    bool percent(int chance) { return below(100) < chance; }
    template <class List>
    const auto& pick(const List& list) {
        return list[static_cast<std::size_t>(below(static_cast<qint64>(std::size(list))))];
    }
    /// A UUID of version 4.
    QString uuid();

  private:
    std::mt19937_64 m_engine;
};

} // namespace rewindow
