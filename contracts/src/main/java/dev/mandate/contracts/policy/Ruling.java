package dev.mandate.contracts.policy;

/** What one rule or boundary says. */
sealed interface Ruling {

    /** The rule has nothing to say here. */
    record Silent() implements Ruling {}

    /** The rule applies and is content. */
    record Passes() implements Ruling {}

    /** The rule applies and hinges on facts that are not known here. */
    record Hinges() implements Ruling {}

    /** The rule forbids. */
    record Forbids(Denial denial) implements Ruling {}

    Ruling SILENT = new Silent();
    Ruling PASSES = new Passes();
    Ruling HINGES = new Hinges();

    static Ruling forbids(String code, String because) {
        return new Forbids(new Denial(code, because));
    }
}
