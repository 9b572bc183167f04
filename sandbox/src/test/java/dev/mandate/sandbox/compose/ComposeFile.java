package dev.mandate.sandbox.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;

/** A docker-compose.yml, as far as it says what a service can see. */
public record ComposeFile(Path home, Map<String, Object> content) {

    /** Where the secrets are that only a worker may see, and files that hold them. */
    private static final Path WORKERS_OWN = Path.of(".mandate", "compose", "worker");

    public static ComposeFile read(Path home) throws IOException {
        return parse(home, Files.readString(home.resolve("docker-compose.yml")));
    }

    static ComposeFile parse(Path home, String yaml) {
        return new ComposeFile(home, new Yaml().load(yaml));
    }

    Set<String> services() {
        return map(content.get("services")).keySet();
    }

    public Map<String, Object> service(String name) {
        return map(map(content.get("services")).get(name));
    }

    /** The files and directories of the host that a service sees. */
    List<Path> mounts(String service) {
        var mounts = new ArrayList<Path>();
        for (var volume : list(service(service).get("volumes"))) {
            var source = volume instanceof Map<?, ?> spelledOut
                    ? String.valueOf(spelledOut.get("source"))
                    : volume.toString().split(":", 2)[0];
            if (source.startsWith(".") || source.startsWith("/")) {
                mounts.add(Path.of(source).normalize());
            }
        }
        for (var name : secrets(service)) {
            mounts.add(Path.of(String.valueOf(
                            map(map(content.get("secrets")).get(name)).get("file")))
                    .normalize());
        }
        for (var file : list(service(service).get("env_file"))) {
            mounts.add(Path.of(file.toString()).normalize());
        }
        return mounts;
    }

    List<String> secrets(String service) {
        return list(service(service).get("secrets")).stream()
                .map(secret -> secret instanceof Map<?, ?> spelledOut ? spelledOut.get("source") : secret)
                .map(String::valueOf)
                .toList();
    }

    /** What a service is told in its environment, as {@code NAME=value}. */
    List<String> environment(String service) {
        return switch (service(service).get("environment")) {
            case null -> List.of();
            case Map<?, ?> map -> map.entrySet().stream().map(Object::toString).toList();
            case List<?> list -> list.stream().map(Object::toString).toList();
            case Object other -> throw new IllegalArgumentException("not an environment: " + other);
        };
    }

    /** Each way by which this service could come to see a Management credential. */
    List<String> managementCredentialsSeenBy(String service) throws IOException {
        var seen = new ArrayList<String>();
        for (var mount : mounts(service)) {
            if (mount.startsWith(WORKERS_OWN)
                    || WORKERS_OWN.startsWith(mount)
                    || mount.toString().isEmpty()
                    || mount.isAbsolute()) {
                seen.add("mounts " + mount);
            }
            if (Files.isRegularFile(home.resolve(mount))
                    && Files.readString(home.resolve(mount))
                            .lines()
                            .anyMatch(line -> !line.startsWith("#") && speaksOfCredentials(line))) {
                seen.add("is configured by " + mount);
            }
        }
        environment(service).stream()
                .filter(ComposeFile::speaksOfCredentials)
                .forEach(variable -> seen.add("is told " + variable));
        if (service(service).get("network_mode") != null
                || service(service).get("volumes_from") != null
                || service(service).get("extends") != null) {
            seen.add("shares what another service sees");
        }
        return seen;
    }

    private static boolean speaksOfCredentials(String line) {
        return line.toLowerCase(Locale.ROOT)
                .matches(".*(client.?secret|management.client|credentials\\[|private.?key.?file).*");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return node == null ? Map.of() : (Map<String, Object>) node;
    }

    private static List<?> list(Object node) {
        return switch (node) {
            case null -> List.of();
            case List<?> list -> list;
            case Object one -> List.of(one);
        };
    }
}
