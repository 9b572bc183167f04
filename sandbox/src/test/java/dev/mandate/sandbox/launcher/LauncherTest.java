package dev.mandate.sandbox.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a checkout of its own, among JDKs and a Maven that only say how they were called. */
class LauncherTest {

    private static final List<String> TOOLS = List.of(
            "sh",
            "cat",
            "dirname",
            "find",
            "grep",
            "head",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "touch");

    private static final String FAKE_JAVA = """
            #!/bin/sh
            echo "java of $(dirname "$(dirname "$0")"): $*"
            exit 7
            """;

    private static final String FAKE_MAVEN = """
            #!/bin/sh
            echo "maven with $JAVA_HOME: $*"
            echo built >> "$CHECKOUT/builds"
            sleep "${MAVEN_TAKES:-0}"
            [ -z "${MAVEN_FAILS:-}" ] || { echo "[ERROR] something is wrong"; exit 5; }
            for module in api worker sandbox bench/harness; do mkdir -p "$CHECKOUT/$module/target"; done
            touch "$CHECKOUT/api/target/mandate-api-1-exec.jar"
            touch "$CHECKOUT/worker/target/mandate-worker-1-exec.jar"
            touch "$CHECKOUT/sandbox/target/mandate-sandbox-1.jar"
            case "$*" in *mandate.bench*) touch "$CHECKOUT/bench/harness/target/mandate-bench-1.jar" ;; esac
            """;

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private Path checkout;
    private Path bin;

    @BeforeEach
    void layOut() throws Exception {
        checkout = Files.createDirectories(directory.resolve("checkout")).toRealPath();
        bin = Files.createDirectories(directory.resolve("bin"));
        for (var tool : TOOLS) {
            executable(bin.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(whereIs(tool)));
        }
        executable(bin.resolve("mvn"), FAKE_MAVEN);
        executable(checkout.resolve("mandate"), Files.readString(Path.of("..", "mandate")));
        executable(checkout.resolve(".ci").resolve("run"), Files.readString(Path.of("..", ".ci", "run")));
        Files.createDirectories(checkout.resolve("api/src/main"));
        Files.createFile(checkout.resolve("pom.xml"));
        environment.put("PATH", bin.toString());
        environment.put("CHECKOUT", checkout.toString());
        environment.put("MANDATE_JDKS", directory.resolve("jdks").toString());
        jdk("old", "17.0.15");
        jdk("right", "25.0.3");
    }

    @Test
    void a_jdk_25_is_found_though_java_home_is_an_older_one() throws Exception {
        // Given
        environment.put("JAVA_HOME", directory.resolve("jdks/old").toString());

        // When
        var run = run("test");

        // Then
        assertThat(run.output()).containsExactly("maven with " + directory.resolve("jdks/right") + ": -B -ntp verify");
        assertThat(run.status()).isZero();
    }

    @Test
    void the_jdk_that_a_variable_names_goes_before_the_usual_places() throws Exception {
        // Given
        var mine = jdk("../mine", "25");
        environment.put("JAVA25_HOME", mine.toString());

        // When
        var run = run("test");

        // Then
        assertThat(run.output()).containsExactly("maven with " + mine + ": -B -ntp verify");
    }

    @Test
    void the_longest_tests_run_where_they_are_asked_for() throws Exception {
        assertThat(run("test", "--long", "-o").output())
                .containsExactly(
                        "maven with " + directory.resolve("jdks/right") + ": -B -ntp verify -DexcludedGroups= -o");
    }

    @Test
    void without_a_jdk_25_it_says_what_to_install() throws Exception {
        // Given
        Files.delete(directory.resolve("jdks/right/release"));

        // When
        var run = run("demo");

        // Then
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output().getFirst()).startsWith("Mandate needs a JDK 25");
        assertThat(run.output()).anyMatch(line -> line.contains("Install one, for example Eclipse Temurin 25"));
    }

    @Test
    void without_maven_it_says_what_to_install() throws Exception {
        // Given
        Files.delete(bin.resolve("mvn"));

        // When
        var run = run("demo");

        // Then
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).anyMatch(line -> line.contains("apt-get install maven"));
    }

    @Test
    void it_builds_before_the_first_start_and_then_only_when_a_source_has_changed() throws Exception {
        // When
        run("demo");
        run("demo");

        // Then
        assertThat(builds()).isEqualTo(1);

        // When
        Files.createFile(checkout.resolve("api/src/main/New.java"));
        Files.setLastModifiedTime(
                checkout.resolve("api/src/main/New.java"),
                FileTime.from(Instant.now().plusSeconds(2)));
        run("demo");

        // Then
        assertThat(builds()).isEqualTo(2);

        // When
        Files.delete(checkout.resolve("worker/target/mandate-worker-1-exec.jar"));
        run("demo");

        // Then
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void of_two_that_are_started_at_once_one_builds_and_the_other_waits() throws Exception {
        // Given
        environment.put("MAVEN_TAKES", "2");

        // When
        List<Run> runs;
        try (var launchers = Executors.newVirtualThreadPerTaskExecutor()) {
            var both = List.of(launchers.submit(() -> run("demo")), launchers.submit(() -> run("up")));
            runs = List.of(both.getFirst().get(), both.getLast().get());
        }

        // Then
        assertThat(builds()).isEqualTo(1);
        assertThat(runs).allMatch(run -> run.output().getLast().startsWith("java of "));
        assertThat(checkout.resolve(".mandate/building")).doesNotExist();
    }

    @Test
    void a_launcher_that_was_killed_while_it_built_keeps_nobody_waiting() throws Exception {
        // Given
        var mark = Files.createDirectories(checkout.resolve(".mandate/building"));
        Files.setLastModifiedTime(mark, FileTime.from(Instant.now().minusSeconds(300)));

        // When, then
        assertThat(run("demo").status()).isEqualTo(7);
    }

    @Test
    void it_is_found_through_a_link() throws Exception {
        var link = Files.createSymbolicLink(bin.resolve("mandate"), checkout.resolve("mandate"));

        assertThat(finished(new ProcessBuilder(link.toString(), "demo"))
                        .output()
                        .getLast())
                .contains("-Dmandate.home=" + checkout);
    }

    @Test
    void a_program_is_started_on_the_right_jdk_and_its_status_is_the_launchers() throws Exception {
        // When
        var run = run("demo", "--plain");

        // Then
        assertThat(run.output().getLast())
                .startsWith("java of " + directory.resolve("jdks/right") + ": ")
                .contains("-Dmandate.home=" + checkout)
                .endsWith("dev.mandate.sandbox.SandboxCommand demo --plain");
        assertThat(run.status()).isEqualTo(7);
    }

    @Test
    void what_only_measurements_need_is_built_only_for_them() throws Exception {
        // When
        run("demo");

        // Then
        assertThat(log()).doesNotContain("-Dmandate.bench");

        // When
        var run = run("bench", "--quick");
        run("bench", "--quick");

        // Then
        assertThat(log()).contains("-Dmandate.bench");
        assertThat(run.output().getLast())
                .contains("bench/harness/target/mandate-bench-1.jar")
                .endsWith("dev.mandate.bench.BenchCommand --quick");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void somebody_who_waits_for_a_build_sees_how_far_it_is() throws Exception {
        // Given
        executable(bin.resolve("mvn"), """
                #!/bin/sh
                echo "[INFO] Building Mandate: contracts 0.1.0-SNAPSHOT                         [2/7]"
                sleep 2
                exit 5
                """);

        // When
        var run = run("demo");

        // Then
        assertThat(run.output().getFirst()).startsWith("Building Mandate; the log is in ");
        assertThat(run.output()).containsOnlyOnce("  [2/7] Mandate: contracts");
    }

    @Test
    void a_build_that_fails_shows_the_end_of_its_log_and_is_tried_again_next_time() throws Exception {
        // Given
        environment.put("MAVEN_FAILS", "yes");

        // When
        var run = run("up");

        // Then
        assertThat(run.status()).isEqualTo(5);
        assertThat(run.output())
                .contains("[ERROR] something is wrong")
                .anyMatch(line ->
                        line.contains(checkout.resolve(".mandate/build.log").toString()));
        run("up");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void an_unknown_command_is_refused_and_help_is_not() throws Exception {
        assertThat(run("tset").status()).isEqualTo(2);
        assertThat(run("help").status()).isZero();
        assertThat(run().status()).isZero();
    }

    @Test
    void continuous_integration_runs_what_a_newcomer_runs() throws Exception {
        // When
        var run = finished(new ProcessBuilder(checkout.resolve(".ci/run").toString()));

        // Then
        assertThat(run.output()).containsExactly("maven with " + directory.resolve("jdks/right") + ": -B -ntp verify");
        assertThat(run.status()).isZero();
    }

    private record Run(int status, List<String> output) {}

    private Run run(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(checkout.resolve("mandate").toString());
        command.addAll(List.of(arguments));
        return finished(new ProcessBuilder(command));
    }

    private Run finished(ProcessBuilder builder) throws Exception {
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process =
                builder.directory(directory.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output.lines().toList());
    }

    private String log() throws IOException {
        return Files.readString(checkout.resolve(".mandate/build.log"));
    }

    private long builds() throws IOException {
        return Files.readAllLines(checkout.resolve("builds")).size();
    }

    private Path jdk(String name, String version) throws IOException {
        var home = directory.resolve("jdks").resolve(name).normalize();
        executable(home.resolve("bin/java"), FAKE_JAVA);
        executable(home.resolve("bin/javac"), FAKE_JAVA);
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void executable(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static Path whereIs(String tool) {
        return List.of(Path.of("/bin", tool), Path.of("/usr/bin", tool)).stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
