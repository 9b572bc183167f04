package dev.mandate.audit.command;

/** Colours and signs on a terminal, plain words elsewhere. */
record Style(boolean terminal) {

    private static final String RESET = "\033[0m";

    String holds() {
        return terminal ? "\033[32m✓" + RESET : "ok  ";
    }

    String fails() {
        return terminal ? "\033[31m✗" + RESET : "FAIL";
    }

    String partly() {
        return terminal ? "\033[33m~" + RESET : "part";
    }

    String nothing() {
        return terminal ? faint("·") : "none";
    }

    String bold(String text) {
        return terminal ? "\033[1m" + text + RESET : text;
    }

    String faint(String text) {
        return terminal ? "\033[2m" + text + RESET : text;
    }

    String red(String text) {
        return terminal ? "\033[31m" + text + RESET : text;
    }

    String green(String text) {
        return terminal ? "\033[32m" + text + RESET : text;
    }
}
