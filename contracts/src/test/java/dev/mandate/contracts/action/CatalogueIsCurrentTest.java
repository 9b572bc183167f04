package dev.mandate.contracts.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table, and the page about it, are what their sources make; {@code -Dcatalogue.write=true} writes them anew. */
class CatalogueIsCurrentTest {

    private static final Path TABLE = Path.of("src/main/resources/dev/mandate/contracts/action/catalogue.json");

    private static final Path PAGE = Path.of("../docs/actions.md");

    @Test
    void the_table_is_what_its_sources_make() throws IOException {
        String made = CatalogueSources.table();
        if (Boolean.getBoolean("catalogue.write")) {
            Files.writeString(TABLE, made);
        }
        assertThat(Files.readString(TABLE).lines())
                .containsExactlyElementsOf(made.lines().toList());
    }

    @Test
    void the_page_is_what_the_table_says() throws IOException {
        String made = ActionsPage.of(Catalogue.read(CatalogueSources.table().getBytes(StandardCharsets.UTF_8)));
        if (Boolean.getBoolean("catalogue.write")) {
            Files.writeString(PAGE, made);
        }
        assertThat(Files.readString(PAGE).lines())
                .containsExactlyElementsOf(made.lines().toList());
    }
}
