package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.contracts.topic.Topics;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger makes of producers in trouble, by Kafka's own stand-in of a producer. */
class LedgerTest {

    private static final int PARTITIONS = 6;
    private static final ConsumerGroupMetadata MEMBER = new MockConsumer<>("earliest").groupMetadata();

    private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
    private final List<String> committed = new ArrayList<>();
    private final OwnedPartition home = new OwnedPartition(0);
    private final Ledger ledger = new Ledger(new Appender(
            () -> {
                producers.add(new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()));
                return producers.getLast();
            },
            Clock.systemUTC()));

    @BeforeEach
    void something_is_to_be_appended() {
        home.recovered(
                new Recovery.Recovered(
                        new JournalIndex(),
                        Map.of(Topics.COMMANDS, 0L, Topics.COMMANDS_BULK, 0L),
                        PARTITIONS,
                        Span.NOTHING),
                Instant.now());
        ledger.add(entry());
        ledger.open();
    }

    @Test
    void who_is_fenced_makes_no_new_producer_which_would_fence_its_successor() {
        // Given a refusal of the kind that usually passes, and another process that took the name meanwhile
        producers.getFirst().sendOffsetsToTransactionException = new InvalidProducerEpochException("old epoch");
        producers.getFirst().abortTransactionException = new ProducerFencedException("there is a newer one");

        // When, then
        assertThatThrownBy(() -> ledger.commit(List.of(home), MEMBER)).isInstanceOf(ProducerFencedException.class);
        ledger.open();
        assertThat(producers).hasSize(1);
        assertThat(committed).isEmpty();
    }

    @Test
    void an_epoch_that_grew_old_too_soon_for_a_timeout_is_another_processs_doing() {
        // Given
        producers.getFirst().sendOffsetsToTransactionException = new InvalidProducerEpochException("old epoch");
        producers.getFirst().abortTransactionException = new InvalidProducerEpochException("old epoch");

        // When, then
        assertThatThrownBy(() -> ledger.commit(List.of(home), MEMBER)).isInstanceOf(ProducerFencedException.class);
        ledger.open();
        assertThat(producers).hasSize(1);
    }

    @Test
    void what_is_refused_is_appended_by_a_later_transaction() {
        // Given
        producers.getFirst().sendOffsetsToTransactionException = new CommitFailedException("the group has moved on");

        // When
        Ledger.Result first = ledger.commit(List.of(home), MEMBER);
        producers.getFirst().sendOffsetsToTransactionException = null;
        ledger.open();
        Ledger.Result second = ledger.commit(List.of(home), MEMBER);

        // Then
        assertThat(first).isEqualTo(Ledger.Result.REFUSED);
        assertThat(second).isEqualTo(Ledger.Result.COMMITTED);
        assertThat(producers).hasSize(1);
        assertThat(producers.getFirst().history()).hasSize(1);
        assertThat(committed).hasSize(1);
    }

    @Test
    void a_producer_that_can_neither_commit_nor_abort_is_replaced() {
        // Given
        producers.getFirst().sendOffsetsToTransactionException = new CommitFailedException("the group has moved on");
        producers.getFirst().abortTransactionException = new KafkaException("broken");

        // When
        Ledger.Result first = ledger.commit(List.of(home), MEMBER);
        ledger.open();
        Ledger.Result second = ledger.commit(List.of(home), MEMBER);

        // Then
        assertThat(first).isEqualTo(Ledger.Result.REFUSED);
        assertThat(second).isEqualTo(Ledger.Result.COMMITTED);
        assertThat(producers.getFirst().closed()).isTrue();
        assertThat(producers.getLast().history()).hasSize(1);
    }

    @Test
    void a_commit_without_an_answer_is_asked_for_again_and_then_nobody_knows() {
        // Given
        producers.getFirst().commitTransactionException = new TimeoutException("no answer");

        // When
        Ledger.Result result = ledger.commit(List.of(home), MEMBER);

        // Then
        assertThat(result).isEqualTo(Ledger.Result.UNKNOWN);
        assertThat(committed).isEmpty();
        assertThat(producers.getFirst().closed()).isTrue();
    }

    @Test
    void what_is_too_much_for_one_transaction_is_appended_in_several() {
        // Given
        var hasty = new Hasty(6);
        var much = new Ledger(new Appender(() -> hasty, Clock.systemUTC()));
        for (int i = 0; i < 20; i++) {
            much.add(entry());
        }
        much.open();

        // When
        var results = new ArrayList<Ledger.Result>();
        while (!much.isEmpty() && results.size() < 20) {
            results.add(much.commit(List.of(home), MEMBER));
        }

        // Then
        assertThat(results).contains(Ledger.Result.REFUSED, Ledger.Result.COMMITTED);
        assertThat(hasty.history()).hasSize(20);
        assertThat(committed).hasSize(20);
    }

    @Test
    void a_ledger_that_is_closed_makes_no_new_producer_whatever_is_still_pending() {
        ledger.close();

        assertThat(ledger.commitNow(List.of(home), MEMBER)).isEqualTo(Ledger.Result.REFUSED);
        assertThat(producers).hasSize(1);
    }

    private Ledger.Entry entry() {
        return new Ledger.Entry(
                home,
                () -> new ProducerRecord<>(Topics.RESULTS, 0, new byte[0], new byte[] {1}),
                null,
                () -> committed.add("committed"));
    }

    /** Refuses transactions of more than so many records, as a broker does that has waited for too long. */
    private static final class Hasty extends MockProducer<byte[], byte[]> {

        private final int most;
        private int sent;

        Hasty(int most) {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
            this.most = most;
        }

        @Override
        public void beginTransaction() {
            sent = 0;
            super.beginTransaction();
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
            sent++;
            return super.send(record);
        }

        @Override
        public void sendOffsetsToTransaction(
                Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata member) {
            if (sent > most) {
                throw new CommitFailedException("it took too long");
            }
            super.sendOffsetsToTransaction(offsets, member);
        }
    }
}
