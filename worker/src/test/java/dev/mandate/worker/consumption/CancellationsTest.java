package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.MovableClock;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.command.Cancellation;
import dev.mandate.contracts.command.CancellationReader;
import dev.mandate.contracts.command.CancellationWriter;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.worker.rig.Withdrawals;
import dev.mandate.worker.verification.KeysUnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of cancellations, for whom, and for how long. */
class CancellationsTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration REACH = Duration.ofHours(24);
    private static final Requester ADA = TestCommands.requester("https://people.example/", List.of());

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock(NOW);
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final JournalIndex index = new JournalIndex();
    private final OwnedPartition home = Jobs.home(index, NOW);
    private TestKeys keys;
    private Jobs jobs;
    private Cancellations cancellations;
    private boolean issuerAway;

    @BeforeEach
    void start() {
        keys = TestKeys.in(directory, clock);
        jobs = new Jobs(directory, clock);
        cancellations = new Cancellations(
                new CancellationReader(keys.verifier(), TestCommands.ENVIRONMENT),
                received -> {
                    if (issuerAway) {
                        throw new KeysUnavailableException("away");
                    }
                },
                REACH,
                2,
                clock,
                meters);
    }

    @Test
    void a_job_is_called_off_by_its_requester_through_the_same_organization() {
        // Given
        Job job = jobs.next(home);
        Command command = job.received().command();

        // When
        read(cancellation(command, TestCommands.requester("https://others.example/", List.of()), REACH));
        read(cancellation(command, inOrganization(ADA), REACH));
        Optional<String> byOthers = cancellations.of(job);
        read(cancellation(command, ADA, REACH));

        // Then
        assertThat(byOthers).isEmpty();
        assertThat(cancellations.of(job)).isPresent();
        assertThat(cancellations.of(jobs.next(home))).isEmpty();
    }

    @Test
    void what_was_begun_or_may_have_been_is_not_called_off() {
        // Given
        Job begun = jobs.next(home);
        Job distrusted = jobs.next(home);
        read(cancellation(begun.received().command(), ADA, REACH));
        read(cancellation(distrusted.received().command(), ADA, REACH));

        // When
        begun.attempts(1);
        index.distrust(distrusted.received().command().id(), NOW);

        // Then
        assertThat(cancellations.of(begun)).isEmpty();
        assertThat(cancellations.of(distrusted)).isEmpty();
    }

    @Test
    void a_cancellation_is_forgotten_when_nothing_is_left_for_it_whatever_it_says_itself() {
        // Given
        read(cancellation(jobs.next(home).received().command(), ADA, Duration.ofMinutes(15)));
        read(cancellation(jobs.next(home).received().command(), ADA, Duration.ofDays(1000)));

        // When
        clock.move(Duration.ofMinutes(15));
        cancellations.forget();
        double afterItsEnd = remembered();
        clock.move(REACH);
        cancellations.forget();

        // Then
        assertThat(afterItsEnd).isEqualTo(1);
        assertThat(remembered()).isZero();
    }

    @Test
    void while_an_issuer_is_away_its_peoples_cancellations_wait_and_then_count() {
        // Given
        Job job = jobs.next(home);
        issuerAway = true;
        read(cancellation(job.received().command(), ADA, REACH));
        cancellations.retry();
        Optional<String> meanwhile = cancellations.of(job);

        // When
        issuerAway = false;
        cancellations.retry();

        // Then
        assertThat(meanwhile).isEmpty();
        assertThat(cancellations.of(job)).isPresent();
    }

    @Test
    void nobody_uses_up_what_is_there_for_everybody() {
        // Given
        Job mine = jobs.next(home);
        Job others = jobs.next(home);
        Requester bob = TestCommands.requester("https://others.example/", List.of());
        read(cancellation(jobs.next(home).received().command(), ADA, Duration.ofMinutes(1)));
        read(cancellation(jobs.next(home).received().command(), ADA, REACH));

        // When
        read(cancellation(mine.received().command(), ADA, REACH));
        read(cancellation(others.received().command(), bob, REACH));
        Optional<String> third = cancellations.of(mine);
        double withOthers = remembered();
        clock.move(Duration.ofMinutes(1));
        cancellations.forget();
        read(cancellation(mine.received().command(), ADA, REACH));

        // Then
        assertThat(third).isEmpty();
        assertThat(withOthers).isEqualTo(3);
        assertThat(meters.get("mandate.cancellations.refused")
                        .tag("reason", "cancellations.too_many")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(cancellations.of(mine)).isPresent();
    }

    private double remembered() {
        return meters.get("mandate.cancellations").gauge().value();
    }

    private void read(Cancellation cancellation) {
        cancellations.read(TestCommands.appended(
                new CancellationWriter(keys.intakeSigner()).write(cancellation), 0, clock.instant()));
    }

    private static Cancellation cancellation(Command command, Requester requester, Duration life) {
        return new Cancellation(
                TestCommands.ISSUER,
                Command.audience(TestCommands.ENVIRONMENT),
                Withdrawals.id(),
                NOW,
                NOW.plus(life),
                command.subject(),
                command.clientId(),
                new Cancellation.Scope(Cancellation.Kind.COMMAND, command.id()),
                Optional.empty(),
                requester,
                new Chain("intake-1/1", 1, Optional.empty()),
                new Bind(Topics.CONTROL, 0, command.id().value()));
    }

    private static Requester inOrganization(Requester r) {
        return new Requester(
                r.issuer(),
                Optional.of("org_9"),
                r.permissions(),
                r.roles(),
                r.application(),
                r.acr(),
                r.amr(),
                r.authenticatedAt(),
                r.ip(),
                r.tokenHash(),
                r.sealedToken());
    }
}
