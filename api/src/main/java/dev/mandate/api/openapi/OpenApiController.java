package dev.mandate.api.openapi;

import dev.mandate.contracts.action.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code GET /v1/openapi.yaml} and {@code GET /v1/openapi.json}: the OpenAPI 3.1 document, for anybody. It names all
 * actions and leaves their schemas to {@code GET /v1/actions/{name}}: hundreds of them would make it unreadable.
 */
@RestController
class OpenApiController {

    private static final String RESOURCE = "openapi.yaml";
    private static final String YAML = "application/yaml";
    private static final Pattern ACTIONS = Pattern.compile("(?m)^( *)\\$\\{actions}$");

    private final byte[] yaml;
    private final byte[] json;

    OpenApiController(JsonMapper mapper, Catalogue catalogue) {
        String text = ACTIONS.matcher(read())
                .replaceAll(place -> ActionNames.list(catalogue)
                        .indent(place.group(1).length())
                        .stripTrailing());
        this.yaml = text.getBytes(StandardCharsets.UTF_8);
        Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
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

    private static String read() {
        try (InputStream resource = OpenApiController.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("The jar lacks " + RESOURCE);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
