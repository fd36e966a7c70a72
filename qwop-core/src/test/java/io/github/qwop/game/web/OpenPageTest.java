package io.github.qwop.game.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenPageTest {

    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

    @Test
    void oneFolderHoldsItAll(@TempDir Path folder) throws IOException {
        OpenPage.writeTo(folder);

        for (String name : OpenPage.FILES) {
            assertThat(folder.resolve(name)).hasBinaryContent(OpenPage.read(name));
        }
        try (var files = Files.list(folder)) {
            assertThat(files).hasSameSizeAs(OpenPage.FILES);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OpenPage.INDEX, OpenPage.WATCH})
    void aPageAsksForItsOwnFilesOnly(String page) {
        Matcher references = REFERENCE.matcher(new String(OpenPage.read(page), StandardCharsets.UTF_8));

        List<String> names =
                references.results().map(reference -> reference.group(1)).toList();
        assertThat(names).isNotEmpty().isSubsetOf(OpenPage.FILES);
    }

    @Test
    void anUnknownFileIsNamed() {
        assertThatThrownBy(() -> OpenPage.read("WebKernel.class"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The open page has no file WebKernel.class: it has [index.html, ");
    }
}
