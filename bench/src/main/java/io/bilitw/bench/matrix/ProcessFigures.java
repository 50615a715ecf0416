package io.bilitw.bench.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be seen of a process from outside. */
final class ProcessFigures {

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern ALLOCATED = Pattern.compile(" allocated=(\\d+)([BKMG]?)");

    private ProcessFigures() {}

    /** Returns the resident memory, shared pages included, in megabytes. */
    static double residentMegabytes(long pid) throws IOException {
        Matcher found = RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
        if (!found.find()) {
            throw new IOException("/proc/" + pid + "/status has no VmRSS");
        }
        return Long.parseLong(found.group(1)) / 1024.0;
    }

    /**
     * Returns the bytes that all threads of a JVM have allocated, as the JVM counts for itself; it
     * tells by jcmd, which comes with the Java that runs this.
     */
    static double allocatedBytes(long pid) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process =
                new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "Thread.print", "-e")
                        .redirectErrorStream(true)
                        .start();
        return allocatedBytes(new String(process.getInputStream().readAllBytes(), UTF_8));
    }

    /** Adds up what a list of threads says they have allocated. */
    static double allocatedBytes(String threads) throws IOException {
        Matcher found = ALLOCATED.matcher(threads);
        double bytes = 0;
        boolean any = false;
        while (found.find()) {
            bytes += Long.parseLong(found.group(1)) * unit(found.group(2));
            any = true;
        }
        if (!any) {
            throw new IOException("jcmd names no allocated bytes: " + threads.strip());
        }
        return bytes;
    }

    private static double unit(String letter) {
        return switch (letter) {
            case "K" -> 1 << 10;
            case "M" -> 1 << 20;
            case "G" -> 1 << 30;
            default -> 1;
        };
    }
}
