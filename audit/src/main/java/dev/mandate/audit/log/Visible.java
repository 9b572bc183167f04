package dev.mandate.audit.log;

/** Text out of records, made safe to look at. */
public final class Visible {

    private static final int MAX = 1000;

    private Visible() {}

    /**
     * The text with everything that a terminal or a reader could be deceived by (control characters, formatting such as
     * right-to-left marks, what is not assigned) shown as its code point, and cut at {@value #MAX} characters.
     */
    public static String text(String text) {
        var shown = new StringBuilder();
        text.codePoints().limit(MAX).forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.PRIVATE_USE,
                        Character.UNASSIGNED,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR ->
                    shown.append("\\u{").append(Integer.toHexString(c)).append('}');
                default -> shown.appendCodePoint(c);
            }
        });
        return text.codePointCount(0, text.length()) > MAX ? shown.append('…').toString() : shown.toString();
    }
}
