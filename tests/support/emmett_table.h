// Emmett's table of events in PostgreSQL, with what it takes to be recognised.
#pragma once

#include <QByteArray>

namespace rewindow::test {

/// The position is drawn by the table's default.
inline constexpr const char* kEmmettTables =
    "CREATE SEQUENCE emt_global_message_position;"
    "CREATE TABLE emt_streams(stream_id text, stream_position bigint, stream_type text);"
    "CREATE TABLE emt_messages(stream_position bigint NOT NULL, global_position bigint DEFAULT "
    "nextval('emt_global_message_position'), transaction_id xid8 NOT NULL, created timestamptz "
    "DEFAULT now() NOT NULL, is_archived boolean DEFAULT false NOT NULL, message_kind varchar(1) "
    "DEFAULT 'E' NOT NULL, stream_id text NOT NULL, partition text DEFAULT 'emt:default' NOT NULL, "
    "message_schema_version text NOT NULL DEFAULT '1', message_id text NOT NULL, message_type text "
    "NOT NULL, message_data jsonb NOT NULL, message_metadata jsonb NOT NULL, PRIMARY "
    "KEY(stream_id,stream_position))";

/// Appends event number `event` (from 0) of the stream `cart-WRITER`.
inline QByteArray emmettInsertion(int writer, int event) {
    return "INSERT INTO emt_messages(stream_position,transaction_id,stream_id,message_id,"
           "message_type,message_data,message_metadata) VALUES(" +
           QByteArray::number(event + 1) + ",pg_current_xact_id(),'cart-" +
           QByteArray::number(writer) + "','" + QByteArray::number(writer) + "-" +
           QByteArray::number(event) + "','Happened','{}','{}')";
}

} // namespace rewindow::test
