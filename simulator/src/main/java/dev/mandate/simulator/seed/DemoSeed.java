package dev.mandate.simulator.seed;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The people of the demo: three employees, an administrator of a customer's organization, and people to act upon. */
public final class DemoSeed {

    private static final Catalogue CATALOGUE = Catalogue.bundled();

    /** Support staff: may read users. */
    public static final String SAM = "auth0|d3a0000000000000000000a1";
    /** Administrator: may do everything that this seed's API knows, but grant permissions. */
    public static final String ADA = "auth0|d3a0000000000000000000a2";
    /** Editor: may read and update users, and would like to grant himself more. */
    public static final String RICK = "auth0|d3a0000000000000000000a3";
    /** Administrator of the organization {@link #GLOBEX}: may read and update users there. */
    public static final String OLGA = "auth0|d3a0000000000000000000a4";
    /** An ordinary person without an organization. */
    public static final String UMA = "auth0|d3a0000000000000000000b1";
    /** A member of {@link #GLOBEX}. */
    public static final String GUS = "auth0|d3a0000000000000000000b2";
    /** A member of {@link #INITECH}. */
    public static final String INGA = "auth0|d3a0000000000000000000b3";

    /** A customer's organization. */
    public static final String GLOBEX = "org_globex";
    /** Another customer's organization. */
    public static final String INITECH = "org_initech";

    /** The public application through which people log in with their passwords. */
    public static final String CONSOLE = "console";
    /** The machine-to-machine application of the worker, for what the demo's people do. */
    public static final String WORKER = "mandate-worker";
    /** Its other one, for every action that takes scopes that {@link #WORKER} lacks. */
    public static final String WORKER_REST = "mandate-worker-rest";

    /** What the grant of {@link #WORKER} covers. */
    public static final List<String> WORKER_SCOPES = List.of(
            "read:users",
            "create:users",
            "update:users",
            "delete:users",
            "read:roles",
            "read:role_members",
            "create:role_members",
            "delete:role_members",
            "read:organizations",
            "read:organization_members",
            "create:organization_members",
            "delete:organization_members",
            "read:organization_member_roles",
            "create:organization_member_roles",
            "delete:organization_member_roles",
            "create:user_tickets",
            "delete:sessions",
            "delete:refresh_tokens",
            "delete:grants",
            "delete:authentication_methods",
            "delete:guardian_enrollments",
            "read:logs");

    /** In the name of a scope that an application can't be granted, since it is about whoever logged in. */
    private static final String OF_THE_CURRENT_USER = ":current_user_";

    /** What the grant of {@link #WORKER_REST} covers. */
    public static final List<String> WORKER_REST_SCOPES = CATALOGUE.operations().stream()
            .flatMap(DemoSeed::scopeSets)
            .filter(scopes -> !WORKER_SCOPES.containsAll(scopes))
            .flatMap(List::stream)
            .filter(scope -> !scope.contains(OF_THE_CURRENT_USER))
            .distinct()
            .sorted()
            .toList();

    /** The names to log in with, which are also the names that {@link #create} asks passwords for. */
    public static final Map<String, String> LOGINS = Map.of(
            "sam.support", SAM,
            "ada.admin", ADA,
            "rick.rank", RICK,
            "olga.org", OLGA);

    private static final int CROWD = 40;

    private static final List<String> ADMINISTRATOR = List.of(
            "read:users",
            "create:users",
            "update:users",
            "delete:users",
            "read:roles",
            "read:role_members",
            "read:organizations",
            "read:organization_members",
            "read:organization_member_roles",
            "create:user_tickets",
            "delete:sessions",
            "delete:refresh_tokens",
            "delete:grants",
            "delete:authentication_methods",
            "delete:guardian_enrollments",
            "users.resetMfa",
            "users.update:password",
            "users.update:email",
            "users.list:q",
            "users.list:page",
            "tickets.changePassword");

    private DemoSeed() {}

    /** The id of one of the people to act upon in numbers, counted from 0 to 39. */
    public static String crowd(int number) {
        return "auth0|d3a0000000000000000000%02d".formatted(number);
    }

    /**
     * The demo's tenant.
     *
     * @param audience the identifier of the company's API
     * @param secretOf gives the password of each login name, and the client secrets of {@link #WORKER} and
     *     {@link #WORKER_REST}
     */
    public static Seed create(String audience, Function<String, Secret> secretOf) {
        return new Seed(
                List.of(new SeedApi(audience, "Mandate", permissions())),
                List.of(
                        role(audience, "support", List.of("read:users")),
                        role(audience, "editor", List.of("read:users", "update:users")),
                        role(audience, "administrator", ADMINISTRATOR),
                        role(audience, "organization-administrator", List.of("read:users", "update:users"))),
                organizations(),
                people(secretOf),
                List.of(
                        SeedClient.login(CONSOLE),
                        SeedClient.machine(WORKER, secretOf.apply(WORKER), WORKER_SCOPES),
                        SeedClient.machine(WORKER_REST, secretOf.apply(WORKER_REST), WORKER_REST_SCOPES)));
    }

    /** What the company's API defines: every scope and every mark of the catalogue. */
    private static List<String> permissions() {
        return CATALOGUE.actions().stream()
                .flatMap(DemoSeed::permissions)
                .distinct()
                .sorted()
                .toList();
    }

    /** Every permission that an action may ask for, whatever its arguments. */
    public static Stream<String> permissions(Action action) {
        return Stream.concat(
                scopeSets(action).flatMap(List::stream),
                action.marks().stream().map(mark -> mark.permission(action.name())));
    }

    /** The sets of scopes that an action takes, one of them at a time, as its arguments are. */
    private static Stream<List<String>> scopeSets(Action action) {
        return Stream.concat(
                Stream.of(action.scopes()),
                action.scopeRules().stream()
                        .map(rule -> rule.anyMember().isEmpty()
                                ? rule.scopes()
                                : Stream.concat(action.scopes().stream(), rule.scopes().stream())
                                        .toList()));
    }

    private static SeedRole role(String audience, String name, List<String> permissions) {
        String id = "rol_" + (name + "0000000000000000").replace("-", "").substring(0, 16);
        List<Permission> granted = permissions.stream()
                .map(permission -> new Permission(audience, permission))
                .toList();
        return new SeedRole(id, name, "Demo: " + name, granted);
    }

    private static List<SeedOrganization> organizations() {
        return List.of(
                new SeedOrganization(
                        GLOBEX,
                        "globex",
                        "Globex",
                        List.of(
                                new SeedOrganization.Member(OLGA, List.of("organization-administrator")),
                                new SeedOrganization.Member(GUS, List.of()))),
                new SeedOrganization(
                        INITECH, "initech", "Initech", List.of(new SeedOrganization.Member(INGA, List.of()))));
    }

    private static List<SeedUser> people(Function<String, Secret> secretOf) {
        List<SeedUser> people = new ArrayList<>(List.of(
                login(SAM, "sam.support", "Sam Support", secretOf).withRoles("support"),
                login(ADA, "ada.admin", "Ada Admin", secretOf)
                        .withRoles("administrator")
                        .withAmr("pwd", "mfa"),
                login(RICK, "rick.rank", "Rick Rank", secretOf).withRoles("editor"),
                login(OLGA, "olga.org", "Olga Org", secretOf),
                target(UMA, "uma@acme.example", "Uma User"),
                target(GUS, "gus@globex.example", "Gus Globex"),
                target(INGA, "inga@initech.example", "Inga Initech")));
        for (int i = 0; i < CROWD; i++) {
            people.add(target(crowd(i), "crowd%02d@acme.example".formatted(i), "Crowd %02d".formatted(i)));
        }
        return people;
    }

    private static SeedUser login(String id, String login, String name, Function<String, Secret> secretOf) {
        return SeedUser.of(id, login + "@acme.example", name, secretOf.apply(login));
    }

    private static SeedUser target(String id, String email, String name) {
        return new SeedUser(
                id,
                email,
                Optional.empty(),
                name,
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                false,
                List.of("pwd"));
    }
}
