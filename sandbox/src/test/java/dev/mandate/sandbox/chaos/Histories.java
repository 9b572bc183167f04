package dev.mandate.sandbox.chaos;

import dev.mandate.contracts.action.Repeat;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.sandbox.chaos.History.Asked;
import dev.mandate.sandbox.chaos.History.Audit;
import dev.mandate.sandbox.chaos.History.Call;
import dev.mandate.sandbox.chaos.History.Ended;
import dev.mandate.sandbox.chaos.History.Promise;
import dev.mandate.sandbox.chaos.History.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Histories made by hand. A second is a call's time; the next one begins a second later. */
final class Histories {

    static final String UMA = "acme-prod|user|uma";
    static final String GUS = "acme-prod|user|gus";
    private static final Instant BEGINNING = Instant.parse("2026-11-25T12:00:00Z");

    private final List<Promise> promises = new ArrayList<>();
    private final List<Asked> commands = new ArrayList<>();
    private final List<Ended> outcomes = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, String> markers = new HashMap<>();
    private Audit audit = new Audit(true, "Everything holds.");

    /**
     * A run without a fault in it: a read, three updates of two people, of which one took two attempts, a creation that
     * was refused the second time, a ticket, and one whose fate is unknown.
     */
    static Histories good() {
        var good = new Histories();
        good.asked("read", UMA, Repeat.SAFE).ended("read", OutcomeStatus.SUCCEEDED);
        good.asked("first", UMA, Repeat.IDEMPOTENT).called("first", 200).ended("first", OutcomeStatus.SUCCEEDED);
        good.asked("second", UMA, Repeat.IDEMPOTENT)
                .called("second", 200)
                .called("second", 200)
                .ended("second", OutcomeStatus.SUCCEEDED);
        good.asked("other", GUS, Repeat.IDEMPOTENT)
                .called("other", 503)
                .called("other", 200)
                .ended("other", OutcomeStatus.SUCCEEDED);
        good.asked("created", "acme-prod|users|new@acme.example", Repeat.GUARDED)
                .called("created", 201)
                .called("created", 409)
                .ended("created", OutcomeStatus.UNKNOWN);
        good.asked("ticket", UMA, Repeat.UNSAFE).called("ticket", 201).ended("ticket", OutcomeStatus.SUCCEEDED);
        good.asked("lost", GUS, Repeat.UNSAFE).called("lost", 201).ended("lost", OutcomeStatus.UNKNOWN);
        good.promises.add(new Promise("first", Optional.of("key of first")));
        return good.marked(UMA, "second").marked(GUS, "other").marked("acme-prod|users|new@acme.example", "created");
    }

    /** A run in which nobody asked for anything. */
    static Histories idle() {
        return new Histories();
    }

    /** A command that was promised and stands next in the log. */
    Histories asked(String id, String target, Repeat repeat) {
        promises.add(new Promise(id, Optional.of("key of " + id)));
        return logged(id, "key of " + id, target, repeat);
    }

    /** A command that stands next in the log, whose answer was lost. */
    Histories logged(String id, String key, String target, Repeat repeat) {
        var marker =
                repeat == Repeat.IDEMPOTENT || repeat == Repeat.GUARDED ? Optional.of(id) : Optional.<String>empty();
        commands.add(new Asked(
                id,
                new LogRecord.Position(Topics.COMMANDS, 0, commands.size()),
                target,
                request(id),
                repeat,
                Optional.of(key),
                marker));
        return this;
    }

    Histories promised(String id, String key) {
        promises.add(new Promise(id, Optional.of(key)));
        return this;
    }

    Histories ended(String id, OutcomeStatus status) {
        outcomes.add(new Ended(id, status));
        return this;
    }

    Histories withoutOutcome(String id) {
        outcomes.removeIf(outcome -> outcome.id().equals(id));
        return this;
    }

    Histories withoutCommand(String id) {
        commands.removeIf(command -> command.id().equals(id));
        return this;
    }

    Histories withoutCalls(String id) {
        calls.removeIf(call -> call.id().equals(Optional.of(id)));
        return this;
    }

    /** A call after all others. */
    Histories called(String id, int status) {
        return called(Optional.of(id), status);
    }

    Histories called(Optional<String> id, int status) {
        var began = BEGINNING.plusSeconds(2L * calls.size());
        return called(id, request(id.orElse("")), began, status);
    }

    /** A call that asks for something else than its command does. */
    Histories calledOtherwise(String id, Request request, int status) {
        return called(Optional.of(id), request, BEGINNING.plusSeconds(2L * calls.size()), status);
    }

    private Histories called(Optional<String> id, Request request, Instant began, int status) {
        calls.add(new Call(
                calls.size() + 1, id, request, began, Optional.of(began.plusSeconds(1)), OptionalInt.of(status)));
        return this;
    }

    /** What a command of this id asks for. */
    static Request request(String id) {
        return new Request("PATCH", "/" + id, StrictJson.object().put("id", id));
    }

    /** A call that begins while the latest one is on its way. */
    Histories calledMeanwhile(String id, int status) {
        return called(Optional.of(id), request(id), calls.getLast().began().plusMillis(500), status);
    }

    /** A call that is cut off before anything is done, while the latest one is on its way. */
    Histories cutAfterwards(String id) {
        calls.add(new Call(
                calls.size() + 1,
                Optional.of(id),
                request(id),
                BEGINNING.plusSeconds(2L * calls.size()),
                Optional.empty(),
                OptionalInt.empty()));
        return this;
    }

    Histories marked(String target, String marker) {
        markers.put(target, marker);
        return this;
    }

    Histories audited(String complaint) {
        audit = new Audit(false, complaint);
        return this;
    }

    History build() {
        return new History(promises, commands, outcomes, calls, markers, audit);
    }
}
