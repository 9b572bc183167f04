package dev.mandate.contracts.topic;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who may read and write what on the broker, in one place: the file {@code access.json} beside this class. The
 * sandbox's access rules and the production script are both made from it. What it does not grant is forbidden; in
 * particular nobody but the administrator may create, alter or delete anything.
 *
 * @param administrator the one principal that sets up topics, users and access rules; no process runs as it
 * @param principals the principals that processes run as
 * @param partitions how many partitions every topic has in production; never changed in place, since keys would move
 * @param settings the production settings of every topic, by Kafka's names
 * @param topics by topic, what each principal may do with it
 * @param groups by consumer group, who may join it ({@link Operation#READ})
 * @param transactionalIdPrefixes by prefix, who may use transactional ids that begin so ({@link Operation#WRITE})
 */
public record AccessMatrix(
        String administrator,
        List<String> principals,
        int partitions,
        Map<String, String> settings,
        Map<String, Map<String, Set<Operation>>> topics,
        Map<String, Map<String, Set<Operation>>> groups,

        @JsonProperty("transactional_id_prefixes") Map<String, Map<String, Set<Operation>>> transactionalIdPrefixes) {

    private static final String FILE = "access.json";

    /**
     * Copies what it is given, keeping its order.
     *
     * @throws IllegalArgumentException when rights are given to somebody who is not among {@code principals}
     */
    public AccessMatrix {
        principals = List.copyOf(principals);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        topics = copy(topics, principals);
        groups = copy(groups, principals);
        transactionalIdPrefixes = copy(transactionalIdPrefixes, principals);
    }

    /** What can be done with a topic, a group or a transactional id; each includes describing it. */
    public enum Operation {
        READ,
        WRITE
    }

    /** What a grant is about. A transactional id is granted by its prefix, the others by their whole name. */
    public enum Resource {
        TOPIC,
        GROUP,
        TRANSACTIONAL_ID_PREFIX
    }

    /** One cell of the matrix that says yes. */
    public record Grant(String principal, Operation operation, Resource resource, String name) {}

    /**
     * The matrix as it ships with this release.
     *
     * @throws UncheckedIOException when the file is missing from the jar
     */
    public static AccessMatrix load() {
        var mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .build();
        try (InputStream file = AccessMatrix.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IOException(FILE + " is missing");
            }
            return mapper.readValue(file, AccessMatrix.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every right that the matrix gives, in the order of the file. */
    public List<Grant> grants() {
        var grants = new ArrayList<Grant>();
        collect(grants, Resource.TOPIC, topics);
        collect(grants, Resource.GROUP, groups);
        collect(grants, Resource.TRANSACTIONAL_ID_PREFIX, transactionalIdPrefixes);
        return List.copyOf(grants);
    }

    private static void collect(List<Grant> into, Resource resource, Map<String, Map<String, Set<Operation>>> rows) {
        rows.forEach((name, row) -> row.forEach((principal, operations) -> operations.stream()
                .sorted()
                .forEach(operation -> into.add(new Grant(principal, operation, resource, name)))));
    }

    private static Map<String, Map<String, Set<Operation>>> copy(
            Map<String, Map<String, Set<Operation>>> rows, List<String> principals) {
        var copy = new LinkedHashMap<String, Map<String, Set<Operation>>>();
        rows.forEach((name, row) -> {
            if (!principals.containsAll(row.keySet())) {
                throw new IllegalArgumentException(name + " is granted to somebody unknown: " + row.keySet());
            }
            var cells = new LinkedHashMap<String, Set<Operation>>();
            row.forEach((principal, operations) -> cells.put(principal, Set.copyOf(operations)));
            copy.put(name, Collections.unmodifiableMap(cells));
        });
        return Collections.unmodifiableMap(copy);
    }
}
