// What a PostgreSQL server answered, and one row of it.
#pragma once

#include <QtGlobal>

#include <memory>
#include <string_view>

struct pg_result;

namespace rewindow {

/// Rows and columns are numbered from 0.
class PgResult {
  public:
    explicit PgResult(pg_result* result) : m_result(result) {}

    int rows() const;
    /// How many rows a statement that writes has touched.
    qint64 touched() const;
    std::string_view command() const; ///< what was done: "COMMIT", "INSERT 0 1"
    bool isNull(int row, int column) const;
    /// UTF-8; empty for NULL. Bytes are given as the server's `\x…`.
    std::string_view text(int row, int column) const;
    qint64 integer(int row, int column) const; ///< 0 for NULL and for what is none
    bool boolean(int row, int column) const;
    bool isBytes(int column) const;
    quint64 bytes() const; ///< what it takes in memory

  private:
    struct Clear {
        void operator()(pg_result* result) const;
    };
    std::unique_ptr<pg_result, Clear> m_result;
};

/// One row, as EventRow reads it.
class PgRow {
  public:
    PgRow(const PgResult& result, int row);
    ~PgRow();
    Q_DISABLE_COPY_MOVE(PgRow)

    /// Of bytes, what they hold. Stays valid as long as the result; of bytes, as long as the row.
    std::string_view text(int column) const;
    qint64 integer(int column) const { return m_result.integer(m_row, column); }
    bool isNull(int column) const { return m_result.isNull(m_row, column); }
    // Numbers with a fraction are made whole by the statement.
    static bool isReal(int) { return false; }
    static double real(int) { return 0; }

  private:
    const PgResult& m_result;
    int m_row;
    struct Bytes; ///< those that were asked for, by column
    mutable std::unique_ptr<Bytes> m_bytes;
};

} // namespace rewindow
