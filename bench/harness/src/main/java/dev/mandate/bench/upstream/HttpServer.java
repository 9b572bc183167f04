package dev.mandate.bench.upstream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/** Answers on the loopback interface: a virtual thread for each connection, one write for each answer. */
final class HttpServer {

    private static final int BACKLOG = 512;

    private final ServerSocket socket;
    private final Function<HttpRequest, Answer> answers;

    /** Status 200, 404 and the like, and a JSON body. */
    record Answer(int status, byte[] body) {

        private static final byte[] NOTHING = {};

        static Answer json(String body) {
            return new Answer(200, body.getBytes(StandardCharsets.UTF_8));
        }

        static Answer notFound() {
            return new Answer(404, NOTHING);
        }

        private byte[] bytes() {
            var head = ("HTTP/1.1 " + status
                            + " -\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: " + body.length
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            var all = Arrays.copyOf(head, head.length + body.length);
            System.arraycopy(body, 0, all, head.length, body.length);
            return all;
        }
    }

    /** Binds a port. */
    HttpServer(int port, Function<HttpRequest, Answer> answers) throws IOException {
        this.socket = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        this.answers = answers;
    }

    /** Serves for as long as the process lives. */
    void serve() throws IOException {
        while (!socket.isClosed()) {
            var connection = socket.accept();
            Thread.ofVirtual().start(() -> serve(connection));
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            var in = new BufferedInputStream(connection.getInputStream(), 4096);
            var out = connection.getOutputStream();
            for (var request = HttpRequest.read(in); request.isPresent(); request = HttpRequest.read(in)) {
                out.write(answers.apply(request.get()).bytes());
            }
        } catch (IOException e) {
            // The client has gone, which is its right.
        }
    }
}
