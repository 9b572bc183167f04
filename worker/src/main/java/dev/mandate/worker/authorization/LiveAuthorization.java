package dev.mandate.worker.authorization;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.AccessTokenClaims;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.policy.Decision;
import dev.mandate.contracts.policy.DefaultPolicy;
import dev.mandate.contracts.policy.Denial;
import dev.mandate.contracts.policy.Effect;
import dev.mandate.contracts.policy.Facts;
import dev.mandate.contracts.policy.TargetFacts;
import dev.mandate.contracts.policy.TenantFacts;
import dev.mandate.contracts.topic.Target;
import dev.mandate.worker.auth0.Auth0Exception;
import dev.mandate.worker.auth0.Directory;
import dev.mandate.worker.auth0.Tenant;
import dev.mandate.worker.time.Countdown;
import dev.mandate.worker.time.Stopwatch;
import dev.mandate.worker.verification.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Decides commands by live facts, and only by those that the policy asks for. Without facts nothing is allowed. */
public final class LiveAuthorization {

    private static final String USER = "user";

    /** Facts that are never kept must still last from the decision to the call, with a commit in between. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private static final Denial NOT_PROVEN =
            new Denial("policy.undecided", "It could not be proven that this may be done");

    private final DefaultPolicy policy;
    private final Catalogue catalogue;
    private final RequesterLookup requesters;
    private final Directory directory;
    private final FactCache<RequesterLookup.Live> people;
    private final FactCache<Set<String>> memberships;
    private final FactCache<Set<String>> names;
    private final Duration maxAge;
    private final Clock clock;

    LiveAuthorization(
            DefaultPolicy policy,
            Catalogue catalogue,
            RequesterLookup requesters,
            Directory directory,
            Duration maxAge,
            Clock clock) {
        this.policy = policy;
        this.catalogue = catalogue;
        this.requesters = requesters;
        this.directory = directory;
        this.people = new FactCache<>(maxAge, () -> Stopwatch.start(clock));
        this.memberships = new FactCache<>(maxAge, () -> Stopwatch.start(clock));
        this.names = new FactCache<>(maxAge, () -> Stopwatch.start(clock));
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /** Decides a command now. */
    public Verdict decide(Request request) {
        try {
            return decide(request, request.received().command().context().arguments());
        } catch (Auth0Exception.Unavailable e) {
            return new Verdict.Undecided(e);
        } catch (Auth0Exception.Refused e) {
            return new Verdict.Undecidable(e);
        } catch (Auth0Exception e) {
            throw new IllegalStateException("There are two kinds of trouble with Auth0", e);
        }
    }

    /** Forgets what is known of everybody whom a command has affected. */
    public void changed(Request request) {
        ObjectNode arguments = request.received().command().context().arguments();
        for (Target target : request.action().targets(arguments)) {
            people.forget(request.tenant().alias(), target.id());
            memberships.forget(request.tenant().alias(), target.id());
            names.forget(request.tenant().alias(), target.id());
        }
    }

    /** By what names the requester goes at home: whoever has the same one in another tenant is taken for them, too. */
    private FactCache.Dated<Set<String>> namesOf(AccessTokenClaims token, Tenant home) throws Auth0Exception {
        return names.get(
                new FactCache.Key(home.alias(), token.subject(), ""),
                () -> token.application()
                        ? Set.of()
                        : directory.names(home, token.subject()).stream()
                                .map(LiveAuthorization::folded)
                                .collect(Collectors.toUnmodifiableSet()));
    }

    private static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static Stopwatch older(Stopwatch one, Stopwatch other) {
        return other.elapsed().compareTo(one.elapsed()) > 0 ? other : one;
    }

    private Verdict decide(Request request, ObjectNode arguments) throws Auth0Exception {
        AccessTokenClaims token = request.token();
        Action action = request.action();
        Tenant tenant = request.tenant();
        Tenant home = requesters.home(token);
        var key = new FactCache.Key(
                home.alias(), token.subject(), token.organization().orElse(""));
        FactCache.Dated<RequesterLookup.Live> requester = token.application() && !tenant.applications()
                // Denied whatever it is granted, and the worker need not be able to find that out.
                ? new FactCache.Dated<>(RequesterLookup.Live.UNKNOWN, Stopwatch.start(clock))
                : people.get(key, () -> requesters.now(token));
        Stopwatch oldest = requester.since();
        List<TargetFacts> targets = new ArrayList<>();
        for (Target target : action.targets(arguments)) {
            if (token.organization().isPresent() && target.type().equals(USER)) {
                FactCache.Dated<Set<String>> known = memberships.get(
                        new FactCache.Key(tenant.alias(), target.id(), ""),
                        () -> directory.organizations(tenant, target.id()));
                targets.add(TargetFacts.memberOf(target, List.copyOf(known.value())));
                oldest = older(oldest, known.since());
            } else if (TargetFacts.namesSomebodyOtherwise(target) && action.forbiddenToOneself(arguments)) {
                FactCache.Dated<Set<String>> known = namesOf(token, home);
                targets.add(TargetFacts.named(target, known.value().contains(folded(target.id()))));
                oldest = older(oldest, known.since());
            } else {
                targets.add(TargetFacts.unknown(target));
            }
        }
        var facts = new Facts(
                requester.value().facts(token),
                new TenantFacts(tenant.alias(), tenant.issuers(), tenant.applications()),
                targets);
        Decision decision = policy.decide(action, arguments, facts);
        Instant at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var authorization = Authorization.of(decision, catalogue, at, Optional.of(facts));
        if (decision.effect() == Effect.ALLOW) {
            return new Verdict.Allowed(
                    authorization, new Countdown(oldest, maxAge.compareTo(LEAST) < 0 ? LEAST : maxAge));
        }
        return new Verdict.Denied(authorization, decision.denial().orElse(NOT_PROVEN));
    }
}
