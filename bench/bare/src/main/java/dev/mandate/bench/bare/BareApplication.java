package dev.mandate.bench.bare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The API's server without the API. */
@SpringBootApplication
public class BareApplication {

    BareApplication() {}

    /** Serves until the process is ended; what it needs to know stands in its working directory. */
    public static void main(String[] arguments) throws IOException {
        SpringApplication.run(BareApplication.class, arguments);
        Files.createFile(Path.of("ready"));
    }
}
