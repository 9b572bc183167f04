package dev.mandate.api.log;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Positions in few bytes, for tokens: runs of neighbouring partitions, each as topic, first partition, number of
 * partitions and their offsets, all as variable-length integers.
 */
public final class PositionCodec {

    private PositionCodec() {}

    /** The positions as bytes. */
    public static byte[] encode(LogPositions positions) {
        var bytes = new ByteArrayOutputStream();
        var rest = new TreeMap<>(positions.next());
        while (!rest.isEmpty()) {
            LogPartition first = rest.firstKey();
            int count = 1;
            while (rest.containsKey(new LogPartition(first.topic(), first.partition() + count))) {
                count++;
            }
            write(bytes, LogReader.TOPICS.indexOf(first.topic()));
            write(bytes, first.partition());
            write(bytes, count);
            for (int i = 0; i < count; i++) {
                write(bytes, next(rest, new LogPartition(first.topic(), first.partition() + i)));
            }
        }
        return bytes.toByteArray();
    }

    /**
     * Positions out of bytes that were authenticated before.
     *
     * @throws IllegalArgumentException when another version of this program wrote them differently
     */
    public static LogPositions decode(byte[] content) {
        var positions = new TreeMap<LogPartition, Long>();
        ByteBuffer bytes = ByteBuffer.wrap(content);
        try {
            while (bytes.hasRemaining()) {
                String topic = LogReader.TOPICS.get(Math.toIntExact(read(bytes)));
                int first = Math.toIntExact(read(bytes));
                int count = Math.toIntExact(read(bytes));
                for (int i = 0; i < count; i++) {
                    positions.put(new LogPartition(topic, first + i), read(bytes));
                }
            }
        } catch (BufferUnderflowException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("Not positions", e);
        }
        return new LogPositions(positions);
    }

    private static long next(Map<LogPartition, Long> rest, LogPartition partition) {
        Long offset = rest.remove(partition);
        if (offset == null) {
            throw new IllegalStateException("The run was counted just before");
        }
        return offset;
    }

    private static void write(ByteArrayOutputStream bytes, long value) {
        long rest = value;
        while (rest > 0x7f) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    private static long read(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new ArithmeticException("An integer is too long");
    }
}
