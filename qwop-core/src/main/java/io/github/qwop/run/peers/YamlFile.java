package io.github.qwop.run.peers;

import io.github.qwop.file.InputFile;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.DuplicateKeyException;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML file of the peers. They read YAML 1.1 ({@code 32_000_000} is a number, {@code ~} nothing), and so does this;
 * tags that would make objects are refused, and a date stays the text that it is.
 */
final class YamlFile {

    private static final String INCLUDE = "__include__";
    private static final int MOST_INCLUDES = 8;
    private static final int MOST_BYTES = 3 << 20;

    private final Path file;

    /** A key that stands twice, where the last one counts there. */
    private @Nullable SettingException twice;

    YamlFile(Path file) {
        this.file = file;
    }

    /** The file's mapping, with every {@code __include__} in place: keys beside it win over the included file's. */
    Map<String, @Nullable Object> read() {
        return read(file, 0);
    }

    private Map<String, @Nullable Object> read(Path from, int depth) {
        if (!Files.isRegularFile(from)) {
            throw new SettingException(
                    "The configuration " + from + " " + InputFile.fault(from) + ": give a YAML file of qwop-gym.");
        }
        Object content;
        try {
            content = parsed(from, text(from));
            new Size(from).check(content, 0);
        } catch (YAMLException e) {
            throw new SettingException(
                    "The configuration " + from + " is no YAML that can be used: " + sentence(e)
                            + "; correct it, or take the file anew.",
                    e);
        } catch (IOException e) {
            throw new SettingException("The configuration " + from + " cannot be read: " + e, e);
        } catch (SettingException e) {
            throw e;
        } catch (RuntimeException e) {
            // The parser fails in any way on a value that does not fit its tag.
            throw new SettingException(
                    "The configuration " + from + " has a value that does not fit its tag: remove the tag, which begins"
                            + " with !!, or correct the value.",
                    e);
        }
        if (!(content instanceof Map<?, ?> mapping)) {
            throw new SettingException("The configuration " + from + " is no mapping of names to values: give a YAML"
                    + " file of qwop-gym, such as its train_qrdqn.yml.");
        }
        return expanded(mapping, depth);
    }

    /**
     * Refuses a file in which a key stands twice: there the last one counts, which nobody sees.
     *
     * @throws SettingException if one does
     */
    void refuseTwice() {
        if (twice != null) {
            throw twice;
        }
    }

    private @Nullable Object parsed(Path from, String text) {
        try {
            return yaml(false).load(text);
        } catch (DuplicateKeyException e) {
            int line = e.getProblemMark().getLine() + 1;
            twice = new SettingException(
                    "The configuration " + from + " has the key "
                            + e.getProblem().replace("found duplicate key ", "") + " twice, the second time in line "
                            + line + ", which is the one that counts there: remove the other.",
                    e);
            return yaml(true).load(text);
        }
    }

    private static Yaml yaml(boolean twice) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(twice);
        options.setWarnOnDuplicateKeys(false);
        return new Yaml(new PlainConstructor(options));
    }

    private static final class PlainConstructor extends SafeConstructor {

        PlainConstructor(LoaderOptions options) {
            super(options);
            yamlConstructors.put(Tag.TIMESTAMP, new ConstructYamlStr());
        }
    }

    private static String text(Path from) throws IOException {
        // Its parser has the same limit; but the file lies in memory before that is asked.
        byte[] bytes = InputFile.bytes(from, MOST_BYTES);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException e) {
            int first = Byte.toUnsignedInt(bytes[0]);
            boolean marked = bytes.length > 1 && (first == 0xFE || first == 0xFF);
            throw encoded(from, marked ? "UTF-16" : "Latin-1 or Windows-1252");
        }
        throw encoded(from, "UTF-16");
    }

    private static SettingException encoded(Path from, String encoding) {
        return new SettingException("The configuration " + from + " is not encoded in UTF-8, but probably in "
                + encoding + ": save it as UTF-8.");
    }

    /** What a parser says in six lines. */
    private static String sentence(YAMLException e) {
        if (e instanceof MarkedYAMLException marked && marked.getProblem() != null && marked.getProblemMark() != null) {
            return "line " + (marked.getProblemMark().getLine() + 1) + ", " + marked.getProblem();
        }
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }

    /** Counts what a file says once its aliases are followed: a few lines can double with each, or hold themselves. */
    private static final class Size {

        private static final int MOST_VALUES = 10_000;
        private static final int MOST_DEPTH = 50;

        private final Path file;
        private int values;

        Size(Path file) {
            this.file = file;
        }

        void check(@Nullable Object value, int depth) {
            values++;
            if (values > MOST_VALUES || depth > MOST_DEPTH) {
                throw new SettingException("The configuration " + file + " holds itself, or more than " + MOST_VALUES
                        + " values or " + MOST_DEPTH
                        + " levels once its aliases (*name) are followed: write out what they stand for.");
            }
            if (value instanceof Map<?, ?> mapping) {
                mapping.forEach((key, inner) -> {
                    check(key, depth + 1);
                    check(inner, depth + 1);
                });
            } else if (value instanceof Iterable<?> list) {
                list.forEach(inner -> check(inner, depth + 1));
            } else if (value instanceof Object[] pair) {
                Arrays.asList(pair).forEach(inner -> check(inner, depth + 1));
            }
        }
    }

    private Map<String, @Nullable Object> expanded(Map<?, ?> mapping, int depth) {
        Map<String, @Nullable Object> expanded = new LinkedHashMap<>();
        Object included = mapping.get(INCLUDE);
        if (included != null) {
            if (depth == MOST_INCLUDES) {
                throw new SettingException(file + ": " + INCLUDE + " is nested more than " + MOST_INCLUDES
                        + " times, perhaps in a circle; include a file without includes.");
            }
            Path other = find(included.toString());
            if (!Files.isRegularFile(other)) {
                throw new SettingException(file + ": " + INCLUDE + " is " + included + ", which lies neither beside"
                        + " the file, nor in the folder above, nor in the working directory; correct the path.");
            }
            expanded.putAll(read(other, depth + 1));
        }
        mapping.forEach((key, value) -> {
            if (!INCLUDE.equals(key)) {
                expanded.put(String.valueOf(key), value instanceof Map<?, ?> inner ? expanded(inner, depth) : value);
            }
        });
        return expanded;
    }

    /**
     * A file that the configuration names. There, paths start from the working directory, in which {@code config/} lies
     * with the configuration; so the folder above the file is tried, the file's own, and our working directory.
     */
    Path find(String name) {
        if (name.indexOf('\0') >= 0) {
            throw new SettingException(file + ": a path has a character of code 0, which no path can have: remove it.");
        }
        return places().stream()
                .map(place -> place.resolve(name))
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of(name));
    }

    /** Where {@link #find} looks, in this order. */
    List<Path> places() {
        List<Path> places = new ArrayList<>();
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder != null) {
            if (folder.getParent() != null) {
                places.add(folder.getParent());
            }
            places.add(folder);
        }
        places.add(Path.of(""));
        return places;
    }
}
