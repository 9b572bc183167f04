package dev.mandate.sandbox.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {

    private static final int PATIENCE_MILLIS = 10_000;

    private ServerSocket echo;
    private Relay relay;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        relay = new Relay(FreePorts.take(1).getFirst(), echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        echo.close();
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                var socket = echo.accept();
                Thread.ofVirtual().start(() -> {
                    try (socket) {
                        socket.getInputStream().transferTo(socket.getOutputStream());
                    } catch (IOException e) {
                        // The client is gone.
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), relay.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** What comes back of a byte; -1 when the connection has been closed. */
    private static int echoed(Socket socket) throws IOException {
        socket.getOutputStream().write(7);
        return socket.getInputStream().read();
    }

    @Test
    void what_is_sent_arrives_either_way() throws IOException {
        try (var socket = connect()) {
            assertThat(echoed(socket)).isEqualTo(7);
        }
    }

    @Test
    void when_it_is_cut_connections_end_and_new_ones_are_useless_until_it_is_mended() throws IOException {
        // Given
        try (var before = connect()) {
            assertThat(echoed(before)).isEqualTo(7);

            // When
            relay.cut();

            // Then
            assertEnded(before);
            try (var meanwhile = connect()) {
                assertEnded(meanwhile);
            }
        }
        relay.mend();
        try (var after = connect()) {
            assertThat(echoed(after)).isEqualTo(7);
        }
    }

    private static void assertEnded(Socket socket) {
        assertThatThrownBy(() -> {
                    if (echoed(socket) < 0) {
                        throw new IOException("ended");
                    }
                })
                .isInstanceOf(IOException.class)
                .as("nor does it hang")
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void when_it_is_slow_all_arrives_later_on_connections_that_are_there_already() throws IOException {
        try (var socket = connect()) {
            assertThat(echoed(socket)).isEqualTo(7);

            // When
            relay.slow(Duration.ofMillis(200));
            long began = System.nanoTime();

            // Then there and back
            assertThat(echoed(socket)).isEqualTo(7);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        }
    }
}
