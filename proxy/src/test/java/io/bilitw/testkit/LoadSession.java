package io.bilitw.testkit;

import java.util.List;
import java.util.Random;

/** The ways to send requests over one connection of a load; every answer is checked and counted. */
final class LoadSession {

    private static final long MAX_GAP_NANOS = 10_000_000;

    private final LoadRun run;
    private final LoadConnection connection;
    private final LoadSamples.Recorder recorder;

    LoadSession(LoadRun run, LoadConnection connection, LoadSamples.Recorder recorder) {
        this.run = run;
        this.connection = connection;
        this.recorder = recorder;
    }

    /** Sends each request when the one before is answered, and records how long that takes. */
    void oneByOne(List<LoadRequest> requests) throws LoadFault {
        for (LoadRequest request : requests) {
            long beganNanos = System.nanoTime();
            connection.send(request.name(), request.text());
            expect(request);
            if (request.isAnswered()) {
                recorder.add(beganNanos);
            }
        }
    }

    /**
     * Sends all requests in one go and then reads.
     *
     * <p>Writes have to come before reads: then what is sent behind the first long answer is short,
     * and the two sides cannot wait for each other.
     */
    void inOneGo(List<LoadRequest> requests) throws LoadFault {
        if (requests.isEmpty()) {
            return;
        }
        var text = new StringBuilder();
        requests.forEach(request -> text.append(request.text()));
        connection.send(requests.size() + " requests in one go", text.toString());
        for (LoadRequest request : requests) {
            expect(request);
        }
    }

    /** Sends each request in two pieces, cut anywhere, some milliseconds after each other. */
    void inPieces(List<LoadRequest> requests, Random random) throws LoadFault {
        for (LoadRequest request : requests) {
            int at = random.nextInt(1, request.text().length());
            connection.send(request.name(), request.text().substring(0, at));
            run.pause(random.nextLong(1, MAX_GAP_NANOS));
            connection.send(request.name(), request.text().substring(at));
            expect(request);
        }
    }

    private void expect(LoadRequest request) throws LoadFault {
        connection.expect(request);
        if (request.isAnswered()) {
            run.requests().increment();
        }
    }
}
