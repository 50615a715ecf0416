package io.bilitw.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A configuration file that has been read and found good.
 *
 * @param text the whole file
 * @param warnings what an operator should know about the file although it is used, in its order
 */
public record ConfigFile(Config config, String text, List<Problem> warnings) {

    public ConfigFile {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads {@code file} and checks it, which includes looking up the hosts to listen on and the
     * user; not for an event loop.
     *
     * @throws ConfigException with everything that is wrong with the file
     */
    public static ConfigFile load(Path file) throws ConfigException {
        Problems problems = new Problems(file.toString());
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            problems.fault(Position.NOWHERE, "cannot be read: " + FileFault.reason(e));
            throw new ConfigException(problems.faults());
        }
        return read(FileText.decode(bytes, problems), problems, NameService.SYSTEM);
    }

    /**
     * Reads the text of a file named {@code fileName}, as {@link #load} does.
     *
     * @throws ConfigException with everything that is wrong with the text
     */
    public static ConfigFile parse(String fileName, String text) throws ConfigException {
        return parse(fileName, text, NameService.SYSTEM);
    }

    /**
     * Reads a text that was found good before, in another process; looks no names up.
     *
     * @throws ConfigException if it is not good after all
     */
    public static ConfigFile parseChecked(String fileName, String text) throws ConfigException {
        return parse(fileName, text, _ -> true);
    }

    static ConfigFile parse(String fileName, String text, NameService names)
            throws ConfigException {
        Problems problems = new Problems(fileName);
        return read(FileText.printable(text, problems), problems, names);
    }

    private static ConfigFile read(String text, Problems problems, NameService names)
            throws ConfigException {
        Yaml.Document document = YamlReader.read(text, problems);
        Config config = new ConfigReader(problems, names).read(document);
        if (config == null || problems.hasFaults()) {
            throw new ConfigException(problems.faults());
        }
        return new ConfigFile(config, text, problems.warnings());
    }
}
