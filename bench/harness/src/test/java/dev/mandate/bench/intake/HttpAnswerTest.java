package dev.mandate.bench.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpAnswerTest {

    @Test
    void answers_of_either_kind_are_read_to_their_end_and_no_further() throws IOException {
        // Given
        var in = stream(
                "HTTP/1.1 202 \r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nb\r\n, you\r\nthere\r\n0\r\n\r\n"
                        + "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
                        + "HTTP/1.1 204 No Content\r\n\r\n");

        // Then
        assertThat(HttpAnswer.read(in)).isEqualTo(new HttpAnswer(202, false));
        assertThat(HttpAnswer.read(in)).isEqualTo(new HttpAnswer(429, true));
        assertThat(HttpAnswer.read(in)).isEqualTo(new HttpAnswer(204, false));
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void an_answer_that_breaks_off_is_none() {
        assertThatIOException()
                .isThrownBy(() -> HttpAnswer.read(stream("HTTP/1.1 202 \r\nContent-Length: 9\r\n\r\n{}")));
        assertThatIOException().isThrownBy(() -> HttpAnswer.read(stream("HTTP/1.1 202 \r\nContent-")));
        assertThatIOException().isThrownBy(() -> HttpAnswer.read(stream("SSH-2.0\r\n\r\n")));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
