package dev.mandate.sandbox.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1 that nobody listens on. They lie below those that operating systems give to outgoing connections,
 * so that a port that is free when it is taken is still free when it is used.
 */
public final class FreePorts {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 1_000;

    private FreePorts() {}

    /**
     * That many different ports.
     *
     * @throws IllegalStateException when too few are free
     */
    public static List<Integer> take(int count) {
        Set<Integer> found = new LinkedHashSet<>();
        for (int i = 0; i < TRIES && found.size() < count; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                found.add(port);
            }
        }
        if (found.size() < count) {
            throw new IllegalStateException("no " + count + " ports are free on this machine");
        }
        return List.copyOf(found);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
