package dev.mandate.api.testkit;

import dev.mandate.api.MandateApi;
import dev.mandate.contracts.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** An intake as in production, on free ports: configured by properties alone. */
public final class RunningApi implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private RunningApi(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts an intake with these properties over the usual ones. */
    public static RunningApi start(Map<String, String> properties) {
        var all = new LinkedHashMap<String, String>();
        all.put("server.port", "0");
        all.put("management.server.port", "0");
        all.put("server.address", "127.0.0.1");
        all.putAll(properties);
        String[] arguments = all.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        return new RunningApi(new SpringApplicationBuilder(MandateApi.class).run(arguments));
    }

    /** The usual properties: keys, one tenant, its issuers. */
    public static Map<String, String> properties(Path root, TestKeys keys, String... issuers) {
        Path secret = root.resolve("secret");
        try {
            Files.write(secret, new byte[32]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var properties = new LinkedHashMap<String, String>();
        properties.put("mandate.environment", "test");
        properties.put("mandate.instance", "intake-1");
        properties.put("mandate.issuer", "https://mandate.example/intake");
        properties.put("mandate.audience", TestTokens.AUDIENCE);
        properties.put("mandate.roles-claim", TestTokens.ROLES);
        for (int i = 0; i < issuers.length; i++) {
            properties.put("mandate.issuers[" + i + "].url", issuers[i]);
            properties.put("mandate.issuers[" + i + "].home", "acme-prod");
            properties.put("mandate.tenants.acme-prod.issuers[" + i + "]", issuers[i]);
        }
        properties.put("mandate.keys.ring", keys.ring().toString());
        properties.put("mandate.keys.signing", keys.intakeSigning().toString());
        properties.put("mandate.keys.sealing", keys.intakeSealing().toString());
        properties.put("mandate.keys.secret", secret.toString());
        return properties;
    }

    /** The port that people use. */
    public Http http() {
        return new Http(port("local.server.port"));
    }

    /** The port of health and metrics. */
    public Http management() {
        return new Http(port("local.management.port"));
    }

    /** Everything that controllers offer. */
    public Set<RequestMappingInfo> mappings() {
        return context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet();
    }

    /** A part of the intake, for what can't be seen from outside. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    private int port(String property) {
        return context.getEnvironment().getRequiredProperty(property, Integer.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
