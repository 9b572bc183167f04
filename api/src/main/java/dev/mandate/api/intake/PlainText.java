package dev.mandate.api.intake;

/** People's words, which others will read. */
public final class PlainText {

    /** The longest reason, in characters. */
    public static final int MAX_REASON = 500;

    private PlainText() {}

    /** Whether there is something to read, no longer than this, without anything that changes how it is shown (A40). */
    public static boolean isReadable(String text, int maxLength) {
        return !text.isBlank() && text.length() <= maxLength && isPlain(text);
    }

    private static boolean isPlain(String text) {
        return text.codePoints().noneMatch(c -> switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        });
    }
}
