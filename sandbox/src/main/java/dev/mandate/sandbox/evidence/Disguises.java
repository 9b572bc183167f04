package dev.mandate.sandbox.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Words that begin alike, in every notation that could hide them from a plain search: as they are, in hexadecimal, and
 * in base64 or base64url at any alignment. They are of letters, digits, hyphens and low lines, which JSON and URLs
 * write as they are. One search finds any number of them, and tells which.
 */
public final class Disguises {

    private static final int SHORTEST = 7;
    private static final Pattern PLAIN = Pattern.compile("[\\w-]+");
    private static final HexFormat HEX = HexFormat.of();

    private enum Notation {
        PLAIN,
        HEX,
        UPPER_CASE_HEX,
        BASE64
    }

    private final String beginning;
    private final int length;
    private final Map<String, Notation> needles = new LinkedHashMap<>();

    /**
     * Words of one length.
     *
     * @param beginning what they all begin with: at least seven letters, digits, hyphens or low lines
     * @param length how long they are
     */
    public Disguises(String beginning, int length) {
        if (beginning.length() < SHORTEST
                || length < beginning.length()
                || !PLAIN.matcher(beginning).matches()) {
            throw new IllegalArgumentException("no beginning to look for");
        }
        this.beginning = beginning;
        this.length = length;
        var bytes = beginning.getBytes(StandardCharsets.US_ASCII);
        needles.put(beginning, Notation.PLAIN);
        needles.put(HEX.formatHex(bytes), Notation.HEX);
        needles.putIfAbsent(HEX.withUpperCase().formatHex(bytes), Notation.UPPER_CASE_HEX);
        for (int shift = 0; shift < 3; shift++) {
            needles.put(inBase64(bytes, shift), Notation.BASE64);
        }
    }

    /** The words that these bytes hold; a word that is cut off, as far as it goes. */
    public Set<String> in(byte[] haystack) {
        var text = new String(haystack, StandardCharsets.ISO_8859_1);
        var words = new TreeSet<String>();
        needles.forEach((needle, notation) -> {
            for (int at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
                words.add(word(text, at, notation));
            }
        });
        return words;
    }

    private String word(String text, int at, Notation notation) {
        return switch (notation) {
            case PLAIN -> text.substring(at, Math.min(text.length(), at + length));
            case HEX, UPPER_CASE_HEX -> fromHex(text, at);
            case BASE64 -> fromBase64(text, at);
        };
    }

    private String fromHex(String text, int at) {
        int end = at;
        while (end + 1 < text.length()
                && end < at + 2 * length
                && HexFormat.isHexDigit(text.charAt(end))
                && HexFormat.isHexDigit(text.charAt(end + 1))) {
            end += 2;
        }
        return new String(HEX.parseHex(text, at, end), StandardCharsets.ISO_8859_1);
    }

    /** Goes back to where a group of four may begin, and decodes from there. */
    private String fromBase64(String text, int at) {
        for (int back = 0; back < 4 && back <= at; back++) {
            int end = at;
            while (end < text.length() && end < at + 2 * length && isBase64(text.charAt(end))) {
                end++;
            }
            var run = text.substring(at - back, end).replace('-', '+').replace('_', '/');
            // A group that is cut short to one character says nothing.
            var whole = run.length() % 4 == 1 ? run.substring(0, run.length() - 1) : run;
            if (whole.chars().allMatch(Disguises::isBase64)) {
                var decoded = new String(Base64.getDecoder().decode(whole), StandardCharsets.ISO_8859_1);
                int found = decoded.indexOf(beginning);
                if (found >= 0) {
                    return decoded.substring(found, Math.min(decoded.length(), found + length));
                }
            }
        }
        return beginning;
    }

    private static boolean isBase64(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '+'
                || c == '/'
                || c == '-'
                || c == '_';
    }

    /**
     * The middle of the base64 of a text that stands that many bytes behind a group's beginning. What words are made of
     * is written alike in base64 and base64url.
     */
    private static String inBase64(byte[] text, int shift) {
        var shifted = new byte[text.length + shift];
        System.arraycopy(text, 0, shifted, shift, text.length);
        var encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int mixed = shift == 0 ? 0 : shift + 1;
        int whole = shifted.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
        return encoded.substring(mixed, whole);
    }
}
