package dev.mandate.simulator.seed;

import static java.util.Objects.requireNonNullElse;

import dev.mandate.simulator.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a tenant holds when it starts. Lists may be left out of its JSON form; unknown members are refused.
 *
 * @param apis resource servers, besides the Management API that is always there
 * @param roles tenant roles
 * @param organizations organizations with their members
 * @param users people, each with a password in the one database connection
 * @param clients applications
 */
public record Seed(
        List<SeedApi> apis,
        List<SeedRole> roles,
        List<SeedOrganization> organizations,
        List<SeedUser> users,
        List<SeedClient> clients) {

    /** Takes what is given; a missing list is empty. */
    public Seed {
        apis = List.copyOf(requireNonNullElse(apis, List.of()));
        roles = List.copyOf(requireNonNullElse(roles, List.of()));
        organizations = List.copyOf(requireNonNullElse(organizations, List.of()));
        users = List.copyOf(requireNonNullElse(users, List.of()));
        clients = List.copyOf(requireNonNullElse(clients, List.of()));
    }

    /** A tenant with nothing in it. */
    public static Seed empty() {
        return new Seed(List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** The same with an application more, or instead of the one with its id. */
    public Seed withClient(SeedClient client) {
        Stream<SeedClient> others =
                clients.stream().filter(each -> !each.clientId().equals(client.clientId()));
        return new Seed(
                apis,
                roles,
                organizations,
                users,
                Stream.concat(others, Stream.of(client)).toList());
    }

    /**
     * Reads a seed from its JSON file.
     *
     * @throws IOException when the file can't be read
     * @throws tools.jackson.core.JacksonException when it is not a seed
     */
    public static Seed read(Path file) throws IOException {
        return Json.MAPPER.readValue(Files.readAllBytes(file), Seed.class);
    }
}
