package dev.mandate.contracts.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.contracts.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointerPatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/a; {'a':1}; /a",
                "/a; {'a':null}; /a",
                "/a; {'b':1}; ",
                "/a/b; {'a':{'b':{}}}; /a/b",
                "/a/b; {'a':[1]}; ",
                "/a/*; {'a':[1,2]}; /a/0 /a/1",
                "/a/*; {'a':{'x':1,'y/z':2}}; /a/x /a/y~1z",
                "/a/*; {'a':'text'}; ",
                "/a/*/b; {'a':[{'b':1},{'c':2},{'b':3}]}; /a/0/b /a/2/b",
                "/*/b; {'a':{'b':1},'c':{'b':2},'d':[1]}; /a/b /c/b",
                "/a/0; {'a':[1]}; ",
                "/a~1b; {'a/b':1}; /a~1b"
            })
    void a_pattern_leads_to_what_is_there(String pattern, String document, String places) {
        assertThat(PointerPattern.of(pattern)
                        .in(StrictJson.parse(document.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                        .map(Object::toString))
                .containsExactlyElementsOf(places == null ? List.of() : List.of(places.split(" ")));
    }

    @Test
    void the_empty_pattern_is_the_whole_document() {
        assertThat(PointerPattern.of("").in(StrictJson.object()).map(Object::toString))
                .containsExactly("");
    }

    @Test
    void what_is_no_pointer_is_no_pattern() {
        assertThatThrownBy(() -> PointerPattern.of("a/b")).isInstanceOf(IllegalArgumentException.class);
    }
}
