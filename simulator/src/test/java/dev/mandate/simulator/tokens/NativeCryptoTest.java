package dev.mandate.simulator.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import org.junit.jupiter.api.Test;

/** What becomes of a tenant on a machine that the native library of a fast provider is not made for. */
class NativeCryptoTest {

    @Test
    void where_the_native_library_does_not_work_the_jdk_makes_keys_and_signs() throws Exception {
        // Given
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

        // When a process may not load native libraries
        Process process = new ProcessBuilder(
                        java, "--illegal-native-access=deny", "-cp", path, WithoutLibrary.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("native false, verifies true");
    }

    @Test
    void where_it_works_it_is_used() {
        assertThat(NativeCrypto.provider()).isPresent();
    }

    /** Says whether the library is used, and whether a token of a fresh key is good. */
    static final class WithoutLibrary {

        private WithoutLibrary() {}

        public static void main(String[] arguments) throws ParseException {
            var keys = new SigningKeys();
            var token = JWSObject.parse(keys.sign("JWT", new Payload("{}")));
            System.out.printf(
                    "native %s, verifies %s%n", NativeCrypto.provider().isPresent(), keys.verifies(token));
        }
    }
}
