package io.github.qwop.run.peers;

import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A YAML file of the peers. They read YAML 1.1 ({@code 32_000_000} is a number, {@code ~} nothing), and so does this;
 * tags that would make objects are refused.
 */
final class YamlFile {

    private static final String INCLUDE = "__include__";
    private static final int MOST_INCLUDES = 8;

    private final Path file;

    YamlFile(Path file) {
        this.file = file;
    }

    /** The file's mapping, with every {@code __include__} in place: keys beside it win over the included file's. */
    Map<String, @Nullable Object> read() {
        return read(file, 0);
    }

    private Map<String, @Nullable Object> read(Path from, int depth) {
        if (!Files.isRegularFile(from)) {
            throw new SettingException("The configuration " + from + " does not exist: give a YAML file of qwop-gym.");
        }
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Object content;
        try {
            content = new Yaml(new SafeConstructor(options)).load(Files.readString(from));
        } catch (YAMLException e) {
            throw new SettingException(
                    "The configuration " + from + " is no YAML that can be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new SettingException("The configuration " + from + " cannot be read: " + e, e);
        }
        if (!(content instanceof Map<?, ?> mapping)) {
            throw new SettingException("The configuration " + from + " is no mapping of names to values: give a YAML"
                    + " file of qwop-gym, such as its train_qrdqn.yml.");
        }
        return expanded(mapping, depth);
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
        List<Path> places = new ArrayList<>();
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder != null) {
            if (folder.getParent() != null) {
                places.add(folder.getParent());
            }
            places.add(folder);
        }
        return places.stream()
                .map(place -> place.resolve(name))
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of(name));
    }
}
