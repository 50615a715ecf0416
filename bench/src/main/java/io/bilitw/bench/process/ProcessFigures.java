package io.bilitw.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What can be seen of a process from outside. */
public final class ProcessFigures {

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern ALLOCATED = Pattern.compile(" allocated=(\\d+)([BKMG]?)");

    private static final Pattern PAUSE =
            Pattern.compile("Safepoint \"\\w*Collect\\w*\".* Total: +(\\d+) ns");

    private ProcessFigures() {}

    /** Returns the resident memory, shared pages included, in megabytes. */
    public static double residentMegabytes(long pid) throws IOException {
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
    public static double allocatedBytes(long pid) throws IOException {
        return allocatedBytes(jcmd(pid, "Thread.print", "-e"));
    }

    /** Returns how many file descriptors the process has open. */
    public static int files(long pid) throws IOException {
        return entries(pid, "fd");
    }

    /** Returns how many threads the process has. */
    public static int threads(long pid) throws IOException {
        return entries(pid, "task");
    }

    private static int entries(long pid, String of) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), of))) {
            return (int) entries.count();
        } catch (UncheckedIOException e) { // it has ended meanwhile
            throw e.getCause();
        }
    }

    /**
     * Returns what is left in the heap of a JVM after a collection of all garbage: a line for each
     * class.
     */
    public static String classHistogram(long pid) throws IOException {
        return jcmd(pid, "GC.class_histogram");
    }

    /** Returns how many sockets the process has open. */
    public static int sockets(long pid) throws IOException {
        int count = 0;
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path file : files) {
                try {
                    if (Files.readSymbolicLink(file).toString().startsWith("socket:")) {
                        count++;
                    }
                } catch (NoSuchFileException _) {
                    // closed meanwhile
                }
            }
        }
        return count;
    }

    private static String jcmd(long pid, String... words) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        List<String> command = new ArrayList<>(List.of(jcmd.toString(), String.valueOf(pid)));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    /** Has a JVM write to a file, from now on or no longer, each pause of all its threads. */
    public static void logPauses(long pid, Path file, boolean on) throws IOException {
        String level = on ? "info" : "off";
        String said = jcmd(pid, "VM.log", "output=file=" + file, "what=safepoint=" + level);
        if (!said.contains("successfully")) {
            throw new IOException("jcmd logs no pauses: " + said.strip());
        }
    }

    /** Returns how long the pauses of such a file lasted that were for garbage, the least first. */
    public static double[] pauseMillis(String log) {
        return PAUSE.matcher(log)
                .results()
                .mapToDouble(found -> Long.parseLong(found.group(1)) / 1e6)
                .sorted()
                .toArray();
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
