// The form of a command, made from its specification.
#pragma once

#include "model/command/command_bus.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLineEdit;
class QVBoxLayout;

namespace rewindow {

class CommandFormField;
class Session;

/// The fields of one command at a time and the version it expects: *auto* (whatever the stream is
/// at) or a fixed one.
class CommandForm : public QWidget {
    Q_OBJECT

  public:
    explicit CommandForm(Session& session, QWidget* parent = nullptr);

    /// Builds the fields; what was typed into a field of the same name is kept.
    void setCommand(const CommandSpec& spec);
    const CommandSpec* command() const { return m_spec ? &*m_spec : nullptr; }
    /// The aggregate at hand: its id goes into the fields that name one of its type.
    void setAggregate(const QString& type, const QString& id);
    /// The version that is shown, which *fixed* starts from, and the stream's last one.
    void setVersions(StreamVersion shown, StreamVersion present);

    /// What was typed, if all of it can be sent; else the errors stand at their fields, and the
    /// first such field has the focus.
    std::optional<CommandRequest> request();
    /// Fills the form, which must be that command's, with what was sent before.
    void setRequest(const CommandRequest& request);

  signals:
    void edited();

  private:
    QWidget* makeExpected();
    void takeTheme();
    void prefill();
    void expectFixed(bool fixed);

    Session& m_session;
    std::optional<CommandSpec> m_spec;
    std::vector<CommandFormField*> m_fields;
    QVBoxLayout* m_places = nullptr;
    QLineEdit* m_version = nullptr;
    QComboBox* m_expected = nullptr;
    QString m_aggregateType;
    QString m_aggregateId;
    StreamVersion m_versionShown;
};

} // namespace rewindow
