package dev.mandate.contracts.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mandate.contracts.MovableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandIdsTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00.123Z"));
    private final CommandIds ids = new CommandIds(clock, new SecureRandom());

    @Test
    void a_new_id_is_a_uuid_of_version_7_that_begins_with_the_time() {
        UUID id = UUID.fromString(ids.next().value());
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(clock.millis());
    }

    @Test
    void later_ids_sort_after_earlier_ones_and_none_repeats() {
        Set<String> seen = new HashSet<>();
        String before = "";
        for (int i = 0; i < 1000; i++) {
            String id = ids.next().value();
            assertThat(seen.add(id)).isTrue();
            assertThat(id).isGreaterThan(before);
            before = id;
            clock.move(Duration.ofMillis(1));
        }
    }

    @Test
    void a_derived_id_is_a_uuid_of_version_8() {
        UUID id = UUID.fromString(CommandIds.derived(List.of("a")).value());
        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void a_derived_id_never_changes_between_releases() {
        // If this fails, a retry that crosses an upgrade runs twice.
        assertThat(CommandIds.derived(List.of("https://issuer/", "auth0|1", "console", "key"))
                        .value())
                .isEqualTo("94dcb556-8d4c-8661-a2bd-11084d331ee6");
    }

    @Test
    void A29_other_parts_give_another_id_however_they_run_together() {
        List<List<String>> lists = List.of(
                List.of(),
                List.of(""),
                List.of("", ""),
                List.of("ab"),
                List.of("a", "b"),
                List.of("b", "a"),
                List.of("ab", ""),
                List.of("", "ab"),
                List.of("a", "", "b"),
                List.of("a|b"),
                List.of("a\u0000b"),
                List.of("a", "\u0000\u0000\u0000\u0001b"),
                List.of("A", "b"));
        assertThat(lists.stream().map(CommandIds::derived).toList()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01A20990-9500-7B6E-9A51-2F6A4C0C8D10",
                "01a20990-9500-4b6e-9a51-2f6a4c0c8d10",
                "01a20990-9500-7b6e-1a51-2f6a4c0c8d10",
                "01a2099095007b6e9a512f6a4c0c8d10",
                "01a20990-9500-7b6e-9a51-2f6a4c0c8d1",
                "01a20990-9500-7b6e-9a51-2f6a4c0c8d10 ",
                "01a20990-9500-7b6e-9a51-2f6a4c0c8d10\n",
                "../../../../../../../../../../../etc"
            })
    void A45_nothing_else_is_an_id(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new CommandId(text));
    }
}
