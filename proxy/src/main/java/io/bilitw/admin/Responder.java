package io.bilitw.admin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a request: looks up its path, makes the answer, and sends it, compressed if the client
 * understands that. Only one answer at a time is made, as the figures that it is made of take room.
 */
final class Responder implements HttpHandler {

    private static final Logger log = LoggerFactory.getLogger("http");

    private static final int NO_METHOD = 405;
    private static final int NOT_FOUND = 404;
    private static final int FAULT = 500;
    private static final int BUSY = 503;

    /** How much the answers that are being read may take in all, in KiB. */
    private static final int ROOM = 16 * 1024;

    /** How much of what a client posts is read, in bytes. */
    private static final int MAX_BODY = 64 * 1024;

    private static final int NO_BODY = -1;
    private static final int CHUNKED = 0;

    private final MasterView master;
    private final History history;
    private final Lock oneAtATime = new ReentrantLock();
    private final Semaphore room = new Semaphore(ROOM);

    Responder(MasterView master, History history) {
        this.master = master;
        this.history = history;
    }

    /** An answer and what it says. */
    private record Made(Answer answer, Spool spool) {
        static Made of(Answer answer) throws IOException {
            return new Made(answer, Spool.of(answer.body()));
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            // Without this the connection would end after each answer, perhaps in the middle of it.
            exchange.getRequestBody().readNBytes(MAX_BODY);
            Made made = make(exchange);
            int need = 1 + made.spool().bytes() / 1024;
            if (!room.tryAcquire(need)) {
                send(exchange, Made.of(Answer.line(BUSY, "too many readers are slow")));
                return;
            }
            try {
                send(exchange, made);
            } finally {
                room.release(need);
            }
        } catch (IOException e) {
            log.debug("{} has gone or was cut: {}", exchange.getRemoteAddress(), e.getMessage());
        }
    }

    private Made make(HttpExchange exchange) throws IOException {
        oneAtATime.lock();
        try {
            return Made.of(answer(exchange));
        } catch (RuntimeException bug) {
            log.error("answering {}", exchange.getRequestURI(), bug);
            return Made.of(Answer.line(FAULT, "a fault in bilitw; its log says more"));
        } finally {
            oneAtATime.unlock();
        }
    }

    private Answer answer(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Answer.line(NO_METHOD, "only GET and HEAD").with("Allow", "GET, HEAD");
        }
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getQuery();
        Endpoint endpoint = path == null ? null : Endpoint.of(path);
        return endpoint == null
                ? Answer.line(NOT_FOUND, "there is nothing here")
                : endpoint.answer(master, history, query == null ? "" : query);
    }

    private static void send(HttpExchange exchange, Made made) throws IOException {
        Answer answer = made.answer();
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Vary", "Accept-Encoding");
        answer.headers().forEach(headers::set);
        if (answer.status() == NO_METHOD) {
            headers.set("Connection", "close"); // what else the request says is not looked at
        }
        boolean isCompressed = understandsGzip(exchange.getRequestHeaders());
        if (isCompressed) {
            headers.set("Content-Encoding", "gzip");
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(
                answer.status(), isCompressed ? made.spool().bytes() : CHUNKED);
        OutputStream out = exchange.getResponseBody();
        if (isCompressed) {
            made.spool().writeCompressed(out);
        } else {
            made.spool().write(out);
        }
    }

    private static boolean understandsGzip(Headers headers) {
        @Nullable String encodings = headers.getFirst("Accept-Encoding");
        return encodings != null
                && encodings.contains("gzip")
                && !encodings.replace(" ", "").contains("gzip;q=0");
    }
}
