package dev.mandate.worker.consumption;

import dev.mandate.worker.settings.WorkerSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.Producer;

/** What a worker can be without. Each must be found out by what comes of it. */
enum Weakness {
    /** Offsets are committed in nobody's name, as one may before the group is joined: no epoch is checked. */
    FENCING(new Guards() {
        @Override
        Producer<byte[], byte[]> producer(KafkaClients clients) {
            return changed(
                    clients.producer(),
                    (offsets, _) -> Optional.of(new Object[] {offsets, new ConsumerGroupMetadata(KafkaClients.GROUP)}));
        }
    }),

    /** No offsets are sent with a transaction, so that Kafka has nothing to check. */
    OFFSETS(new Guards() {
        @Override
        Producer<byte[], byte[]> producer(KafkaClients clients) {
            return changed(clients.producer(), (_, _) -> Optional.empty());
        }
    }),

    /** What belongs to a partition that was revoked or lost is appended under the member's next epoch. */
    REVOKED(new Guards() {
        @Override
        Ledger ledger(Appender appender) {
            return new Ledger(appender) {
                @Override
                void dropGone() {
                    // That is the weakness.
                }
            };
        }
    }),

    /** A call may begin at any time, and nobody waits for another's. */
    BOUNDS(new Guards() {
        @Override
        CallWindow window(WorkerSettings settings) {
            var day = Duration.ofDays(1);
            return new CallWindow(day, day.negated(), Duration.ZERO);
        }
    }),

    /** What begins is signed, and not appended: who takes over knows nothing of calls that are on their way. */
    STARTS(new Guards() {
        @Override
        Ledger ledger(Appender appender) {
            return new Ledger(appender) {
                @Override
                void add(Entry entry) {
                    if (entry.announced() == null) {
                        super.add(entry);
                    } else {
                        entry.record().get();
                        entry.committed().run();
                    }
                }
            };
        }
    }),

    /** The journal is not read back: nothing is known of what was before. */
    RECOVERY(new Guards() {
        @Override
        Map<Integer, Recovery.Recovered> read(Recovery recovery, Collection<Integer> numbers) {
            Map<Integer, Recovery.Recovered> read = new HashMap<>(super.read(recovery, numbers));
            read.replaceAll((_, one) ->
                    new Recovery.Recovered(new JournalIndex(), one.offsets(), one.partitions(), Span.NOTHING));
            return read;
        }
    });

    private final Guards guards;

    Weakness(Guards guards) {
        this.guards = guards;
    }

    Guards guards() {
        return guards;
    }

    private interface Change {

        /** What is to be called with instead, if anything is. */
        Optional<Object[]> of(Object offsets, Object member);
    }

    /** A producer whose one call that carries offsets is another, or is left out. */
    @SuppressWarnings("unchecked")
    private static Producer<byte[], byte[]> changed(Producer<byte[], byte[]> producer, Change change) {
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (_, method, arguments) -> {
                    Object[] given = arguments;
                    if (method.getName().equals("sendOffsetsToTransaction")) {
                        Optional<Object[]> other = change.of(arguments[0], arguments[1]);
                        if (other.isEmpty()) {
                            return null;
                        }
                        given = other.get();
                    }
                    try {
                        return method.invoke(producer, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
