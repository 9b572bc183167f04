package dev.mandate.contracts.signing;

import java.util.Optional;

/** What a signed statement is: the {@code typ} of its JWS header (RFC 8725 §3.11). */
public enum StatementType {
    /** A request to perform one action. */
    COMMAND("mandate-command+jwt"),
    /** A person's consent to, or refusal of, someone else's command. */
    APPROVAL("mandate-approval+jwt"),
    /** A person's withdrawal of a command. */
    CANCELLATION("mandate-cancellation+jwt"),
    /** A person's word on what became of a command whose outcome is unknown. */
    RESOLUTION("mandate-resolution+jwt"),
    /** A statement of the worker's journal: a Security Event Token (RFC 8417 §2.3). */
    JOURNAL("secevent+jwt"),
    /** The worker's statement that a record can't be trusted, and why. */
    QUARANTINE("mandate-quarantine+jwt"),
    /** What the intake hands to the client with a 202. */
    RECEIPT("mandate-receipt+jwt"),
    /** A statement on the control topic. */
    CONTROL("mandate-control+jwt");

    private final String typ;

    StatementType(String typ) {
        this.typ = typ;
    }

    /** The value of the header parameter {@code typ}. */
    public String typ() {
        return typ;
    }

    /** The type with exactly this {@code typ}, letter case included. */
    public static Optional<StatementType> of(String typ) {
        for (StatementType type : values()) {
            if (type.typ.equals(typ)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
