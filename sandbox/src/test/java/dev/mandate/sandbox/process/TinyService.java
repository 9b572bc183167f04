package dev.mandate.sandbox.process;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Stands in for an application: it is ready the third time it is asked, and leaves a note when it ends in peace. */
final class TinyService {

    /** The program that this is, with one argument. */
    static Supplier<Program> program(String argument) {
        return () -> new Program(List.of(
                "-cp",
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                TinyService.class.getName(),
                argument));
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println("environment " + System.getenv().keySet());
        System.out.println("configuration " + System.getenv("SPRING_CONFIG_ADDITIONAL_LOCATION"));
        if (arguments[0].equals("fails")) {
            System.out.println("no such luck");
            System.exit(3);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(TinyService::leaveNote));
        var asked = new AtomicInteger();
        var server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 0);
        server.createContext("/actuator/health/readiness", exchange -> {
            exchange.sendResponseHeaders(asked.incrementAndGet() < 3 ? 503 : 200, -1);
            exchange.close();
        });
        server.start();
    }

    private static void leaveNote() {
        try {
            Files.writeString(Path.of("ended-in-peace"), "");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
