package dev.mandate.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    private static final int MAX = 10;

    @Test
    void every_line_is_counted_and_the_last_needs_no_end() throws IOException {
        assertThat(read("a\n\nb\r\nc")).containsExactly("1 a", "2 ", "3 b\r", "4 c");
        assertThat(read("a\n")).containsExactly("1 a");
        assertThat(read("")).isEmpty();
    }

    @Test
    void a_line_that_is_too_long_is_named_and_not_kept_and_the_next_one_is_read() throws IOException {
        assertThat(read("0123456789\n01234567890\n" + "x".repeat(100_000) + "\nb"))
                .containsExactly("1 0123456789", "2 too long", "3 too long", "4 b");
    }

    @Test
    void a_line_may_arrive_in_pieces() throws IOException {
        var trickle = new InputStream() {
            private final InputStream whole = new ByteArrayInputStream("abc\ndef\n".getBytes(StandardCharsets.UTF_8));

            @Override
            public int read() throws IOException {
                return whole.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return whole.read(into, offset, 1);
            }
        };

        assertThat(read(new LineReader(trickle, 1, MAX))).containsExactly("1 abc", "2 def");
    }

    @Test
    void numbers_begin_where_the_client_says() throws IOException {
        assertThat(read(new LineReader(stream("a\nb"), 51, MAX))).containsExactly("51 a", "52 b");
    }

    @Test
    void what_is_left_is_read_to_its_end_but_not_for_ever() throws IOException {
        // Given
        InputStream body = stream("a\n" + "x".repeat(200_000));
        var reader = new LineReader(body, 1, MAX);
        reader.next();

        // When
        reader.drain(100_000);
        int left = body.available();
        reader.drain(1_000_000);

        // Then
        assertThat(left).isBetween(80_000, 110_000);
        assertThat(body.available()).isZero();
    }

    private static List<String> read(String body) throws IOException {
        return read(new LineReader(stream(body), 1, MAX));
    }

    private static List<String> read(LineReader reader) throws IOException {
        var lines = new ArrayList<String>();
        for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
            lines.add(
                    switch (line.get()) {
                        case Line.Text text -> text.number() + " " + new String(text.bytes(), StandardCharsets.UTF_8);
                        case Line.TooLong tooLong -> tooLong.number() + " too long";
                    });
        }
        return lines;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
