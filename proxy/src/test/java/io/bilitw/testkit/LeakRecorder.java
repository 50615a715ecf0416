package io.bilitw.testkit;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Keeps what Netty's leak detectors report, where by default they only log it. */
final class LeakRecorder {

    private static final long COLLECTION_TIMEOUT_MILLIS = 5_000;

    private static final Queue<RecordingDetector<?>> DETECTORS = new ConcurrentLinkedQueue<>();
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static final AtomicLong TRACKED = new AtomicLong();

    private static long trackedAtLastLook;

    private LeakRecorder() {}

    /** Has every detector made from now on look at every buffer and report to this class. */
    static void install() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new RecordingFactory());
    }

    /**
     * Returns the leaks not yet returned, each with the places that touched it.
     *
     * <p>A leak shows once the garbage collector has met the forgotten buffer and its detector is
     * used again, so both are brought about here, unless no buffer was made since the last call.
     */
    static List<String> takeLeaks() throws InterruptedException {
        if (TRACKED.get() != trackedAtLastLook) {
            awaitCollection();
            awaitCollection(); // the first one may have told of its own object before the forgotten
            // ones
            DETECTORS.forEach(RecordingDetector::report);
            trackedAtLastLook = TRACKED.get();
        }
        List<String> leaks = new ArrayList<>();
        for (String leak = LEAKS.poll(); leak != null; leak = LEAKS.poll()) {
            leaks.add(leak);
        }
        return leaks;
    }

    private static void awaitCollection() throws InterruptedException {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        PhantomReference<Object> canary = new PhantomReference<>(new Object(), collected);
        try {
            System.gc();
            if (collected.remove(COLLECTION_TIMEOUT_MILLIS) == null) {
                throw new IllegalStateException(
                        "no garbage collection happened, so leaks cannot be seen");
            }
        } finally {
            Reference.reachabilityFence(canary);
        }
    }

    private static final class RecordingFactory extends ResourceLeakDetectorFactory {

        @Override
        @SuppressWarnings("deprecation") // abstract there, so it must be here
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                Class<T> resource, int samplingInterval, long maxActive) {
            return newResourceLeakDetector(resource, samplingInterval);
        }

        @Override
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                Class<T> resource, int samplingInterval) {
            RecordingDetector<T> detector = new RecordingDetector<>(resource, samplingInterval);
            DETECTORS.add(detector);
            return detector;
        }
    }

    private static final class RecordingDetector<T> extends ResourceLeakDetector<T> {

        RecordingDetector(Class<T> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        public ResourceLeakTracker<T> track(T resource) {
            TRACKED.incrementAndGet();
            return super.track(resource);
        }

        /** Uses the detector once: that is when it reports what the garbage collector found. */
        @SuppressWarnings("unchecked") // a detector never looks into what it tracks
        void report() {
            T probe = (T) new Object();
            super.track(probe).close(probe);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            LEAKS.add(resourceType + withoutRunner(records));
        }

        /** Leaves out the frames of the test runner, which are most of a stack trace. */
        private static String withoutRunner(String records) {
            return records.lines()
                    .filter(line ->
                            !line.matches(
                                    "\\s+(org\\.junit|org\\.apache\\.maven|java\\.base/)\\b.*"))
                    .collect(Collectors.joining("\n"));
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            LEAKS.add(resourceType);
        }
    }
}
