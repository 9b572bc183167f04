package dev.mandate.api.batch;

import java.util.Arrays;

/** A line of a batch as it came. */
sealed interface Line {

    /** Its number, counting every line. */
    int number();

    /** A line that can be looked at. */
    record Text(int number, byte[] bytes) implements Line {

        /** Whether there is nothing on it. */
        boolean isBlank() {
            for (byte b : bytes) {
                if (b != ' ' && b != '\t' && b != '\r') {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Text text && number == text.number && Arrays.equals(bytes, text.bytes);
        }

        @Override
        public int hashCode() {
            return 31 * number + Arrays.hashCode(bytes);
        }

        /** Its number; never the line, which may hold secrets. */
        @Override
        public String toString() {
            return "line " + number;
        }
    }

    /** A line that is longer than any may be. What it says was not kept. */
    record TooLong(int number) implements Line {}
}
