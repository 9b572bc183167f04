package dev.mandate.contracts.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table is what its sources make; {@code -Dcatalogue.write=true} writes it anew. */
class CatalogueIsCurrentTest {

    private static final Path TABLE = Path.of("src/main/resources/dev/mandate/contracts/action/catalogue.json");

    @Test
    void the_table_is_what_its_sources_make() throws IOException {
        String made = CatalogueSources.table();
        if (Boolean.getBoolean("catalogue.write")) {
            Files.writeString(TABLE, made);
        }
        assertThat(Files.readString(TABLE).lines())
                .containsExactlyElementsOf(made.lines().toList());
    }
}
