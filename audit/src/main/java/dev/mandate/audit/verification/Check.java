package dev.mandate.audit.verification;

/** What is checked, and what each check rests on. The order is that of the report. */
public enum Check {
    /** The log itself. */
    LOG("log", "The log could be read as it was appended", "the broker's word, or the bundle's"),
    /** Commands, as contracts' reader sees them. */
    COMMANDS(
            "commands",
            "Every record on the command topics is a genuine command where it belongs, or in quarantine",
            "the intake's public keys"),
    /** The journal, as contracts' reader sees it. */
    JOURNAL("journal", "Every statement of the journal is genuine and where it belongs", "the worker's public keys"),
    /** Statements about the system itself. */
    CONTROL("control", "Every statement on the control topic is genuine", "the signers' public keys"),
    /** Journal to commands. */
    REFERENCES(
            "references",
            "Every statement of the journal speaks of one command, at its offset and with its hash",
            "signatures of both sides"),
    /** Commands to journal. */
    OUTCOMES("outcomes", "Every command has exactly one outcome, or time left", "signatures of both sides"),
    /** Started, then ended. */
    STARTS(
            "starts",
            "Nothing was executed that was not announced, in time, before its outcome",
            "the journal's order and the worker's clock"),
    /** Macros, one step after the other. */
    STEPS(
            "steps",
            "A macro's steps were begun in their order, each after the one before it was done, and each has its line",
            "the catalogue's steps, if it is known here, and the journal's order; how a step ended is the worker's word"),
    /** Called off, by whom, and in time. */
    CANCELLATIONS(
            "cancellations",
            "What is called cancelled was called off by its requester, and nothing of it was begun",
            "the intake's signature, and the hash by which the outcome names what stood before it; that the token was"
                    + " the requester's is the worker's word"),
    /** One id, one outcome. */
    REPEATS("repeats", "Later records of a command came to nothing, and are called what they are", "request hashes"),
    /** What nobody knew. */
    RESOLUTIONS(
            "resolutions",
            "Unknown outcomes are settled afterwards, by somebody else who might have done the same",
            "the intake's word on who it was; that they found out the truth is theirs"),
    /** What was not believed. */
    QUARANTINE(
            "quarantine",
            "What is in quarantine a worker put there, byte for byte, and it came to nothing",
            "the records' own bytes; for sealed tokens the worker's word"),
    /** The API's decision. */
    INTAKE_DECISIONS(
            "intake decisions",
            "The API's decisions follow from what it recorded of the requester",
            "the command's own claims; tenant settings taken as the API had them"),
    /** The worker's decision. */
    WORKER_DECISIONS(
            "worker decisions",
            "The worker's decisions follow from the facts it recorded, which are about this command",
            "consistent with what was recorded; that the facts were true is the worker's word"),
    /** No more than the token. */
    PERMISSIONS(
            "permissions",
            "The worker counted no permission that the requester's token did not hold",
            "the command's copy of the token, which the worker compared with the token"),
    /** Nothing without a decision. */
    EXECUTION(
            "execution",
            "What reached Auth0 was allowed when it was begun, is what was asked for, and carries the command's id",
            "the worker's word; Auth0's own log is not compared yet"),
    /** Numbers without gaps. */
    CHAINS(
            "chains",
            "What each API instance signed is numbered without a gap or fork that it did not declare",
            "the intake's signatures; the last numbers of a run that has not ended in order can't be missed");

    private final String id;
    private final String claim;
    private final String basis;

    Check(String id, String claim, String basis) {
        this.id = id;
        this.claim = claim;
        this.basis = basis;
    }

    /** A short, stable name. */
    public String id() {
        return id;
    }

    /** What holds, if it holds: one sentence without a full stop. */
    public String claim() {
        return claim;
    }

    /** What the check rests on. */
    public String basis() {
        return basis;
    }
}
