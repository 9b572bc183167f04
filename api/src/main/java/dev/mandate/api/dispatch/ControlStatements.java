package dev.mandate.api.dispatch;

import dev.mandate.contracts.command.RunEnd;
import dev.mandate.contracts.command.UncertainSend;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.EventHeaders;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.Partitioning;
import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a run tells the control topic about its own numbers; all of one run in one partition. */
final class ControlStatements {

    private final Broker broker;
    private final Signer signer;
    private final Clock clock;
    private final String issuer;

    ControlStatements(Broker broker, Signer signer, Clock clock, String issuer) {
        this.broker = broker;
        this.signer = signer;
        this.clock = clock;
        this.issuer = issuer;
    }

    /**
     * Nobody knows whether the broker took this.
     *
     * @throws NotAcknowledgedException when the broker can't be told so either
     */
    void uncertain(UncertainSends.Send send) throws NotAcknowledgedException {
        var statement = new UncertainSend(issuer, now(), send.command(), send.chain(), send.bind());
        send(
                send.chain().instance(),
                send.command().value(),
                send.bind().key(),
                statement.issuedAt(),
                StrictJson.write(statement));
    }

    /**
     * The run has ended in order.
     *
     * @throws NotAcknowledgedException as above
     */
    void ended(RunEnd.Last last) throws NotAcknowledgedException {
        var statement = new RunEnd(issuer, now(), last);
        send(last.instance(), last.instance(), last.instance(), statement.issuedAt(), StrictJson.write(statement));
    }

    private void send(String key, String id, String subject, Instant at, byte[] payload)
            throws NotAcknowledgedException {
        int partitions = broker.partitions(Topics.CONTROL);
        broker.send(new OutgoingRecord(
                new Bind(Topics.CONTROL, Partitioning.partition(key, partitions), key),
                signer.sign(StatementType.CONTROL, payload).getBytes(StandardCharsets.US_ASCII),
                new EventHeaders(id, issuer, StatementType.CONTROL.typ(), subject, at, StatementType.CONTROL)
                        .toHeaders(),
                Hashes.sha256(payload)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
