package dev.mandate.contracts.action;

/**
 * A text that a regular expression spells out: literals as they stand, of a class its first member, of alternatives the
 * first, and of a repetition the fewest that it asks for, or some more. Conditions that only look around are passed
 * over, so what comes out has to be tried against the expression.
 */
final class PatternSample {

    /** Repetitions of repetitions get out of hand. */
    private static final int LONGEST = 2048;

    private final String regex;
    private final int more;
    private int at;

    private PatternSample(String regex, int more) {
        this.regex = regex;
        this.more = more;
    }

    /**
     * Spells out an expression.
     *
     * @param more how many more repetitions than the fewest, where the expression allows for them
     */
    static String of(String regex, int more) {
        return new PatternSample(regex, more).alternatives();
    }

    private String alternatives() {
        String first = sequence();
        while (peek() == '|') {
            at++;
            sequence();
        }
        return first;
    }

    private String sequence() {
        var text = new StringBuilder();
        while (at < regex.length() && peek() != '|' && peek() != ')') {
            String atom = atom();
            int times = repetitions();
            int room = atom.isEmpty() ? 0 : Math.max(0, LONGEST - text.length()) / atom.length();
            text.append(atom.repeat(Math.min(room, times)));
        }
        return text.toString();
    }

    private String atom() {
        char c = next();
        return switch (c) {
            case '^', '$' -> "";
            case '.' -> "x";
            case '(' -> group();
            case '[' -> oneOf();
            case '\\' -> escaped(next());
            default -> String.valueOf(c);
        };
    }

    private String group() {
        boolean condition = regex.startsWith("?=", at) || regex.startsWith("?!", at);
        if (peek() == '?') {
            at += 2;
        }
        String text = alternatives();
        at++; // the closing parenthesis
        return condition ? "" : text;
    }

    /** The first member of a class; of a class that excludes, a letter or digit that it does not name. */
    private String oneOf() {
        boolean excluded = peek() == '^';
        if (excluded) {
            at++;
        }
        int start = at;
        String first = peek() == '\\' ? escaped(regex.charAt(at + 1)) : String.valueOf(peek());
        while (peek() != ']' || at == start) {
            at += peek() == '\\' ? 2 : 1;
        }
        String members = regex.substring(start, at);
        at++;
        return !excluded ? first : members.contains("x") ? "7" : "x";
    }

    private static String escaped(char c) {
        return switch (c) {
            case 'd' -> "1";
            case 'w', 'S', 'D' -> "x";
            case 's' -> " ";
            case 'b', 'B' -> "";
            default -> String.valueOf(c);
        };
    }

    private int repetitions() {
        int fewest = 1;
        int most = 1;
        switch (peek()) {
            case '?' -> {
                at++;
                fewest = 0;
            }
            case '*' -> {
                at++;
                fewest = 0;
                most = Integer.MAX_VALUE;
            }
            case '+' -> {
                at++;
                most = Integer.MAX_VALUE;
            }
            case '{' -> {
                int end = regex.indexOf('}', at);
                String[] bounds = regex.substring(at + 1, end).split(",", -1);
                at = end + 1;
                fewest = Integer.parseInt(bounds[0]);
                most = bounds.length == 1
                        ? fewest
                        : bounds[1].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(bounds[1]);
            }
            default -> {}
        }
        return (int) Math.min(most, (long) fewest + more);
    }

    private char peek() {
        return at < regex.length() ? regex.charAt(at) : '\0';
    }

    private char next() {
        return regex.charAt(at++);
    }
}
