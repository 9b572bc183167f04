package dev.mandate.worker.consumption;

import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.journal.Upstream;
import dev.mandate.contracts.policy.Effect;
import dev.mandate.contracts.topic.Lane;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.worker.time.Countdown;
import dev.mandate.worker.time.Stopwatch;
import dev.mandate.worker.verification.Problem;
import dev.mandate.worker.verification.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way from being read to having its outcome. Only the loop changes it.
 *
 * <pre>
 *  WAITING ──▶ VERIFYING ──▶ DECIDING ──▶ STARTING ──▶ RUNNING ──▶ ENDING
 *     ▲            │             │                       │ │  ▲       ▲
 *     └────────────┴─── later ───┘             DOUBTING ◀┘ └──┘ again │
 *                                                 └───────────────────┘
 * </pre>
 *
 * {@code DOUBTING} is what may have been done and is looked for in Auth0's log; a worker that takes it over from one
 * that died comes there without a call of its own. {@code DECIDING}, and {@code STARTING} when it comes again, begin
 * with a wait until the tenant may be called. {@code STARTING} lasts until there is a place for the call and the
 * transaction that says so is committed, {@code ENDING} until the one with the last word is. A macro goes from
 * {@code RUNNING} back to {@code STARTING} for each of its steps; attempts, doubt and the call are those of the step
 * that it is at.
 */
final class Job {

    /** Where a job is on its way. */
    enum Stage {
        WAITING,
        VERIFYING,
        DECIDING,
        STARTING,
        RUNNING,
        DOUBTING,
        ENDING
    }

    private final LogRecord found;
    private final ReceivedCommand received;
    private final OwnedPartition home;
    private final Urgency urgency;
    private Stage stage = Stage.WAITING;
    private int tries;
    private Optional<Problem> obstacle = Optional.empty();
    private List<StepOutcome> done = List.of();
    private Optional<StepStarted> step = Optional.empty();
    private int attempts;
    private boolean unsent;
    private @Nullable Stopwatch sinceStarted;
    private Optional<Instant> begunAt = Optional.empty();
    private boolean doubt;
    private @Nullable Request request;
    private Optional<Authorization> authorization = Optional.empty();
    private Optional<Countdown> fresh = Optional.empty();
    private Optional<Upstream> upstream = Optional.empty();
    private @Nullable Call call;
    private Optional<String> cancellation = Optional.empty();

    Job(LogRecord found, ReceivedCommand received, OwnedPartition home) {
        this.found = found;
        this.received = received;
        this.home = home;
        this.urgency = new Urgency(lane());
    }

    /** The record as it was found, in case it must go to the quarantine. */
    LogRecord found() {
        return found;
    }

    ReceivedCommand received() {
        return received;
    }

    Instant deadline() {
        return received.command().deadline();
    }

    LogRecord.Position position() {
        return received.position();
    }

    OwnedPartition home() {
        return home;
    }

    Lane lane() {
        return received.command().context().lane();
    }

    Urgency urgency() {
        return urgency;
    }

    String key() {
        return received.command().bind().key();
    }

    Stage stage() {
        return stage;
    }

    void enter(Stage next) {
        stage = next;
    }

    /** Notes that a try came to no decision, and why. */
    int triedInVain(Problem problem) {
        hindered(problem);
        return ++tries;
    }

    void hindered(Problem problem) {
        obstacle = Optional.of(problem);
    }

    /** What kept it from being decided or done so far. */
    Optional<Problem> obstacle() {
        return obstacle;
    }

    /** The steps of a macro that are done. */
    List<StepOutcome> done() {
        return done;
    }

    /** The step of a macro that was journaled as started, as long as it is not done. */
    Optional<StepStarted> step() {
        return step;
    }

    /** Where a macro is after this was journaled as started. */
    void at(Optional<StepStarted> started) {
        step = started;
        done = started.map(StepStarted::before).orElse(done);
    }

    /** The step of a macro is done, and the next one comes up. */
    void stepDone(StepOutcome line) {
        done = Stream.concat(done.stream(), Stream.of(line)).toList();
        step = Optional.empty();
        attempts = 0;
        unsent = false;
        doubt = false;
        begunAt = Optional.empty();
        sinceStarted = null;
        upstream = Optional.empty();
        obstacle = Optional.empty();
        tries = 0;
    }

    /** Whether anything of it was journaled as started. */
    boolean begun() {
        return attempts > 0 || !done.isEmpty();
    }

    /** How many attempts have been journaled as started or were sent. */
    int attempts() {
        return attempts;
    }

    void attempts(int number) {
        attempts = number;
    }

    /** Whether the last attempt is journaled as started and has not been sent. */
    boolean unsent() {
        return unsent;
    }

    void unsent(boolean value) {
        unsent = value;
    }

    /** Since before the last {@code started} of this worker was appended; absent if it appended none. */
    Optional<Stopwatch> sinceStarted() {
        return Optional.ofNullable(sinceStarted);
    }

    void sinceStarted(Stopwatch running) {
        sinceStarted = running;
    }

    /** When the first attempt began, or would have at the earliest. */
    Instant begunAt() {
        return begunAt.orElse(received.appendedAt());
    }

    /** An attempt began; that of an earlier one stays. */
    void begunAt(Instant at) {
        begunAt = begunAt.or(() -> Optional.of(at));
    }

    /** Whether an attempt may have done it. */
    boolean doubt() {
        return doubt;
    }

    void inDoubt() {
        doubt = true;
    }

    /** No attempt has done it, or whether one did is of no consequence, since it only reads. */
    void noDoubt() {
        doubt = false;
    }

    /** The request, once it is verified, at the step that comes next. */
    Request request() {
        if (request == null) {
            throw new IllegalStateException("Not verified yet");
        }
        return request.at(done.size());
    }

    /** Whether all of it, once it is verified, is known to do nothing but read. */
    boolean onlyReads() {
        return request != null
                && request.operations().stream().allMatch(one -> one.action().reads());
    }

    /** Whether what comes next of it is known to do nothing but read. */
    boolean isHarmless() {
        return request != null && request().operation().action().reads();
    }

    boolean isVerified() {
        return request != null;
    }

    void verified(Request verified) {
        request = verified;
    }

    Optional<Authorization> authorization() {
        return authorization;
    }

    /** Lasts as long as what it was decided by is not too old for a call to begin; absent if it was not allowed. */
    Optional<Countdown> fresh() {
        return fresh;
    }

    /** Whether a call may begin on what it was decided by. */
    static boolean isFresh(Optional<Countdown> lasting) {
        return lasting.filter(left -> !left.isOver()).isPresent();
    }

    void decided(Optional<Authorization> decision, Optional<Countdown> lasting) {
        authorization = decision.or(() -> authorization);
        fresh = lasting;
    }

    /** Whether it was decided after this time: if that is now, the clock has been set back. */
    boolean isDecidedAfter(Instant time) {
        return authorization.filter(decision -> decision.at().isAfter(time)).isPresent();
    }

    /** It was done: a decision against it that came later says nothing of that. */
    void wasAllowed() {
        authorization = authorization.filter(decision -> decision.decision() == Effect.ALLOW);
    }

    Optional<Upstream> upstream() {
        return upstream;
    }

    void called(Optional<Upstream> last) {
        upstream = last.or(() -> upstream);
    }

    /** It was called off before anything of it was begun. */
    void calledOff(String payloadHash) {
        cancellation = Optional.of(payloadHash);
    }

    /** The payload hash of the cancellation that called it off. */
    Optional<String> cancellation() {
        return cancellation;
    }

    /** The call that is on its way, or whose result has not been committed. */
    Optional<Call> call() {
        return Optional.ofNullable(call);
    }

    void call(Call running) {
        call = running;
    }
}
