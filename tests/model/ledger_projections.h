// A system small enough to check by hand: accounts, their owners, and two views of them.
#pragma once

#include "base/json.h"
#include "model/projection/projection.h"
#include "support/scratch_store.h"

namespace rewindow::test {

/// Events: OwnerNamed{name} in owner-N; Opened{owner}, Deposited{amount}, Closed{} in account-N.
/// A deposit of a negative amount cannot be understood.
inline void nameOwner(ScratchStore& store, const QString& owner, const QString& name) {
    store.append(QStringLiteral("owner-") + owner, QStringLiteral("OwnerNamed"),
                 QByteArray::fromStdString(Json::object({{"name", Json(name)}}).dump()));
}
inline void openAccount(ScratchStore& store, const QString& account, const QString& owner) {
    store.append(QStringLiteral("account-") + account, QStringLiteral("Opened"),
                 QByteArray::fromStdString(Json::object({{"owner", Json(owner)}}).dump()));
}
inline GlobalPosition deposit(ScratchStore& store, const QString& account, qint64 amount) {
    return store.append(QStringLiteral("account-") + account, QStringLiteral("Deposited"),
                        QByteArray::fromStdString(Json::object({{"amount", Json(amount)}}).dump()));
}
inline void closeAccount(ScratchStore& store, const QString& account) {
    store.append(QStringLiteral("account-") + account, QStringLiteral("Closed"), "{}");
}

inline QString idOf(const RecordedEvent& event) {
    return toQString(streamId(event.stream()));
}

/// accounts(id, owner, owner_name, balance): names come from another stream, closing removes.
class AccountsProjection final : public Projection {
  public:
    const ViewSchema& schema() const override {
        static const ViewSchema kSchema{QStringLiteral("accounts"),
                                        {{QStringLiteral("id")},
                                         {QStringLiteral("owner"), ViewColumn::Type::Text, true},
                                         {QStringLiteral("owner_name")},
                                         {QStringLiteral("balance"), ViewColumn::Type::Integer}}};
        return kSchema;
    }
    std::vector<ViewSchema> companions() const override {
        return {{QStringLiteral("accounts_owners"),
                 {{QStringLiteral("id")}, {QStringLiteral("name")}},
                 QStringLiteral("accounts")}};
    }

    Result<void> apply(const RecordedEvent& event, ViewRows& rows) const override {
        const auto data = Json::parse(event.data());
        if (!data)
            return std::unexpected(data.error());
        ViewRows& owners = rows.companion(QStringLiteral("accounts_owners"));
        const QString id = idOf(event);
        if (event.type() == "OwnerNamed") {
            const QString name = (*data)["name"].toQString();
            owners.put({{id, name}});
            for (ViewRow row : rows.rowsWhere(QStringLiteral("owner"), id)) {
                row.values[2] = name;
                rows.put(std::move(row));
            }
        } else if (event.type() == "Opened") {
            const QString owner = (*data)["owner"].toQString();
            const auto named = owners.row(owner);
            rows.put({{id, owner, named ? named->values[1] : ViewValue(), qint64(0)}});
        } else if (event.type() == "Deposited") {
            const qint64 amount = (*data)["amount"].toInteger().value_or(0);
            auto row = rows.row(id);
            if (!row)
                return {};
            row->values[3] = std::get<qint64>(row->values[3]) + amount;
            rows.put(std::move(*row));
            // Only now, so that what it did has to be taken back.
            if (amount < 0)
                return fail(Error::Kind::BadInput, QStringLiteral("a deposit is not negative"));
        } else if (event.type() == "Closed") {
            rows.remove(id);
        }
        return {};
    }
};

/// deposits(id, count): how many each account had.
class DepositsProjection final : public Projection {
  public:
    const ViewSchema& schema() const override {
        static const ViewSchema kSchema{
            QStringLiteral("deposits"),
            {{QStringLiteral("id")}, {QStringLiteral("count"), ViewColumn::Type::Integer}}};
        return kSchema;
    }

    Result<void> apply(const RecordedEvent& event, ViewRows& rows) const override {
        if (event.type() != "Deposited")
            return {};
        const auto row = rows.row(idOf(event));
        rows.put({{idOf(event), row ? std::get<qint64>(row->values[1]) + 1 : qint64(1)}});
        return {};
    }
};

/// Rows as text: "id|cell|cell" in order, for comparing at a glance.
inline QStringList printed(const std::vector<ViewRow>& rows) {
    QStringList lines;
    for (const ViewRow& row : rows) {
        QStringList cells;
        for (const ViewValue& value : row.values)
            cells += toDisplay(value);
        lines += cells.join(u'|');
    }
    return lines;
}

inline QStringList rowsOf(ViewTables& tables, const QString& view,
                          std::optional<GlobalPosition> at = std::nullopt) {
    RowQuery query;
    query.at = at;
    const auto rows = tables.rows(view, query);
    return rows ? printed(*rows) : QStringList{rows.error().sentence()};
}

inline std::optional<ViewStatus> statusOf(ViewTables& tables, const QString& view) {
    const auto all = tables.status();
    if (all)
        for (const ViewStatus& status : *all)
            if (status.name == view)
                return status;
    return std::nullopt;
}

} // namespace rewindow::test
