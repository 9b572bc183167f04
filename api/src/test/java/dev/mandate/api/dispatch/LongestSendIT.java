package dev.mandate.api.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.api.testkit.ApiHarness;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.ProducerFactory;

/** What a token's life is measured by. */
class LongestSendIT {

    @Test
    void nothing_is_acknowledged_later_than_the_longest_send() {
        var api = ApiHarness.shared().api();
        var settings = api.bean(ProducerFactory.class).getConfigurationProperties();
        Duration producer = millis(settings.get(ProducerConfig.MAX_BLOCK_MS_CONFIG))
                .plus(millis(settings.get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG)));

        assertThat(api.bean(Dispatcher.class).longestSend()).isGreaterThan(producer);
    }

    private static Duration millis(Object setting) {
        return Duration.ofMillis(Long.parseLong(String.valueOf(setting)));
    }
}
