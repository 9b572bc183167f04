package dev.mandate.sandbox.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1 that nobody listens on. They lie below those that operating systems give to outgoing connections,
 * none is given out twice by one process, and processes that were started after one another look in different places:
 * so a port that is free when it is taken is still free when it is used, half a minute later.
 */
public final class FreePorts {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 1_000;

    /** So many ports are tried first, by the process's number, and only then any. */
    private static final int SLICE = 1_000;

    private static final int SLICES = (HIGHEST - LOWEST) / SLICE;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /**
     * That many different ports.
     *
     * @throws IllegalStateException when too few are free
     */
    public static List<Integer> take(int count) {
        Set<Integer> found = new LinkedHashSet<>();
        int ours = LOWEST + Math.floorMod(ProcessHandle.current().pid(), SLICES) * SLICE;
        look(ours, ours + SLICE, count, found);
        look(LOWEST, HIGHEST, count, found);
        if (found.size() < count) {
            throw new IllegalStateException("no " + count + " ports are free on this machine");
        }
        return List.copyOf(found);
    }

    private static void look(int from, int to, int count, Set<Integer> found) {
        for (int i = 0; i < TRIES && found.size() < count; i++) {
            int port = ThreadLocalRandom.current().nextInt(from, to);
            if (isFree(port) && GIVEN.add(port)) {
                found.add(port);
            }
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
