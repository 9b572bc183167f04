package dev.mandate.api.security;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.problem.ProblemWriter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Clock;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Bearer tokens from the configured issuers; no sessions, no cookies, no other origins. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String[] PUBLIC = {"/.well-known/jwks.json", "/v1/openapi.json", "/v1/openapi.yaml", "/error"};

    @Bean
    HttpFirewall httpFirewall() {
        return new LeanFirewall();
    }

    @Bean
    Unauthorized unauthorized(ProblemWriter writer) {
        return new Unauthorized(writer);
    }

    @Bean
    KeySetFetcher keySetFetcher() {
        return new DiscoveredKeySets();
    }

    @Bean
    VerifiedTokens verifiedTokens(
            MandateProperties properties, KeySetFetcher fetcher, Clock clock, MeterRegistry metrics) {
        var tokens = new VerifiedTokens(
                onRotation -> new TokenVerifier(
                        properties.issuers().stream()
                                .map(MandateProperties.Issuer::url)
                                .toList(),
                        issuer -> new IssuerKeys(
                                issuer, fetcher, clock, properties.intake().keysMaxAge(), onRotation),
                        properties.audience()),
                properties.rolesClaim(),
                clock,
                properties.intake().clockSkew(),
                properties.intake().cachedTokens());
        CaffeineCacheMetrics.monitor(metrics, tokens.cache(), "mandate.tokens");
        return tokens;
    }

    /** Health and metrics, which stand on a port of their own that people can't reach. */
    @Bean
    @Order(1)
    SecurityFilterChain management(HttpSecurity http) {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain api(HttpSecurity http, VerifiedTokens tokens, Unauthorized unauthorized) {
        var manager = new CallerAuthentications(tokens);
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(PUBLIC)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(server -> server.bearerTokenResolver(new BearerTokens())
                        .authenticationManagerResolver(request -> manager)
                        .authenticationEntryPoint(unauthorized)
                        .accessDeniedHandler(unauthorized))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(unauthorized).accessDeniedHandler(unauthorized))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                .csrf(AbstractHttpConfigurer::disable) // no cookie speaks for anybody here
                .cors(AbstractHttpConfigurer::disable) // no other origin is let in
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }
}
