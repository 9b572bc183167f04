package dev.mandate.bench.upstream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Answers on the loopback interface: a virtual thread for each connection, one write for each answer. */
final class HttpServer {

    private static final int BACKLOG = 512;

    private final ServerSocket socket;
    private final Function<HttpRequest, Answer> answers;

    /**
     * An answer.
     *
     * @param status 200, 404 and the like
     * @param body JSON
     * @param headers lines beside those of every answer
     */
    record Answer(int status, byte[] body, List<String> headers) {

        private static final byte[] NOTHING = {};

        /** What nothing more is to be said of. */
        Answer(int status, byte[] body) {
            this(status, body, List.of());
        }

        static Answer json(String body) {
            return new Answer(200, body.getBytes(StandardCharsets.UTF_8));
        }

        static Answer notFound() {
            return new Answer(404, NOTHING);
        }

        /** The same with these further headers. */
        Answer with(List<String> more) {
            return more.isEmpty() ? this : new Answer(status, body, more);
        }

        private byte[] bytes() {
            var text = new StringBuilder("HTTP/1.1 ")
                    .append(status)
                    .append(" -\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ")
                    .append(body.length)
                    .append("\r\n");
            headers.forEach(header -> text.append(header).append("\r\n"));
            var head = text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
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
