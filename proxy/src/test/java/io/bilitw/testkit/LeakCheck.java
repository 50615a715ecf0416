package io.bilitw.testkit;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that leaves buffers behind which nobody released.
 *
 * <p>Registered for every test class of the module through {@code META-INF/services}. It takes the
 * place of Netty's leak detector before the first buffer is made.
 */
public final class LeakCheck implements AfterAllCallback {

    static {
        LeakRecorder.install();
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        if (!context.getEnclosingTestClasses().isEmpty()) {
            return; // a nested class is looked at together with the one around it
        }
        List<String> leaks = LeakRecorder.takeLeaks();
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " leaked:\n" + String.join("\n", leaks));
        }
    }
}
