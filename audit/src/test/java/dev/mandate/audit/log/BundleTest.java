package dev.mandate.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.audit.Audit;
import dev.mandate.audit.World;
import dev.mandate.audit.verification.Check;
import dev.mandate.audit.verification.Finding;
import dev.mandate.audit.verification.Report;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.LogRecord.Header;
import dev.mandate.contracts.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {

    @TempDir
    Path directory;

    private World world;
    private ReceivedCommand second;
    private Path bundle;

    @BeforeEach
    void exportASmallWorld() throws IOException {
        world = new World(directory);
        world.done(world.blocking("auth0|1"));
        second = world.done(world.blocking("auth0|2"));
        LogRecord odd = world.append(
                Topics.COMMANDS,
                0,
                null,
                new byte[0],
                List.of(new Header("a=b c\n", null), new Header("", new byte[] {0, -1}), new Header("e", new byte[0])));
        world.quarantine(odd, RejectionCode.RECORD_CONTENT_TYPE);
        bundle = directory.resolve("bundle.txt");
        assertThat(Bundle.write(world.log(), bundle)).isEqualTo(8);
    }

    @Test
    void a_copy_holds_what_the_log_holds_byte_for_byte() {
        // Given
        List<LogRecord> original = read(world.log());

        // When
        List<LogRecord> copied;
        try (Log log = Bundle.open(bundle)) {
            assertThat(log.extent()).isEqualTo(world.log().extent());
            copied = read(log);
        }

        // Then
        assertThat(copied).hasSameSizeAs(original);
        for (int i = 0; i < copied.size(); i++) {
            assertThat(copied.get(i)).usingRecursiveComparison().isEqualTo(original.get(i));
        }
    }

    @Test
    void a_copy_verifies_as_the_log_does() {
        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void one_changed_byte_in_a_copy_is_found_at_its_record() throws IOException {
        change(lines -> lines.stream()
                .map(line -> line.startsWith("record " + second.position() + " ") ? flipped(line, 4) : line)
                .toList());
        Report report = verify();
        assertThat(report.findings())
                .anySatisfy(finding -> {
                    assertThat(finding.check()).isEqualTo(Check.COMMANDS);
                    assertThat(finding.place()).isEqualTo(second.position().toString());
                })
                .anySatisfy(finding -> assertThat(finding.reason()).contains("altered after it was exported"))
                .hasSize(2);
    }

    @Test
    void a_line_that_can_not_be_read_is_named_by_its_record() throws IOException {
        change(lines -> lines.stream()
                .map(line -> line.startsWith("record " + second.position() + " ")
                        ? line.replace(' ', '*').replaceFirst("\\*", " ").replaceFirst("\\*", " ")
                        : line)
                .toList());
        assertThat(verify().findings()).anySatisfy(finding -> {
            assertThat(finding.check()).isEqualTo(Check.LOG);
            assertThat(finding.place()).isEqualTo(second.position().toString());
        });
    }

    @Test
    void a_missing_record_is_noticed() throws IOException {
        change(lines -> lines.stream()
                .filter(line -> !line.startsWith("record " + second.position() + " "))
                .toList());
        assertThat(verify().findings()).extracting(Finding::check).contains(Check.LOG, Check.REFERENCES);
    }

    @Test
    void a_copy_that_was_cut_off_is_noticed() throws IOException {
        change(lines -> lines.subList(0, lines.size() - 2));
        assertThat(verify().findings())
                .anySatisfy(finding -> assertThat(finding.reason()).contains("cut off"));
    }

    @Test
    void what_follows_the_end_is_noticed() throws IOException {
        change(lines -> {
            var more = new ArrayList<>(lines);
            more.add(lines.get(lines.size() - 2));
            return more;
        });
        assertThat(verify().findings())
                .anySatisfy(finding -> assertThat(finding.reason()).contains("follows"));
    }

    @Test
    void what_the_log_did_not_keep_to_is_exported_too() throws IOException {
        // Given
        Log suspicious = new Log() {
            @Override
            public Extent extent() {
                return world.log().extent();
            }

            @Override
            public void read(Reader reader) {
                reader.suspect("mandate.commands/0@0", "Its time is 5 % off");
                world.log().read(reader);
            }

            @Override
            public void close() {}
        };

        // When
        Bundle.write(suspicious, bundle);

        // Then
        assertThat(verify().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.reason()).isEqualTo("Its time is 5 % off."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n", "mandate-bundle/v2 2026-11-23T12:00:00Z\n", "mandate-bundle/v1 yesterday\n", "\u0000"})
    void what_is_no_bundle_is_refused_with_a_sentence(String text) throws IOException {
        Files.writeString(bundle, text);
        assertThatThrownBy(() -> Bundle.open(bundle))
                .isInstanceOf(LogUnreadableException.class)
                .hasMessageContaining("bundle.txt");
    }

    private Report verify() {
        try (Log log = Bundle.open(bundle)) {
            return Audit.verify(log, world.keys().keyRing(), TestCommands.ENVIRONMENT);
        }
    }

    private void change(UnaryOperator<List<String>> change) throws IOException {
        List<String> lines = Files.readAllLines(bundle, StandardCharsets.US_ASCII);
        Files.writeString(bundle, String.join("\n", change.apply(lines)) + "\n", StandardCharsets.US_ASCII);
    }

    private static String flipped(String line, int field) {
        String[] fields = line.split(" ");
        int middle = fields[field].length() / 2;
        char other = fields[field].charAt(middle) == 'A' ? 'B' : 'A';
        fields[field] = fields[field].substring(0, middle) + other + fields[field].substring(middle + 1);
        return String.join(" ", Arrays.asList(fields));
    }

    private static List<LogRecord> read(Log log) {
        var records = new ArrayList<LogRecord>();
        log.read(new Log.Reader() {
            @Override
            public void record(LogRecord record) {
                records.add(record);
            }

            @Override
            public void suspect(String place, String reason) {
                throw new AssertionError(place + " " + reason);
            }
        });
        return records;
    }
}
