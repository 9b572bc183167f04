package dev.mandate.sandbox.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void no_port_is_given_out_twice_though_nobody_listens_there_yet() {
        List<Integer> given = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            given.addAll(FreePorts.take(2));
        }

        assertThat(given).hasSize(600).doesNotHaveDuplicates();
    }
}
