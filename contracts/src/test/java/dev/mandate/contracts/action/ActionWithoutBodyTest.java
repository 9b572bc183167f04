package dev.mandate.contracts.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.json.StrictJson;
import org.junit.jupiter.api.Test;

class ActionWithoutBodyTest {

    private final Catalogue catalogue = Catalogue.bundled();

    @Test
    void an_action_without_a_body_has_none_and_its_arguments_validate() {
        Action get = catalogue.find("users.get").orElseThrow();

        assertThat(get.body()).isEmpty();
        assertThat(catalogue.validate(get, StrictJson.object().put("id", "auth0|1")))
                .isEmpty();
    }
}
