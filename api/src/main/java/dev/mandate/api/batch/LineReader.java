package dev.mandate.api.batch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads lines that end with a line feed, as the last one need not, and holds no more than one of them. */
final class LineReader {

    private static final int CHUNK = 16 * 1024;

    private final InputStream body;
    private final int maxLine;
    private final byte[] chunk = new byte[CHUNK];
    private int position;
    private int end;
    private int number;

    /**
     * A reader.
     *
     * @param firstLine the number of the first line
     * @param maxLine how many bytes a line may have
     */
    LineReader(InputStream body, int firstLine, int maxLine) {
        this.body = body;
        this.number = firstLine;
        this.maxLine = maxLine;
    }

    /**
     * The next line; empty at the end.
     *
     * @throws IOException when the client is gone, or too slow
     */
    Optional<Line> next() throws IOException {
        if (!hasMore()) {
            return Optional.empty();
        }
        var line = new ByteArrayOutputStream();
        boolean tooLong = false;
        boolean ended = false;
        while (!ended && hasMore()) {
            int start = position;
            while (position < end && chunk[position] != '\n') {
                position++;
            }
            tooLong |= line.size() + position - start > maxLine;
            if (!tooLong) {
                line.write(chunk, start, position - start);
            }
            ended = position < end;
            position++;
        }
        Line read = tooLong ? new Line.TooLong(number) : new Line.Text(number, line.toByteArray());
        number++;
        return Optional.of(read);
    }

    /** The number of the line that {@link #next} would read. */
    int nextNumber() {
        return number;
    }

    /**
     * Reads what is left, and forgets it: a client that is still sending would not see the answer.
     *
     * @param most how much at most
     */
    void drain(long most) throws IOException {
        long left = most;
        while (left > 0 && hasMore()) {
            left -= end - position;
            position = end;
        }
    }

    private boolean hasMore() throws IOException {
        if (position < end) {
            return true;
        }
        position = 0;
        end = Math.max(0, body.read(chunk));
        return end > 0;
    }
}
