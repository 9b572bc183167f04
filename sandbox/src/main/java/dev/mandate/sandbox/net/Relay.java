package dev.mandate.sandbox.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A TCP relay on 127.0.0.1, whose connections can be cut, refused and slowed down. What has been read from one side
 * when a connection is cut is lost.
 */
public final class Relay implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;
    private static final int CONNECTING_TAKES_AT_MOST_MILLIS = 2000;

    private final ServerSocket listener;
    private final InetSocketAddress destination;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile Duration delay = Duration.ZERO;

    /**
     * Listens at once.
     *
     * @param port where it listens
     * @param destination a port of 127.0.0.1 that connections are passed on to
     * @throws UncheckedIOException when somebody else listens there
     */
    public Relay(int port, int destination) {
        this.destination = new InetSocketAddress(InetAddress.getLoopbackAddress(), destination);
        try {
            listener = new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            threads.close();
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Cuts every connection, and each further one, until {@link #mend}. */
    public void cut() {
        cut = true;
        open.forEach(Relay::close);
    }

    /** From now on everything that is sent, either way, arrives so much later, until {@link #mend}. */
    public void slow(Duration by) {
        delay = by;
    }

    /** Everything passes again, as fast as it can. */
    public void mend() {
        cut = false;
        delay = Duration.ZERO;
    }

    /** Cuts everything, and listens no more. */
    @Override
    public void close() {
        cut();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                threads.execute(() -> connect(client));
            } catch (IOException e) {
                // It is closed, or the client was gone before it was let in.
            }
        }
    }

    private void connect(Socket client) {
        var server = new Socket();
        open.add(client);
        open.add(server);
        try {
            // Asked once it is known, so that whoever cuts closes it, or it closes itself.
            if (cut) {
                throw new IOException("cut");
            }
            server.connect(destination, CONNECTING_TAKES_AT_MOST_MILLIS);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            threads.execute(() -> pass(server, client));
            pass(client, server);
        } catch (IOException e) {
            // The other side sees that its connection is closed.
        } finally {
            close(client);
            close(server);
            open.remove(client);
            open.remove(server);
        }
    }

    /** Passes on what one side sends until it has ended, or either is closed. */
    private void pass(Socket from, Socket to) {
        var chunk = new byte[CHUNK];
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                TimeUnit.MILLISECONDS.sleep(delay.toMillis());
                out.write(chunk, 0, read);
            }
        } catch (IOException e) {
            // One of them was closed, so both are.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
