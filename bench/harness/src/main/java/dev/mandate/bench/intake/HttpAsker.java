package dev.mandate.bench.intake;

import dev.mandate.bench.stage.Numbers;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A client with one connection. It shares the machine with the server, so it does no more than it must: a general
 * client costs about as much as a bare endpoint, whose share it would eat up.
 */
final class HttpAsker implements Asker {

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int BUFFER = 8_192;

    private final URI server;
    private final List<String> tokens;
    private final Numbers numbers;
    private Optional<Connection> connection = Optional.empty();

    private record Connection(Socket socket, InputStream in) {

        static Connection to(URI server) throws IOException {
            var socket = new Socket(server.getHost(), server.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return new Connection(socket, new BufferedInputStream(socket.getInputStream(), BUFFER));
        }
    }

    /** @param tokens of the people who ask in turn */
    HttpAsker(URI server, List<String> tokens, Numbers numbers) {
        this.server = server;
        this.tokens = tokens;
        this.numbers = numbers;
    }

    @Override
    public boolean ask() {
        var order = numbers.next();
        try {
            var open = connection.isPresent() ? connection.get() : Connection.to(server);
            connection = Optional.of(open);
            open.socket().getOutputStream().write(request(order));
            var answer = HttpAnswer.read(open.in());
            if (answer.last()) {
                close();
            }
            return answer.status() == 202;
        } catch (IOException e) {
            close();
            return false;
        }
    }

    private byte[] request(Numbers.Numbered order) {
        var body = order.command();
        var head = "POST /v1/commands HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nAuthorization: Bearer "
                + tokens.get(order.number() % tokens.size())
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        // In one piece, so that it goes out in one packet.
        var request = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, request, 0, head.length());
        System.arraycopy(body, 0, request, head.length(), body.length);
        return request;
    }

    @Override
    public void close() {
        connection.ifPresent(open -> {
            try {
                open.socket().close();
            } catch (IOException e) {
                // Then the server has closed it.
            }
        });
        connection = Optional.empty();
    }
}
