// Stream versions and global positions: two kinds of counting number that do not mix.
#pragma once

#include <QtGlobal>

#include <compare>
#include <functional>

namespace rewindow {

/// A counting number of one kind. Ordinals of different kinds neither compare nor convert.
template <class Kind>
class Ordinal {
  public:
    constexpr Ordinal() = default;
    constexpr explicit Ordinal(qint64 value) : m_value(value) {}

    constexpr qint64 value() const { return m_value; }
    constexpr Ordinal next() const { return Ordinal(m_value + 1); }
    constexpr Ordinal previous() const { return Ordinal(m_value - 1); }

    constexpr auto operator<=>(const Ordinal&) const = default;

  private:
    qint64 m_value = 0;
};

/// The place of an event in its stream: 1 for the first, whatever the store counts from;
/// 0 is the state before any event.
using StreamVersion = Ordinal<struct StreamVersionKind>;

/// The place of an event in the whole log, as the store numbers it; 0 is before any event.
using GlobalPosition = Ordinal<struct GlobalPositionKind>;

inline namespace literals {
constexpr StreamVersion operator""_v(unsigned long long value) {
    return StreamVersion(static_cast<qint64>(value));
}
constexpr GlobalPosition operator""_pos(unsigned long long value) {
    return GlobalPosition(static_cast<qint64>(value));
}
} // namespace literals

} // namespace rewindow

template <class Kind>
struct std::hash<rewindow::Ordinal<Kind>> {
    std::size_t operator()(rewindow::Ordinal<Kind> ordinal) const noexcept {
        return std::hash<qint64>{}(ordinal.value());
    }
};
