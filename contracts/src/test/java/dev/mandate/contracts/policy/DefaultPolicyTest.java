package dev.mandate.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.ActionMark;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

class DefaultPolicyTest {

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final DefaultPolicy POLICY = new DefaultPolicy();
    private static final String ISSUER = "https://acme.example/";
    private static final String SUBJECT = "auth0|requester";
    private static final String TARGET = "auth0|target";
    private static final List<String> EVERYTHING = CATALOGUE.actions().stream()
            .flatMap(action -> Stream.of(
                            action.scopes().stream(),
                            action.scopeRules().stream().flatMap(rule -> rule.scopes().stream()),
                            action.marks().stream().map(mark -> mark.permission(action.name())))
                    .flatMap(permissions -> permissions))
            .distinct()
            .toList();
    private static final String BLOCK = "{\"id\":\"auth0|target\",\"body\":{\"blocked\":true}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "users.get; read:users; ALLOW",
                "users.get; ; DENY",
                "users.get; READ:USERS; DENY",
                "users.get; read:users2; DENY",
                "users.get; read:*; DENY",
                "users.get; update:users; DENY",
                "users.update; read:users; DENY",
                "users.update; update:users; ALLOW",
                "users.update; read:users update:users; ALLOW",
                "users.delete; update:users; DENY",
                "users.delete; delete:users; ALLOW",
                "users.roles.list; read:users; DENY",
                "users.roles.list; read:role_members read:roles read:users; ALLOW"
            })
    void A52_permissions_must_hold_every_scope_of_the_action(String action, String permissions, Effect effect) {
        List<String> held = permissions == null ? List.of() : List.of(permissions.split(" "));
        Decision decision =
                decide(action, action.equals("users.update") ? BLOCK : "{\"id\":\"auth0|target\"}", person(held));
        assertThat(decision.effect()).isEqualTo(effect);
        if (effect == Effect.DENY) {
            assertThat(decision.denial()).map(Denial::code).contains("policy.permission_missing");
            assertThat(decision.rules()).containsExactly("scopes-as-permissions");
        }
    }

    @Test
    void an_issuer_that_the_tenant_does_not_list_is_denied() {
        var requester =
                requester("https://evil.example/", Optional.empty(), List.of("update:users"), false, Standing.ACTIVE);
        assertDenied(decide("users.update", BLOCK, requester), "policy.issuer", "built-in:issuer");
    }

    @Test
    void an_application_is_denied_unless_the_tenant_takes_applications() {
        var application = requester(ISSUER, Optional.empty(), List.of("update:users"), true, Standing.UNVERIFIED);
        assertDenied(decide("users.update", BLOCK, application), "policy.application", "built-in:application");
        assertThat(decide("users.update", BLOCK, application, new TenantFacts("acme", List.of(ISSUER), true), TARGET)
                        .effect())
                .isEqualTo(Effect.ALLOW);
    }

    @Test
    void A58_a_requester_who_is_blocked_or_gone_is_denied() {
        for (var entry : List.of(
                new Object[] {Standing.BLOCKED, "policy.requester_blocked"},
                new Object[] {Standing.GONE, "policy.requester_gone"})) {
            var requester = requester(ISSUER, Optional.empty(), List.of("update:users"), false, (Standing) entry[0]);
            assertDenied(decide("users.update", BLOCK, requester), (String) entry[1], "built-in:standing");
        }
    }

    @Test
    void a_login_through_an_organization_reaches_only_what_is_proven_to_belong_to_it() {
        assertThat(inOrganization(Optional.of(List.of("org_1"))).effect()).isEqualTo(Effect.ALLOW);
        assertThat(inOrganization(Optional.of(List.of("org_2", "org_1"))).effect())
                .isEqualTo(Effect.ALLOW);
        assertDenied(
                inOrganization(Optional.of(List.of("org_2"))), "policy.other_organization", "built-in:organization");
        assertDenied(inOrganization(Optional.of(List.of())), "policy.other_organization", "built-in:organization");
        Decision unknown = inOrganization(Optional.empty());
        assertThat(unknown.effect()).isEqualTo(Effect.DEFER);
        assertThat(unknown.rules()).containsExactly("built-in:organization");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "roles.list; {}; read:roles",
                "users.list; {}; read:users",
                "users.create; {\"body\":{\"connection\":\"c\",\"email\":\"a@b\"}}; create:users",
                "tickets.changePassword; {\"body\":{\"email\":\"a@b\"}}; create:user_tickets tickets.changePassword",
                "organizations.members.list; {\"id\":\"org_2\"}; read:organization_members"
            })
    void a_login_through_an_organization_reaches_no_collection_and_no_other_organization(
            String action, String arguments, String permissions) {
        var requester =
                requester(ISSUER, Optional.of("org_1"), List.of(permissions.split(" ")), false, Standing.ACTIVE);
        assertDenied(decideUnknown(action, arguments, requester), "policy.other_organization", "built-in:organization");
    }

    @Test
    void a_change_of_app_metadata_alone_needs_the_narrower_scope_and_takes_the_wider_one() {
        String change = "{\"id\":\"auth0|target\",\"body\":{\"app_metadata\":{}}}";
        String mark = "users.update:app_metadata";
        assertThat(decide("users.update", change, person(List.of("update:users_app_metadata", mark)))
                        .effect())
                .isEqualTo(Effect.ALLOW);
        assertThat(decide("users.update", change, person(List.of("update:users", mark)))
                        .effect())
                .isEqualTo(Effect.ALLOW);
        assertDenied(
                decide("users.update", change, person(List.of(mark))),
                "policy.permission_missing",
                "scopes-as-permissions");
        assertDenied(
                decide(
                        "users.update",
                        "{\"id\":\"auth0|target\",\"body\":{\"app_metadata\":{},\"name\":\"x\"}}",
                        person(List.of("update:users_app_metadata", mark))),
                "policy.permission_missing",
                "scopes-as-permissions");
    }

    @Test
    void an_organizations_own_members_can_be_listed_by_its_administrator() {
        var requester =
                requester(ISSUER, Optional.of("org_1"), List.of("read:organization_members"), false, Standing.ACTIVE);
        assertThat(decideUnknown("organizations.members.list", "{\"id\":\"org_1\"}", requester)
                        .effect())
                .isEqualTo(Effect.ALLOW);
    }

    @Test
    void a_ticket_without_a_user_or_address_reaches_nobody_through_an_organization() {
        var requester = requester(
                ISSUER,
                Optional.of("org_1"),
                List.of("create:user_tickets", "tickets.changePassword"),
                false,
                Standing.ACTIVE);
        assertDenied(
                decideUnknown("tickets.changePassword", "{\"body\":{}}", requester),
                "policy.other_organization",
                "built-in:organization");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "users.update; {\"id\":\"auth0|target\",\"body\":{\"password\":\"x\"}}; users.update:password",
                "users.update; {\"id\":\"auth0|target\",\"body\":{\"password\":null}}; users.update:password",
                "users.update; {\"id\":\"auth0|target\",\"body\":{\"email\":\"a@b\"}}; users.update:email",
                "users.update; {\"id\":\"auth0|target\",\"body\":{\"app_metadata\":{}}}; users.update:app_metadata",
                "users.permissions.create; {\"id\":\"auth0|target\",\"body\":{\"permissions\":[]}}; users.permissions.create",
                "users.roles.assign; {\"id\":\"auth0|target\",\"body\":{\"roles\":[\"rol_1\"]}}; users.roles.assign",
                "tickets.changePassword; {\"body\":{\"user_id\":\"auth0|target\"}}; tickets.changePassword",
                "users.list; {\"query\":{\"q\":\"email:*\"}}; users.list:q",
                "users.list; {\"query\":{\"page\":1}}; users.list:page",
                "jobs.usersExports.create; {\"body\":{}}; jobs.usersExports.create",
                "jobs.get; {\"id\":\"job_1\"}; jobs.get",
                "organizations.invitations.create; {\"id\":\"org_1\",\"body\":{}}; organizations.invitations.create",
                "organizations.update; {\"id\":\"org_1\",\"body\":{\"metadata\":{}}}; organizations.update:metadata",
                "clientGrants.create; {\"body\":{\"client_id\":\"c\"}}; clientGrants.create",
                "actions.triggers.bindings.updateMany; {\"triggerId\":\"post-login\",\"body\":{}}; actions.triggers.bindings.updateMany"
            })
    void a_marked_action_or_argument_needs_a_permission_of_its_own(String action, String arguments, String permission) {
        List<String> scopes = CATALOGUE.find(action).orElseThrow().scopes();
        assertDenied(decide(action, arguments, person(scopes)), "policy.marked_permission_missing", "built-in:marks");
        var more = new ArrayList<>(scopes);
        more.add(permission);
        assertThat(decide(action, arguments, person(more)).effect()).isEqualTo(Effect.ALLOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "users.update; {\"id\":\"auth0|requester\",\"body\":{\"blocked\":false}}",
                "users.update; {\"id\":\"auth0|requester\",\"body\":{\"app_metadata\":{\"roles\":[\"admin\"]}}}",
                "users.roles.assign; {\"id\":\"auth0|requester\",\"body\":{\"roles\":[\"rol_1\"]}}",
                "users.roles.delete; {\"id\":\"auth0|requester\",\"body\":{\"roles\":[\"rol_1\"]}}",
                "users.permissions.create; {\"id\":\"auth0|requester\",\"body\":{\"permissions\":[]}}",
                "organizations.members.create; {\"id\":\"org_1\",\"body\":{\"members\":[\"auth0|x\",\"auth0|requester\"]}}",
                "organizations.members.roles.assign; {\"id\":\"org_1\",\"user_id\":\"auth0|requester\",\"body\":{\"roles\":[\"rol_1\"]}}",
                "users.update; {\"id\":\"auth0|requester\",\"body\":{\"password\":\"x\"}}",
                "users.update; {\"id\":\"auth0|requester\",\"body\":{\"email\":\"x@y.example\"}}",
                "users.resetMfa; {\"id\":\"auth0|requester\"}",
                "users.authenticators.deleteAll; {\"id\":\"auth0|requester\"}",
                "tickets.changePassword; {\"body\":{\"user_id\":\"auth0|requester\"}}",
                "users.identities.link; {\"id\":\"auth0|other\",\"body\":{\"provider\":\"auth0\",\"user_id\":\"requester\"}}",
                "users.identities.link; {\"id\":\"auth0|other\",\"body\":{\"provider\":\"auth0\",\"user_id\":\"auth0|requester\"}}"
            })
    void A56_nobody_changes_their_own_grants_factors_or_credentials_whatever_they_hold(
            String action, String arguments) {
        assertDenied(decide(action, arguments, person(everything())), "policy.own_grants", "built-in:own-grants");
    }

    @ParameterizedTest
    @CsvSource({
        "samlp|john, samlp|acme|john, true",
        "samlp|acme|john, samlp|acme|john, true",
        "samlp|other|john, samlp|acme|john, false",
        "samlp|jane, samlp|acme|john, false",
        "waad|john, samlp|acme|john, false"
    })
    void A56_an_identity_is_ones_own_with_or_without_its_connection(String named, String subject, boolean own) {
        var requester =
                new RequesterFacts(ISSUER, subject, Optional.empty(), everything(), List.of(), false, Standing.ACTIVE);
        String[] halves = named.split("\\|", 2);
        String arguments = "{\"id\":\"auth0|other\",\"body\":{\"provider\":\"%s\",\"user_id\":\"%s\"}}"
                .formatted(halves[0], halves[1]);
        assertThat(decide("users.identities.link", arguments, requester).effect())
                .isEqualTo(own ? Effect.DENY : Effect.ALLOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "tickets.changePassword; {\"body\":{\"email\":\"a@b\",\"connection_id\":\"con_1\"}}",
                "userBlocks.deleteByIdentifier; {\"query\":{\"identifier\":\"a@b\"}}"
            })
    void A56_whoever_is_named_by_an_address_must_be_known_not_to_be_the_requester(String action, String arguments) {
        assertDenied(byName(action, arguments, Optional.of(true)), "policy.own_grants", "built-in:own-grants");
        assertThat(byName(action, arguments, Optional.empty()).effect()).isEqualTo(Effect.DEFER);
        assertThat(byName(action, arguments, Optional.of(false)).effect()).isEqualTo(Effect.ALLOW);
    }

    private static Decision byName(String name, String arguments, Optional<Boolean> oneself) {
        Action action = CATALOGUE.find(name).orElseThrow();
        List<TargetFacts> targets = action.targets(json(arguments)).stream()
                .map(target -> new TargetFacts(target.type(), target.id(), Optional.empty(), oneself))
                .toList();
        return POLICY.decide(
                action,
                json(arguments),
                new Facts(person(everything()), new TenantFacts("acme", List.of(ISSUER), false), targets));
    }

    @Test
    void an_application_widens_neither_its_own_grant_nor_its_own_credentials() {
        var tenant = new TenantFacts("acme", List.of(ISSUER), true);
        var application = new RequesterFacts(
                ISSUER, "abc@clients", Optional.empty(), everything(), List.of(), true, Standing.UNVERIFIED);
        var cases = Map.of(
                "clients.rotateSecret {\"id\":\"abc\"}", Effect.DENY,
                "clients.rotateSecret {\"id\":\"other\"}", Effect.ALLOW,
                "clientGrants.create {\"body\":{\"client_id\":\"abc\",\"audience\":\"x\"}}", Effect.DENY,
                // A grant's id does not say whose it is.
                "clientGrants.update {\"id\":\"cgr_1\"}", Effect.DEFER);
        cases.forEach((command, effect) -> {
            String[] parts = command.split(" ", 2);
            Action action = CATALOGUE.find(parts[0]).orElseThrow();
            List<TargetFacts> targets = action.targets(json(parts[1])).stream()
                    .map(TargetFacts::unknown)
                    .toList();
            assertThat(POLICY.decide(action, json(parts[1]), new Facts(application, tenant, targets))
                            .effect())
                    .as(command)
                    .isEqualTo(effect);
        });
    }

    @Test
    void ones_own_profile_may_be_edited() {
        assertThat(decide(
                                "users.update",
                                "{\"id\":\"auth0|requester\",\"body\":{\"name\":\"x\"}}",
                                person(everything()))
                        .effect())
                .isEqualTo(Effect.ALLOW);
    }

    @Test
    void all_reasons_to_deny_are_listed_and_the_first_is_told() {
        var requester = requester("https://evil.example/", Optional.empty(), List.of(), true, Standing.GONE);
        Decision decision = decide("users.update", BLOCK, requester);
        assertThat(decision.rules())
                .containsExactly(
                        "built-in:issuer", "built-in:application", "built-in:standing", "scopes-as-permissions");
        assertThat(decision.denial()).map(Denial::code).contains("policy.issuer");
    }

    @Test
    void the_hash_is_that_of_the_text_that_ships() {
        assertThat(POLICY.hash()).matches("sha-256:[0-9a-f]{64}").isEqualTo(new DefaultPolicy().hash());
        assertThat(decide("users.update", BLOCK, person(List.of())).policy()).isEqualTo(POLICY.hash());
    }

    /** One action of each kind: a policy that looks at no names can't tell the others of a kind from it. */
    private static Collection<Action> kinds() {
        var kinds = new LinkedHashMap<String, Action>();
        for (Action action : CATALOGUE.actions()) {
            String kind = action.scopes().size() + " " + action.scopeRules()
                    + action.marks().stream().map(ActionMark::at).toList()
                    + action.ownForbidden()
                    + action.affects();
            kinds.putIfAbsent(kind, action);
        }
        return kinds.values();
    }

    /** Every combination of the facts that the rules look at, for every kind of action and of its arguments. */
    @ParameterizedTest
    @MethodSource("kinds")
    void over_all_combinations_of_facts_the_policy_is_what_the_design_says(Action action) {
        for (ObjectNode arguments : samples(action)) {
            List<String> relevant = with(action.scopes(arguments), action, arguments);
            for (RequesterFacts requester : requesters(action, relevant)) {
                for (boolean applications : new boolean[] {true, false}) {
                    for (Optional<List<String>> known : List.of(
                            Optional.<List<String>>empty(),
                            Optional.of(List.<String>of()),
                            Optional.of(List.of("org_1")),
                            Optional.of(List.of("org_2")))) {
                        for (Optional<Boolean> oneself : oneself(action, arguments)) {
                            check(action, arguments, requester, applications, known, oneself, relevant);
                        }
                    }
                }
            }
        }
    }

    /** What may be known of somebody who is named by an address, if anybody is. */
    private static List<Optional<Boolean>> oneself(Action action, ObjectNode arguments) {
        boolean named = action.targets(arguments).stream().anyMatch(TargetFacts::namesSomebodyOtherwise);
        return named ? List.of(Optional.empty(), Optional.of(true), Optional.of(false)) : List.of(Optional.empty());
    }

    private static boolean byName(List<TargetFacts> targets) {
        return targets.stream()
                .anyMatch(target -> List.of("email", "user_identifier").contains(target.type()));
    }

    private void check(
            Action action,
            ObjectNode arguments,
            RequesterFacts requester,
            boolean applications,
            Optional<List<String>> known,
            Optional<Boolean> oneself,
            List<String> relevant) {
        var tenant = new TenantFacts("acme", List.of(ISSUER), applications);
        List<TargetFacts> targets = action.targets(arguments).stream()
                .map(target -> target.type().equals("user")
                        ? new TargetFacts("user", target.id(), known, Optional.empty())
                        : new TargetFacts(target.type(), target.id(), Optional.empty(), oneself))
                .toList();
        Decision decision = POLICY.decide(action, arguments, new Facts(requester, tenant, targets));

        assertThat(decision.effect())
                .as("%s %s %s %s %s", action.name(), arguments, requester, applications, known)
                .isEqualTo(expected(action, arguments, requester, applications, targets, relevant));
        boolean complete = (requester.organization().isEmpty() || known.isPresent())
                && (oneself.isPresent() || !byName(targets))
                && !(requester.application()
                        && targets.stream().anyMatch(target -> target.type().equals("client_grant")));
        if (complete) {
            assertThat(decision.effect()).isNotEqualTo(Effect.DEFER);
        }
        if (decision.effect() == Effect.ALLOW) {
            // More permissions never turn an allowed command into a denied one.
            var stronger = new RequesterFacts(
                    requester.issuer(),
                    requester.subject(),
                    requester.organization(),
                    everything(),
                    requester.roles(),
                    requester.application(),
                    requester.standing());
            assertThat(POLICY.decide(action, arguments, new Facts(stronger, tenant, targets))
                            .effect())
                    .isEqualTo(Effect.ALLOW);
        }
    }

    /** The design's sentences, written down a second time and in another way. */
    private static Effect expected(
            Action action,
            ObjectNode arguments,
            RequesterFacts requester,
            boolean applications,
            List<TargetFacts> targets,
            List<String> relevant) {
        boolean person = !requester.application() && action.forbiddenToOneself(arguments);
        boolean application = requester.application() && action.forbiddenToOneself(arguments);
        boolean oneself = person
                        && targets.stream()
                                .anyMatch(target -> target.type().equals("user")
                                                && target.id().equals(requester.subject())
                                        || byName(List.of(target))
                                                && target.oneself().equals(Optional.of(true)))
                || application
                        && targets.stream()
                                .anyMatch(target -> target.type().equals("client")
                                        && requester.subject().equals(target.id() + "@clients"));
        List<String> broad = with(action.scopes(arguments, action.scopes()), action, arguments);
        boolean denied = !requester.issuer().equals(ISSUER)
                || requester.application() && !applications
                || requester.standing() == Standing.BLOCKED
                || requester.standing() == Standing.GONE
                || !requester.permissions().containsAll(relevant)
                        && !requester.permissions().containsAll(broad)
                || oneself;
        boolean unknown = person
                        && targets.stream()
                                .anyMatch(target -> byName(List.of(target))
                                        && target.oneself().isEmpty())
                || application
                        && targets.stream().anyMatch(target -> target.type().equals("client_grant"));
        if (requester.organization().isPresent()) {
            String organization = requester.organization().get();
            denied |= targets.isEmpty();
            for (TargetFacts target : targets) {
                boolean user = target.type().equals("user");
                unknown |= user && target.organizations().isEmpty();
                boolean proven = user
                        ? target.organizations()
                                .map(ids -> ids.contains(organization))
                                .orElse(true)
                        : target.type().equals("organization") && target.id().equals(organization);
                denied |= !proven;
            }
        }
        return denied ? Effect.DENY : unknown ? Effect.DEFER : Effect.ALLOW;
    }

    private static List<String> with(List<String> scopes, Action action, ObjectNode arguments) {
        return Stream.concat(scopes.stream(), action.marks(arguments).map(mark -> mark.permission(action.name())))
                .distinct()
                .toList();
    }

    private static List<RequesterFacts> requesters(Action action, List<String> relevant) {
        List<String> marked = new ArrayList<>(relevant);
        marked.addAll(action.scopes());
        List<List<String>> held = new ArrayList<>(List.of(List.of(), action.scopes(), relevant, marked));
        for (String one : relevant) {
            held.add(relevant.stream().filter(other -> !other.equals(one)).toList());
        }
        var requesters = new ArrayList<RequesterFacts>();
        for (List<String> permissions : held) {
            for (String issuer : List.of(ISSUER, "https://evil.example/")) {
                for (Optional<String> organization : List.of(Optional.<String>empty(), Optional.of("org_1"))) {
                    for (boolean application : new boolean[] {true, false}) {
                        for (Standing standing : Standing.values()) {
                            requesters.add(requester(issuer, organization, permissions, application, standing));
                        }
                    }
                }
            }
        }
        return requesters;
    }

    /** Path parameters alone; and with each argument that the review points at; about somebody else and oneself. */
    private static List<ObjectNode> samples(Action action) {
        var samples = new ArrayList<ObjectNode>();
        for (String user : List.of(TARGET, SUBJECT)) {
            List<JsonPointer> pointers = new ArrayList<>();
            action.marks().forEach(mark -> pointers.add(mark.at()));
            pointers.addAll(action.ownForbidden());
            ObjectNode plain = StrictJson.object();
            action.pathParameters()
                    .forEach(parameter -> plain.put(parameter.name(), id(action, parameter.name(), user)));
            action.affects().forEach(rule -> rule.ids().forEach(pointer -> put(plain, pointer.toString(), user)));
            samples.add(plain);
            for (JsonPointer pointer : pointers) {
                if (!pointer.matches()) {
                    ObjectNode sample = plain.deepCopy();
                    put(sample, pointer.toString(), "x");
                    samples.add(sample);
                }
            }
        }
        return samples.stream().distinct().toList();
    }

    private static String id(Action action, String parameter, String user) {
        boolean organization = parameter.equals("id") && action.name().startsWith("organizations.");
        return organization ? "org_1" : user;
    }

    private static void put(ObjectNode arguments, String pointer, String value) {
        String[] steps = pointer.substring(1).split("/");
        if (steps.length == 1) {
            return;
        }
        if (steps[1].equals("*")) {
            arguments.putArray(steps[0]).addObject().put(steps[2], value);
            return;
        }
        ObjectNode parent = arguments.withObject("/" + steps[0]);
        if (steps.length == 4) {
            parent.putArray(steps[1]).addObject().put(steps[3], value);
        } else if (steps.length == 3) {
            parent.putArray(steps[1]).add(value);
        } else {
            parent.put(steps[1], value);
        }
    }

    private static List<String> everything() {
        return EVERYTHING;
    }

    private static Decision inOrganization(Optional<List<String>> organizations) {
        Action action = CATALOGUE.find("users.update").orElseThrow();
        return POLICY.decide(
                action,
                json(BLOCK),
                new Facts(
                        requester(ISSUER, Optional.of("org_1"), List.of("update:users"), false, Standing.ACTIVE),
                        new TenantFacts("acme", List.of(ISSUER), false),
                        List.of(new TargetFacts("user", TARGET, organizations, Optional.empty()))));
    }

    private static RequesterFacts person(List<String> permissions) {
        return requester(ISSUER, Optional.empty(), permissions, false, Standing.ACTIVE);
    }

    private static RequesterFacts requester(
            String issuer,
            Optional<String> organization,
            List<String> permissions,
            boolean application,
            Standing standing) {
        return new RequesterFacts(issuer, SUBJECT, organization, permissions, List.of(), application, standing);
    }

    private static Decision decide(String action, String arguments, RequesterFacts requester) {
        return decideUnknown(action, arguments, requester);
    }

    private static Decision decide(
            String action, String arguments, RequesterFacts requester, TenantFacts tenant, String target) {
        return POLICY.decide(
                CATALOGUE.find(action).orElseThrow(),
                json(arguments),
                new Facts(requester, tenant, List.of(TargetFacts.unknown(new Target("user", target)))));
    }

    private static Decision decideUnknown(String name, String arguments, RequesterFacts requester) {
        Action action = CATALOGUE.find(name).orElseThrow();
        return POLICY.decide(
                action,
                json(arguments),
                new Facts(
                        requester,
                        new TenantFacts("acme", List.of(ISSUER), false),
                        action.targets(json(arguments)).stream()
                                .map(TargetFacts::unknown)
                                .toList()));
    }

    private static void assertDenied(Decision decision, String code, String rule) {
        assertThat(decision.effect()).isEqualTo(Effect.DENY);
        assertThat(decision.denial()).map(Denial::code).contains(code);
        assertThat(decision.rules()).contains(rule);
    }

    private static ObjectNode json(String text) {
        return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
    }
}
