// One field of a command's form.
#pragma once

#include "base/json.h"
#include "model/domain/domain.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QStringListModel;
class QTimer;

namespace rewindow {

class Session;

/// A label, an input made for the field's type, and below it what is wrong with what was typed.
class CommandFormField : public QWidget {
    Q_OBJECT

  public:
    /// `madeUp`: left empty, the value is made up by whoever decides.
    CommandFormField(const CommandField& field, bool madeUp, Session& session, QWidget* parent);

    const CommandField& field() const { return m_field; }
    QString text() const;
    void setText(const QString& text);
    /// Shows `value` as it would have been typed.
    void setValue(const Json& value);
    /// What was typed, as the command takes it; nothing where it was left empty. Fails with Usage.
    Result<std::optional<Json>> value() const;
    /// Empty: nothing is wrong.
    void showError(const QString& error);
    void focusInput();

  signals:
    void edited();

  private:
    QWidget* makeInput(bool madeUp);
    void takeTheme();
    void askForIds();

    CommandField m_field;
    bool m_required;
    Session& m_session;
    QLineEdit* m_line = nullptr;   ///< of every type but Choice
    QComboBox* m_choice = nullptr; ///< of Choice
    QLabel* m_error = nullptr;
    QStringListModel* m_ids = nullptr; ///< offered for a Reference
    QTimer* m_askSoon = nullptr;
    quint64 m_asked = 0; ///< the last request for ids; older answers are dropped
};

/// Of every input of the form, in pixels at 100 %.
inline constexpr int kInputHeight = 30;

/// "12.50" as minor units, with at most two decimals; nothing where it is no amount.
std::optional<qint64> minorUnits(const QString& text);
QString fromMinorUnits(qint64 minor);

} // namespace rewindow
