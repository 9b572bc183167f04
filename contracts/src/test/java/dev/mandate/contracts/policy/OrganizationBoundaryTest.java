package dev.mandate.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What a login through an organization reaches, whatever permissions it holds. */
class OrganizationBoundaryTest {

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final DefaultPolicy POLICY = new DefaultPolicy();
    private static final String ISSUER = "https://acme.example/";
    private static final String COLLEAGUE = "auth0|target";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "users.roles.assign; {'id':'auth0|target','body':{'roles':['rol_1']}}",
                "users.roles.delete; {'id':'auth0|target','body':{'roles':['rol_1']}}",
                "users.permissions.create; {'id':'auth0|target','body':{'permissions':[{'permission_name':'p','resource_server_identifier':'urn:a'}]}}",
                "users.permissions.delete; {'id':'auth0|target','body':{'permissions':[{'permission_name':'p','resource_server_identifier':'urn:a'}]}}",
                "roles.users.assign; {'id':'rol_1','body':{'users':['auth0|target']}}",
                "users.identities.link; {'id':'auth0|target','body':{'provider':'auth0','user_id':'x'}}",
                "users.organizations.list; {'id':'auth0|target'}",
                "users.identities.delete; {'id':'auth0|target','provider':'auth0','user_id':'7'}",
                "organizations.discoveryDomains.create; {'id':'org_1','body':{'domain':'rival.example','status':'verified'}}",
                "organizations.discoveryDomains.update; {'id':'org_1','discovery_domain_id':'d_1','body':{'status':'verified'}}",
                "refreshTokens.revoke; {'body':{'user_id':'auth0|target','client_id':'c'}}",
                "organizations.clientGrants.create; {'id':'org_1','body':{'grant_id':'cgr_1'}}",
                "organizations.enabledConnections.add; {'id':'org_1','body':{'connection_id':'con_1'}}",
                "organizations.groups.roles.create; {'organization_id':'org_1','group_id':'grp_1','body':{'roles':['rol_1']}}",
                "organizations.members.create; {'id':'org_1','body':{'members':['auth0|target','auth0|stranger']}}",
                "organizations.getByName; {'name':'org_1'}",
                "tickets.changePassword; {'body':{'user_id':'auth0|target','organization_id':'org_2'}}"
            })
    void A53_a_login_through_an_organization_gives_a_colleague_nothing_that_holds_beyond_it(
            String name, String arguments) {
        Action action = CATALOGUE.find(name).orElseThrow();
        ObjectNode json = json(arguments);
        List<TargetFacts> targets = action.targets(json).stream()
                .map(target -> new TargetFacts(
                        target.type(),
                        target.id(),
                        target.type().equals("user")
                                ? Optional.of(target.id().equals(COLLEAGUE) ? List.of("org_1") : List.of())
                                : Optional.empty(),
                        Optional.empty()))
                .toList();
        var requester = administrator();
        Decision decision = POLICY.decide(
                action, json, new Facts(requester, new TenantFacts("acme", List.of(ISSUER), false), targets));
        assertThat(decision.effect()).isEqualTo(Effect.DENY);
        assertThat(decision.denial()).map(Denial::code).contains("policy.other_organization");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "organizations.members.roles.assign; {'id':'org_1','user_id':'auth0|target','body':{'roles':['rol_1']}}",
                "organizations.invitations.create; {'id':'org_1','body':{'client_id':'c','inviter':{'name':'x'},'invitee':{'email':'a@b'},'roles':['rol_1']}}",
                "users.sessions.delete; {'user_id':'auth0|target'}",
                "userBlocks.delete; {'id':'auth0|target'}"
            })
    void a_login_through_an_organization_does_there_what_it_holds_permissions_for(String name, String arguments) {
        Action action = CATALOGUE.find(name).orElseThrow();
        ObjectNode json = json(arguments);
        List<TargetFacts> targets = action.targets(json).stream()
                .map(target ->
                        new TargetFacts(target.type(), target.id(), Optional.of(List.of("org_1")), Optional.empty()))
                .toList();
        var requester = administrator();
        assertThat(POLICY.decide(
                                action,
                                json,
                                new Facts(requester, new TenantFacts("acme", List.of(ISSUER), false), targets))
                        .effect())
                .isEqualTo(Effect.ALLOW);
    }

    private static RequesterFacts administrator() {
        List<String> everything = CATALOGUE.actions().stream()
                .flatMap(action -> Stream.concat(
                        action.scopes().stream(), action.marks().stream().map(mark -> mark.permission(action.name()))))
                .toList();
        return new RequesterFacts(
                ISSUER, "auth0|requester", Optional.of("org_1"), everything, List.of(), false, Standing.ACTIVE);
    }

    private static ObjectNode json(String text) {
        return StrictJson.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
