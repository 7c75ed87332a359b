// Where a server's address is typed, whole or in its parts.
#pragma once

#include "base/error.h"
#include "store/store_url.h"

#include <QWidget>

#include <array>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace rewindow {

/// The line of the address and those of its parts say the same at any time. A password that stands
/// in an address moves to its own line. What is wrong is said below the line it concerns.
class ServerForm : public QWidget {
    Q_OBJECT

  public:
    enum class Field { Address, Host, Database, User, Password };

    /// `known`: addresses of servers that were connected to before.
    explicit ServerForm(const QStringList& known, QWidget* parent = nullptr);

    bool isEmpty() const;
    /// What was typed, with the password. Fails with Usage where it is no server's address.
    Result<StoreUrl> url() const;
    QString password() const;
    /// Whether the keyring is to have the password.
    bool isToBeKept() const;

    /// Says it below the field's line, and nothing below any other.
    void setTrouble(Field field, const QString& sentence);
    void clearTroubles();

  signals:
    void edited();
    void passwordEdited();

  private:
    struct Line {
        QLineEdit* edit = nullptr;
        QLabel* trouble = nullptr;
    };
    void addLine(QFormLayout& form, Field field, const QString& name, const QString& example);
    void takeAddress();
    void takeParts();
    void movePassword();
    Line& line(Field field) { return m_lines[static_cast<std::size_t>(field)]; }
    QString text(Field field) const;
    void setText(Field field, const QString& text);

    std::array<Line, 5> m_lines;
    QFormLayout* m_form;
    QComboBox* m_known = nullptr;
    QComboBox* m_system = nullptr;
    QCheckBox* m_keep = nullptr;
};

} // namespace rewindow
