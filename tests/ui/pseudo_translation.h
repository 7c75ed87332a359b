// A language that nobody speaks: long, accented, in brackets. What shows without them was never
// given to a translator.
#pragma once

#include <QHash>
#include <QString>
#include <QTranslator>

namespace rewindow::test {

/// Around four tenths longer than English, as German or Finnish are.
class PseudoTranslator : public QTranslator {
  public:
    using QTranslator::QTranslator;

    static constexpr char16_t kOpen = u'⟦';
    static constexpr char16_t kClose = u'⟧';

    bool isEmpty() const override { return false; }
    QString translate(const char*, const char* source, const char*, int) const override {
        return translated(QString::fromUtf8(source));
    }

    /// Places for arguments (%1, %n) and mnemonics stay.
    static QString translated(const QString& source) {
        static const QHash<QChar, QChar> accents{
            {u'a', u'à'}, {u'e', u'é'}, {u'i', u'î'}, {u'o', u'ö'}, {u'u', u'û'}, {u'n', u'ñ'},
            {u'c', u'ç'}, {u'A', u'Å'}, {u'E', u'Ë'}, {u'O', u'Ø'}, {u'U', u'Ü'}, {u'N', u'Ñ'}};
        QString text(kOpen);
        int letters = 0;
        for (qsizetype i = 0; i < source.size(); ++i) {
            const QChar letter = source[i];
            const bool isPlace = letter == u'%' && i + 1 < source.size();
            text += isPlace ? letter : accents.value(letter, letter);
            if (isPlace)
                text += source[++i];
            letters += letter.isLetter();
        }
        static const QString filling = QStringLiteral("lorem ipsum dolor sit amet consectetur "
                                                      "adipiscing elit sed do eiusmod tempor ");
        if (letters > 1) {
            QString more;
            while (more.size() < (letters * 2 + 4) / 5)
                more += filling;
            text += u' ' + more.first((letters * 2 + 4) / 5).trimmed();
        }
        return text + kClose;
    }

    /// What of a text stands outside of all brackets.
    static QString untranslated(const QString& text) {
        QString outside;
        int depth = 0;
        for (const QChar letter : text) {
            depth += letter == kOpen;
            if (depth == 0)
                outside += letter;
            if (letter == kClose && depth > 0) {
                --depth;
                outside += u' ';
            }
        }
        return outside;
    }
};

} // namespace rewindow::test
