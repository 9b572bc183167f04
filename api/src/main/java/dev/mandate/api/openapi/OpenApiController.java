package dev.mandate.api.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /v1/openapi.yaml} and {@code GET /v1/openapi.json}: the OpenAPI 3.1 document, for anybody. */
@RestController
class OpenApiController {

    private static final String RESOURCE = "openapi.yaml";
    private static final String YAML = "application/yaml";

    private final byte[] yaml;
    private final byte[] json;

    OpenApiController(JsonMapper mapper) {
        this.yaml = read();
        Object document =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(new String(yaml, StandardCharsets.UTF_8));
        this.json = mapper.writeValueAsBytes(document);
    }

    @GetMapping(path = "/v1/openapi.yaml", produces = YAML)
    byte[] yaml() {
        return yaml;
    }

    @GetMapping(path = "/v1/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] json() {
        return json;
    }

    private static byte[] read() {
        try (InputStream resource = OpenApiController.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("The jar lacks " + RESOURCE);
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
