package io.bilitw.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says why a file could not be opened, in the words of the operating system. */
public final class FileFault {

    private FileFault() {}

    /**
     * The reason alone, without the name of the file, for example {@code No such file or
     * directory}.
     */
    public static String reason(IOException fault) {
        return switch (fault) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            case FileSystemException other when other.getReason() != null ->
                    String.valueOf(other.getReason());
            default -> String.valueOf(fault.getMessage());
        };
    }
}
