// Profiles that try to be statements, for one server or another.
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QRandomGenerator>

namespace rewindow::test {

/// Of the table log(no, name, v, kind, data), and with `flag` in a condition where `isMutable`.
inline QByteArray logProfile(const QByteArray& name, const QByteArray& database, bool isMutable) {
    const QByteArray stream =
        isMutable ? R"("aggregateType":"kind","aggregateId":"name","typeSeparator":"-")"
                  : R"("stream":"name")";
    const QByteArray conditions =
        isMutable ? R"(,"conditions":[{"column":"flag","equals":"x"}])" : "";
    return R"({"name":")" + name + R"(","title":"A log","database":")" + database +
           R"(","recognisedBy":[{"table":"log","columns":["no"]}],
        "events":{"table":"log","position":"no",)" +
           stream + R"(,"version":"v","type":"kind","data":"data"})" + conditions + "}";
}

/// That profile with a NUL and a comment in each of its names in turn. A statement would end there:
/// what stands before the NUL must not be taken for the name.
inline QByteArrayList profilesWithANul(const QByteArray& database) {
    const QByteArray whole = logProfile("nul", database, false);
    QByteArrayList profiles;
    for (const QByteArray& name :
         {QByteArray(R"("table":"log)"), QByteArray(R"("no)"), QByteArray(R"("name")"),
          QByteArray(R"("v)"), QByteArray(R"("kind)"), QByteArray(R"("data":"data)")}) {
        QByteArray text = whole;
        const qsizetype at = text.lastIndexOf(name) + name.size() - (name.endsWith('"') ? 1 : 0);
        profiles << text.insert(at, R"(\u0000\" -- )");
    }
    return profiles;
}

/// Changes a profile at random, with pieces of SQL; the same ones in each run.
class ProfileMutator {
  public:
    /// `lock`: a call in the server's SQL that leaves a trace even in a session that only reads.
    ProfileMutator(const QByteArray& whole, const QByteArray& lock)
        : m_whole(whole)
        , m_pieces{R"(\"; DROP TABLE victim; --)",
                   "'; DROP TABLE victim; --",
                   R"(\u0000)",
                   R"(\")",
                   "); DROP TABLE victim; SELECT (",
                   "$1",
                   "?",
                   "/*",
                   "x' OR '1'='1",
                   "' || (SELECT " + lock + ") || '",
                   "'; SELECT " + lock + "; --",
                   R"(\"; SELECT )" + lock + "; --"} {}

    QByteArray next() {
        QByteArray text = m_whole;
        for (int change = m_random.bounded(3); change >= 0; --change) {
            auto place = qsizetype(m_random.bounded(int(text.size())));
            const QByteArray& before = m_texts[m_random.bounded(int(m_texts.size()))];
            if (m_random.bounded(2) == 0 && text.contains(before))
                place = text.indexOf(before) + before.size();
            if (m_random.bounded(4) == 0)
                text.remove(place, 1 + m_random.bounded(4));
            else
                text.insert(place, m_pieces[m_random.bounded(int(m_pieces.size()))]);
        }
        return text;
    }

  private:
    const QByteArray m_whole;
    const QByteArrayList m_pieces;
    /// Where a text stands that no table has to have.
    const QByteArrayList m_texts{R"("title":")", R"("typeSeparator":")", R"("equals":")"};
    QRandomGenerator m_random{20261124};
};

} // namespace rewindow::test
