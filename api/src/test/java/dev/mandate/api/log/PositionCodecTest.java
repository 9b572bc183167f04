package dev.mandate.api.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.contracts.topic.Topics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PositionCodecTest {

    @Test
    void whatever_is_encoded_is_decoded_again() {
        for (long seed = 0; seed < 200; seed++) {
            // Given
            var random = new Random(seed);
            var positions = new HashMap<LogPartition, Long>();
            for (String topic : LogReader.TOPICS) {
                for (int partition = 0; partition < 30; partition++) {
                    if (random.nextInt(3) > 0) {
                        positions.put(
                                new LogPartition(topic, partition),
                                random.nextLong(Long.MAX_VALUE) >> random.nextInt(63));
                    }
                }
            }
            // When
            byte[] bytes = PositionCodec.encode(LogPositions.of(positions));
            // Then
            assertThat(PositionCodec.decode(bytes)).as("seed %d", seed).isEqualTo(LogPositions.of(positions));
        }
    }

    @Test
    void a_place_in_all_partitions_of_a_large_installation_fits_into_a_header() {
        // Given
        var positions = new HashMap<LogPartition, Long>();
        LogReader.TOPICS.forEach(topic -> {
            for (int partition = 0; partition < 24; partition++) {
                positions.put(new LogPartition(topic, partition), 100_000_000L);
            }
        });
        // When
        byte[] bytes = PositionCodec.encode(LogPositions.of(positions));
        // Then
        assertThat(bytes).hasSizeLessThan(400);
    }

    @Test
    void bytes_of_another_kind_are_refused() {
        byte[] bytes = PositionCodec.encode(LogPositions.of(Map.of(new LogPartition(Topics.RESULTS, 3), 4711L)));
        for (byte[] other : List.of(Arrays.copyOf(bytes, bytes.length - 1), new byte[] {9, 0, 1, 0}, new byte[] {
            0, 0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1
        })) {
            assertThatThrownBy(() -> PositionCodec.decode(other)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
